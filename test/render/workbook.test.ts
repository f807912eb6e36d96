import { describe, expect, it } from 'vitest'
import { read, utils } from 'xlsx'
import type { Cell } from '../../src/domain/table.ts'
import { ODD_TEXTS, oddWorkbook } from '../support/odd-table.ts'

describe('a workbook', () => {
  it('keeps every text as it is, and numbers, days and yes or no as what they are', async () => {
    const sheet = read(await oddWorkbook(), { cellNF: true }).Sheets.odd ?? {}
    const [head, ...rows] = utils.sheet_to_json<Cell[]>(sheet, { header: 1, raw: true })
    expect(head).toEqual(['text', 'day', 'sum', 'share', 'count', 'flag'])
    expect(rows.map(([text]) => text)).toEqual(ODD_TEXTS)
    expect(rows[1]?.slice(1)).toEqual([new Date('2026-10-01'), 1000.5, 0.01, 1, false])
    expect([sheet.B3?.z, sheet.C3?.z, sheet.D3?.z]).toEqual(['yyyy-mm-dd', '#,##0.00', '0.0%'])
    expect(rows[3]?.[1]).toBeUndefined()
    expect(Object.values(sheet).some((cell) => typeof cell === 'object' && 'f' in cell)).toBe(false)
  })
})
