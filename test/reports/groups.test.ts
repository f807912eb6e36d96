import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'

const FOLDER = newFolder()
let book: Inside

interface Grouped {
  groups: { key: string | null; totals: Record<string, number | null> }[]
  totals: Record<string, number | null>
  notes?: string[]
}

async function grouped(...args: string[]): Promise<Grouped> {
  return JSON.parse(await book.ok('report', ...args, '--json')) as Grouped
}

const keysOf = ({ groups }: Grouped) => groups.map(({ key }) => key)

// Of the client with a region and two categories a deal took 10 days, of the one without 30.
beforeAll(async () => {
  book = await inside(FOLDER, 'groups')
  const known = ['--region', 'North', '--category', 'food', '--category', 'key']
  await book.ok('client', 'add', 'Harbour Foods', ...known)
  await book.ok('client', 'add', 'Pier Nine')
  for (const [client, opened, won] of [
    ['Harbour Foods', '2025-12-01', '2025-12-11'],
    ['Pier Nine', '2026-03-01', '2026-03-31'],
  ] as const) {
    await book.ok('deal', 'add', client, `Oven of ${client}`, '--on', opened, '--amount', '100')
    await book.ok('win', `Oven of ${client}`, '--on', won)
  }
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

describe('groups of clients', () => {
  it.each(['region', 'category'])('keep apart what has no %s', async (by) => {
    const report = await grouped('velocity', '--period', 'all', '--by', by)
    const days = new Map(report.groups.map(({ key, totals }) => [key, totals.days_to_win]))
    const named = by === 'region' ? ['North'] : ['food', 'key']
    expect(keysOf(report)).toEqual([...named, null])
    for (const name of named) expect(days.get(name)).toBe(10)
    expect(days.get(null)).toBe(30)
    expect((report.notes ?? []).join('\n').includes('in every category of its client')).toBe(
      by === 'category',
    )
  })
})

describe('groups of time', () => {
  it.each([
    ['year', ['2025', '2026']],
    ['quarter', ['2025-Q4', '2026-Q1']],
    ['month', ['2025-12', '2026-03']],
  ])('are those of closing, by %s', async (by, keys) => {
    const report = await grouped('closed', '--period', 'all', '--by', by)
    expect(keysOf(report)).toEqual(keys)
    for (const { totals } of report.groups) expect(totals).toMatchObject({ won: 1, deals: 1 })
  })
})
