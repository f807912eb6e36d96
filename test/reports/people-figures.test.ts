import { describe, expect, it } from 'vitest'
import { weekStart } from '../../src/domain/day.ts'
import { bottlenecks, costliestBottleneck } from '../../src/reports/bottlenecks/index.ts'
import { touchRows, winFigures } from '../../src/reports/activity/wins.ts'
import { againstRest, againstText, ownerFigures } from '../../src/reports/owners/rows.ts'
import { paceOf } from '../../src/reports/pace/wins.ts'
import { velocityOf } from '../../src/reports/velocity/figures.ts'
import type { Ask } from '../../src/reports/family/declare.ts'
import { day, newBook, perform, SETTINGS } from '../support/book.ts'
import { fisherByCounting } from '../support/fisher.ts'
import { reportOf } from '../support/reports.ts'
import { liveTwoYears } from '../support/two-years.ts'

describe('owners', () => {
  it('have a win rate with its interval, and means over what is known', () => {
    const sums = {
      opened: 20,
      won: 3,
      lost: 9,
      profit: 900,
      amount: 3000,
      valued: 2,
      daysToWin: 31,
      touches: 14,
      touched: 3,
      overdue: 1,
    }
    const figures = ownerFigures(sums)
    expect(figures).toMatchObject({ closed: 12, win_rate: 0.25, mean_deal: 1500 })
    expect(figures.win_low).toBeCloseTo(0.089, 3)
    expect(figures.win_high).toBeCloseTo(0.532, 3)
    expect(figures.interactions_per_win).toBeCloseTo(4.667, 3)
    const none = { ...sums, won: 0, lost: 0, valued: 0, touched: 0, daysToWin: null }
    expect(ownerFigures(none)).toMatchObject({
      win_rate: null,
      win_low: null,
      mean_deal: null,
      days_to_win: null,
      interactions_per_win: null,
    })
  })

  it('are marked where they differ from all others beyond chance', () => {
    const marks = againstRest([
      { won: 30, lost: 20 },
      { won: 10, lost: 40 },
      { won: 20, lost: 30 },
      { won: 5, lost: 4 },
    ])
    expect(marks.map(({ against }) => against)).toEqual([
      'above',
      'below',
      'as the rest',
      'too few',
    ])
    expect(marks[3]).toMatchObject({ p: null, p_adjusted: null })
    expect(marks[0]?.p).toBeCloseTo(fisherByCounting(30, 20, 35, 74), 10)
    expect(marks.map(againstText)).toEqual([
      'above, p = 0.002',
      'below, p < 0.001',
      'as the rest',
      'too few',
    ])
    // Alone, there is no rest to differ from.
    expect(againstRest([{ won: 30, lost: 20 }])).toMatchObject([{ against: 'too few' }])
  })
})

describe('velocity', () => {
  const parts = {
    won: 10,
    lost: 30,
    open: 40,
    amount: 45_000_00,
    valued: 9,
    toWin: { spells: 80, ended: 10, median_days: 50, p90_days: null },
    from: day('2026-07-01'),
    end: day('2026-09-30'),
  }

  it('is open deals × mean deal × win rate / days to win', () => {
    // 40 × 5,000 × 0.25 / 50 = 1,000 a day.
    expect(velocityOf(parts)).toMatchObject({
      velocity: 1000_00,
      mean_deal: 5000_00,
      win_rate: 0.25,
      days_to_win: 50,
      p90_to_win: null,
    })
    expect(velocityOf(parts).won_per_month).toBeCloseTo(10 / 3, 10)
    const part = { ...parts, end: day('2026-07-10') }
    expect(velocityOf(part).won_per_month).toBeCloseTo((10 / 10) * 30.4375, 10)
  })

  it('is not known where a part of it is not', () => {
    const toWin = { ...parts.toWin, median_days: 0 }
    expect(velocityOf({ ...parts, toWin }).velocity).toBeNull()
    expect(velocityOf({ ...parts, valued: 0 })).toMatchObject({ mean_deal: null, velocity: null })
    expect(velocityOf({ ...parts, won: 0, lost: 0 })).toMatchObject({ win_rate: null })
    expect(velocityOf({ ...parts, from: null })).toMatchObject({ won_per_month: null })
  })

  it('does not take losses for slow wins, nor forget what is still open', () => {
    const won = { to: 10, end: 'event' as const, count: 10 }
    const lost = { to: 5, end: 'other' as const, count: 30 }
    const open = { to: 60, end: 'censored' as const, count: 30 }
    expect(paceOf([won, lost])).toMatchObject({ median_days: 10, p90_days: 10 })
    expect(paceOf([won, open])).toMatchObject({ spells: 40, ended: 10, median_days: null })
    const late = { to: 90, end: 'event' as const, count: 1 }
    expect(paceOf([won, late]).p90_days).toBe(10)
    expect(paceOf([won, late, open]).median_days).toBe(90)
  })
})

describe('touches before a win', () => {
  const wins = [
    { ownerId: 1, touches: 0, first: null, deals: 1 },
    { ownerId: 1, touches: 2, first: 'in' as const, deals: 2 },
    { ownerId: 2, touches: 5, first: 'out' as const, deals: 1 },
    { ownerId: 2, touches: 9, first: 'out' as const, deals: 1 },
  ]

  it('are counted, five and more together', () => {
    expect(touchRows(wins).map(({ touches, deals }) => [touches, deals])).toEqual([
      ['0', 1],
      ['1', 0],
      ['2', 2],
      ['3', 0],
      ['4', 0],
      ['5+', 2],
    ])
    expect(winFigures(wins)).toEqual({
      won: 5,
      five_or_more: 2,
      five_share: 0.4,
      inbound: 2,
      outbound: 2,
      known: 4,
      inbound_share: 0.5,
    })
    expect(winFigures([])).toMatchObject({ five_share: null, inbound_share: null })
  })
})

describe('weeks', () => {
  it('begin on the book’s first weekday', () => {
    // 2026-11-23 is a Monday.
    expect(weekStart(day('2026-11-23'), 1)).toBe('2026-11-23')
    expect(weekStart(day('2026-11-22'), 1)).toBe('2026-11-16')
    expect(weekStart(day('2026-11-23'), 7)).toBe('2026-11-22')
  })
})

describe('the sentence for a weekly page', () => {
  it('tells the costliest stage that changed beyond chance, or nothing', async () => {
    const book = newBook()
    await perform(book, liveTwoYears)
    const ask: Ask = {
      db: book.db,
      scope: { asOf: day('2026-11-23'), settings: SETTINGS },
      today: day('2026-11-23'),
      period: { from: day('2025-12-01'), to: day('2026-11-23') },
      compare: { from: day('2024-12-01'), to: day('2025-11-30') },
      by: null,
      measure: 'deals',
      charts: false,
      own: {},
    }
    expect((await costliestBottleneck([ask])).sentence).toMatch(
      /^Proposal → Decision: \d\d% pass, \d\d% before; about [\d,]+ in 358 days\. Change is beyond chance, p [<=] 0\.\d+\.$/,
    )
    expect((await costliestBottleneck([{ ...ask, compare: null, by: 'owner' }])).sentence).toMatch(
      /^Proposal → Decision, Bo: .* with the others; .* Difference is beyond chance, p < 0\.001\.$/,
    )
    // Of both comparisons it is the sentence of the costlier one, whichever is made first.
    const byOwner: Ask = { ...ask, compare: null, by: 'owner' }
    const costs = async ({ by, period, compare = null }: Ask): Promise<number[]> =>
      (await reportOf(book, bottlenecks, { asOf: ask.today, by, period, compare })).sections
        .flatMap(({ rows }) => rows)
        .filter(({ verdict }) => verdict === 'beyond chance')
        .map(({ cost }) => Number(cost))
    const [time, people] = [await costs(ask), await costs(byOwner)]
    const costlier = Math.max(...time) > Math.max(...people) ? ask : byOwner
    const { sentence } = await costliestBottleneck([costlier])
    expect(await costliestBottleneck([ask, byOwner])).toMatchObject({ sentence })
    expect(await costliestBottleneck([byOwner, ask])).toMatchObject({ sentence })
    const period = { from: day('2025-07-01'), to: day('2025-09-30') }
    const compare = { from: day('2025-04-01'), to: day('2025-06-30') }
    expect((await costliestBottleneck([{ ...ask, period, compare }])).sentence).toBeNull()
  })
})
