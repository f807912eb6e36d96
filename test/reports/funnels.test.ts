import { describe, expect, it } from 'vitest'
import { closedFunnel } from '../../src/reports/closed/funnel.ts'
import { medianOfCounts, openStage } from '../../src/reports/open/funnel.ts'
import { day } from '../support/book.ts'

describe('the closed funnel', () => {
  // 10 deals: 4 won; 3 lost in A, 2 lost in B, 1 lost in C.
  const cells = [
    { furthestStageId: 3, outcome: 'won' as const, deals: 4, amount: 400, profit: 0 },
    { furthestStageId: 1, outcome: 'lost' as const, deals: 3, amount: 30, profit: 0 },
    { furthestStageId: 2, outcome: 'lost' as const, deals: 2, amount: 20, profit: 0 },
    { furthestStageId: 3, outcome: 'lost' as const, deals: 1, amount: 10, profit: 0 },
    { furthestStageId: null, outcome: 'lost' as const, deals: 9, amount: 90, profit: 0 },
  ]
  const stages = [
    { id: 1, name: 'A' },
    { id: 2, name: 'B' },
    { id: 3, name: 'C' },
  ]

  it('counts who reached, passed and was lost at each stage', () => {
    const funnel = closedFunnel(cells, stages)
    expect(funnel.map(({ stage }) => stage)).toEqual(['A', 'B', 'C'])
    expect(funnel.map(({ deals }) => deals)).toEqual([
      { reached: 10, passed: 7, lost: 3, step: 0.7, overall: 1, first: 10, won: 4 },
      { reached: 7, passed: 5, lost: 2, step: 5 / 7, overall: 0.7, first: 10, won: 4 },
      { reached: 5, passed: 4, lost: 1, step: 0.8, overall: 0.5, first: 10, won: 4 },
    ])
    expect(funnel.map(({ amount }) => amount)).toMatchObject([
      { reached: 460, passed: 430, lost: 30 },
      { reached: 430, passed: 410, lost: 20 },
      { reached: 410, passed: 400, lost: 10 },
    ])
  })

  it('counts a won deal as having reached every stage, wherever it stood', () => {
    const skipped = [
      { furthestStageId: 1, outcome: 'won' as const, deals: 2, amount: 7, profit: 0 },
    ]
    expect(closedFunnel(skipped, stages).map(({ deals }) => deals.reached)).toEqual([2, 2, 2])
  })

  it('of nothing has no shares', () => {
    expect(closedFunnel([], stages)[0]?.deals).toMatchObject({
      reached: 0,
      step: null,
      overall: null,
    })
    expect(closedFunnel(cells, [])).toEqual([])
  })
})

describe('the open funnel', () => {
  it('knows the median of counted values', () => {
    expect(medianOfCounts([])).toBeNull()
    expect(medianOfCounts([[7, 1]])).toBe(7)
    expect(
      medianOfCounts([
        [9, 1],
        [3, 1],
        [5, 2],
      ]),
    ).toBe(5)
    expect(
      medianOfCounts([
        [2, 2],
        [4, 2],
      ]),
    ).toBe(3)
    expect(
      medianOfCounts([
        [2, 0],
        [4, 2],
      ]),
    ).toBe(4)
  })

  it('weighs amounts and counts what is over its limit', () => {
    const cells = [
      {
        processId: 1,
        stageId: 4,
        stageSince: day('2026-01-01'),
        deals: 2,
        amount: 1000,
        profit: 0,
      },
      { processId: 1, stageId: 4, stageSince: day('2026-01-15'), deals: 1, amount: 500, profit: 0 },
    ]
    const facts = () => ({ probability: 0.4, limitDays: 14 })
    // On day 15 the first two have been there 14 days, which is not over the limit yet.
    expect(openStage(cells, day('2026-01-15'), facts)).toMatchObject({
      overdue: 0,
      median_days: 14,
    })
    expect(openStage(cells, day('2026-01-16'), facts)).toMatchObject({
      deals: 3,
      overdue: 2,
      weighted: 600,
      probability: 0.4,
      median_days: 15,
    })
    const unknown = () => ({ probability: null, limitDays: null })
    expect(openStage(cells, day('2026-03-16'), unknown)).toMatchObject({
      overdue: 0,
      weighted: null,
      probability: null,
    })
  })
})
