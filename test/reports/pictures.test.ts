import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Book, openBook } from '../../src/book/open.ts'
import type { Chart } from '../../src/domain/table.ts'
import { closed } from '../../src/reports/closed/index.ts'
import { cohort } from '../../src/reports/cohort/index.ts'
import type { Measure, ReportSpec } from '../../src/reports/family/declare.ts'
import { losses } from '../../src/reports/losses/index.ts'
import { day } from '../support/book.ts'
import { newFolder } from '../support/funnel.ts'
import { inside } from '../support/inside.ts'
import { reportOf } from '../support/reports.ts'

const FOLDER = newFolder()
let book: Book

// One won, one lost and one open deal: profits of 40, 30 and 25.
beforeAll(async () => {
  const made = await inside(FOLDER, 'measures')
  await made.ok('client', 'add', 'Harbour Foods')
  for (const [title, amount, cost] of [
    ['Oven', '100', '60'],
    ['Hood', '50', '20'],
    ['Fan', '70', '45'],
  ] as const) {
    const terms = ['--amount', amount, '--cost', cost, '--on', '2026-08-03']
    await made.ok('deal', 'add', '1', title, ...terms)
  }
  await made.ok('win', 'Oven', '--on', '2026-09-10')
  await made.ok('lose', 'Hood', '--on', '2026-10-12', '--reason', 'too expensive')
  book = openBook(path.join(made.folder, 'funnel.db'))
})
afterAll(() => {
  book.close()
  rmSync(FOLDER, { recursive: true })
})

async function charts(spec: ReportSpec, measure: Measure): Promise<Chart[]> {
  const period = { from: day('2026-08-01'), to: day('2026-11-30') }
  const asked = { asOf: day('2026-11-23'), period, measure, charts: true }
  return (await reportOf(book, spec, asked)).charts
}

describe('what is lost by reason', () => {
  it.each([
    ['deals', { title: 'Deals lost by reason', unit: 'count', value: 1 }],
    ['amount', { title: 'Amount lost by reason', unit: 'money', value: 50_00 }],
    ['profit', { title: 'Profit lost by reason', unit: 'money', value: 30_00 }],
  ] as const)('is drawn in %s', async (measure, { title, unit, value }) => {
    const bars = [{ label: 'too expensive', value, notes: [] }]
    expect(await charts(losses, measure)).toMatchObject([{ title, unit, bars }])
  })
})

describe('what became of the deals opened', () => {
  it.each([
    ['deals', 'count', [1, 1, 1]],
    ['amount', 'money', [100_00, 70_00, 50_00]],
    ['profit', 'money', [40_00, 25_00, 30_00]],
  ] as const)('is drawn in %s', async (measure, unit, [won, open, lost]) => {
    const [chart] = await charts(cohort, measure)
    const parts = [
      { name: 'won', value: won },
      { name: 'open', value: open },
      { name: 'lost', value: lost },
    ]
    expect(chart).toMatchObject({ unit })
    const [first, second] = chart?.kind === 'funnel' ? chart.bars : []
    expect(first).toMatchObject({ label: 'Qualification', value: won + open + lost, parts })
    // Only the deal that was won went on.
    expect(second).toMatchObject({ value: won })
  })
})

describe('what was won', () => {
  it('is drawn in profit where profit is measured', async () => {
    const [number, profit, line] = await charts(closed, 'profit')
    expect(number).toMatchObject({ title: 'Number of deals', unit: 'count' })
    expect(profit).toMatchObject({
      title: 'Profit',
      unit: 'money',
      bars: expect.arrayContaining([
        expect.objectContaining({ label: 'Qualification', value: 70_00, notes: ['57%'] }),
      ]) as unknown,
    })
    expect(line).toMatchObject({
      title: 'Profit won by month',
      unit: 'money',
      points: [
        { label: '2026-08', value: 0 },
        { label: '2026-09', value: 40_00 },
        { label: '2026-10', value: 0 },
        { label: '2026-11', value: 0 },
      ],
    })
  })
})
