import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { newFolder } from '../support/funnel.ts'
import type { Inside } from '../support/inside.ts'
import { onTerminal } from '../support/screen.ts'
import { offered, yearBook } from '../support/year.ts'

const FOLDER = newFolder()
const ESCAPES = /\u001b\[\d+m/g
let book: Inside

beforeAll(async () => {
  book = await yearBook(FOLDER)
  await book.ok('standard', 'set', 'A', '14')
  await book.ok('invoice', 'add', '1', '--line', 'Cold store @ 14280')
  await book.ok('invoice', 'issue', 'd1', '--on', '2026-09-15', '--incomplete')
  const lines = ['--line', 'Installation @ 1200 +19%', '--line', 'Manual @ 50 +7%']
  await book.ok('invoice', 'add', '2', ...lines)
  await book.ok('invoice', 'issue', 'd2', '--on', '2026-10-12', '--incomplete')
  await book.ok('payment', 'add', '1', '5000', '--for', '2026-0001', '--on', '2026-11-05')
  await book.ok('payment', 'add', '2', '1481.50', '--for', '2026-0002', '--on', '2026-11-16')
  await offered(book)
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** Lines that do not fit. */
const tooLong = (text: string, columns: number): string[] =>
  text.split('\n').filter((line) => line.length > columns)

const WIDTHS = [60, 80, 120]

describe.each(reports.map(({ name }) => name))('report %s', (name) => {
  it.each(WIDTHS)('at %d columns, with colour and without', async (columns) => {
    const plain = await onTerminal(book, ['report', name, '--no-color'], columns)
    expect(tooLong(plain, columns)).toEqual([])
    await expect(plain).toMatchFileSnapshot(`../golden/reports/${name}-${columns}.golden`)
    const coloured = await onTerminal(book, ['report', name], columns)
    expect(coloured.replaceAll(ESCAPES, '')).toBe(plain)
    await expect(coloured).toMatchFileSnapshot(`../golden/reports/${name}-${columns}-colour.golden`)
  })

  it('fits any terminal', async () => {
    for (const columns of [60, 73, 97, 160, 200]) {
      const text = await onTerminal(book, ['report', name, '--no-color'], columns)
      expect(tooLong(text, columns)).toEqual([])
    }
  })

  it('has no sign beyond ASCII with --ascii', async () => {
    const text = await onTerminal(book, ['report', name, '--ascii', '--no-color'], 80)
    expect(text).not.toMatch(/[^\u0000-\u007f]/)
  })

  it('explains every column that it shows', async () => {
    const made = JSON.parse(await book.ok('report', name, '--explain', '--json')) as {
      explain?: { column: string; formula: string; example: string }[]
    }
    for (const { formula, example } of made.explain ?? []) {
      expect(formula).not.toMatch(/[{}]|^$/)
      expect(example).not.toMatch(/[{}]|NaN|undefined/)
    }
  })
})

describe('groups', () => {
  it('stand side by side as far as there is room, the rest below', async () => {
    for (const columns of WIDTHS) {
      const args = ['report', 'closed', '--by', 'owner', '--compare', 'year-ago', '--no-color']
      const text = await onTerminal(book, args, columns)
      await expect(text).toMatchFileSnapshot(`../golden/reports/closed-groups-${columns}.golden`)
    }
  })
})
