import { describe, expect, it } from 'vitest'
import { fisherExact } from '../../src/domain/statistics/fisher.ts'
import { newcombeInterval } from '../../src/domain/statistics/proportions.ts'
import {
  othersOf,
  type Pair,
  type ProfitCell,
  rankBottlenecks,
  sideOf,
} from '../../src/reports/bottlenecks/rank.ts'
import { sentenceOf, spanName } from '../../src/reports/bottlenecks/sentence.ts'
import { day } from '../support/book.ts'

const EUR = { code: 'EUR', digits: 2 }

const stages = [
  { id: 1, name: 'Proposal' },
  { id: 2, name: 'Decision' },
]

/** Deals won, lost at the proposal and lost at the decision; a won one brings 1,000. */
function deals(won: number, first: number, second: number): ProfitCell[] {
  const cell = (outcome: 'won' | 'lost', furthestStageId: number, count: number): ProfitCell => ({
    outcome,
    furthestStageId,
    deals: count,
    amount: 0,
    profit: outcome === 'won' ? count * 1000_00 : 7,
    withoutAmount: 0,
  })
  return [cell('won', 2, won), cell('lost', 1, first), cell('lost', 2, second)]
}

function pair(own: ProfitCell[], base: ProfitCell[], group: string | null = null): Pair {
  return { group, own: sideOf(own, stages), base: sideOf(base, stages) }
}

describe('bottlenecks', () => {
  // Now 100 reach the proposal, 31 pass, 20 are won; before 100, 48, 30.
  const rows = rankBottlenecks([pair(deals(20, 69, 11), deals(30, 52, 18))])

  it('are ranked by what they cost', () => {
    expect(rows).toMatchObject([
      // 100 × (0.48 − 0.31) × 20/31 × 1,000 = 10,967.74
      {
        stage: 'Proposal',
        next: 'Decision',
        reached: 100,
        passed: 31,
        step: 0.31,
        cost: 10_967_74,
      },
      // 31 × (30/48 − 20/31) × 1 × 1,000 = −625: it passes more than before.
      { stage: 'Decision', next: null, reached: 31, passed: 20, base_reached: 48, cost: -625_00 },
    ])
    expect(rows[0]).toMatchObject({ beyond: 20 / 31, mean_profit: 1000_00, base_step: 0.48 })
  })

  it('are tested one by one, and held to one false discovery rate together', () => {
    const p = fisherExact([
      [31, 69],
      [48, 52],
    ])
    expect(p).toBeCloseTo(0.020376, 6)
    expect(rows[0]).toMatchObject({ p, p_adjusted: 2 * p, verdict: 'beyond chance' })
    const interval = newcombeInterval(
      { successes: 31, trials: 100 },
      { successes: 48, trials: 100 },
    )
    expect(rows[0]).toMatchObject({ ...interval })
    expect(rows[1]?.verdict).toBe('within chance')
    // Among many cells without a difference the same p is no finding any more.
    const same = Array.from({ length: 9 }, (_, at) =>
      pair(deals(20, 60, 20), deals(20, 60, 20), `group ${at}`),
    )
    const [first] = rankBottlenecks([pair(deals(20, 69, 11), deals(30, 52, 18), 'Ann'), ...same])
    expect(first).toMatchObject({ group: 'Ann', p, verdict: 'within chance' })
  })

  it('are not judged by fewer than ten deals on either side', () => {
    const few = { verdict: 'too few', p: null, p_adjusted: null, cost: null }
    expect(rankBottlenecks([pair(deals(2, 5, 2), deals(30, 52, 18))])).toMatchObject([few, few])
    const rowsOfTen = rankBottlenecks([pair(deals(3, 4, 3), deals(9, 1, 0))])
    expect(rowsOfTen.map(({ verdict }) => verdict)).toEqual(['within chance', 'too few'])
  })

  it('take the chance beyond and the profit of the other side where their own are not known', () => {
    // Nobody passed: half of those that passed before were won.
    const [first] = rankBottlenecks([pair(deals(0, 20, 0), deals(10, 20, 10))])
    expect(first).toMatchObject({
      beyond: 0.5,
      mean_profit: 1000_00,
      cost: 20 * 0.5 * 0.5 * 1000_00,
    })
    const [unknown] = rankBottlenecks([pair(deals(0, 20, 0), deals(0, 20, 0))])
    expect(unknown).toMatchObject({ beyond: null, mean_profit: null, cost: null })
  })

  it('leave out what nobody reached, and processes without stages', () => {
    expect(rankBottlenecks([pair(deals(0, 3, 0), deals(1, 1, 1))])).toHaveLength(1)
    const plain = deals(5, 0, 0).map((cell) => ({ ...cell, furthestStageId: null }))
    expect(sideOf(plain, stages)).toMatchObject({
      meanProfit: null,
      stages: [{ deals: { reached: 0 } }, {}],
    })
  })

  it('of a group stand against all deals but its own', () => {
    const [ann, bo] = [deals(20, 69, 11), deals(30, 52, 18)]
    expect(sideOf(othersOf([...ann, ...bo], ann), stages)).toEqual(sideOf(bo, stages))
  })
})

describe('the sentence of a bottleneck', () => {
  const [row] = rankBottlenecks([pair(deals(20, 69, 11), deals(30, 52, 18))])
  if (!row) throw new Error('no row')

  it('says where, how much, how often and how sure', () => {
    expect(sentenceOf(row, 'a quarter', EUR)).toBe(
      'Proposal → Decision: 31% pass, 48% before; about 11,000 a quarter. ' +
        'Change is beyond chance, p = 0.04.',
    )
    expect(sentenceOf({ ...row, group: 'Ann' }, 'a month', EUR)).toBe(
      'Proposal → Decision, Ann: 31% pass, 48% with the others; about 11,000 a month. ' +
        'Difference is beyond chance, p = 0.04.',
    )
    expect(sentenceOf({ ...row, next: null, cost: -1_239_99 }, 'a year', EUR)).toContain(
      'Proposal → won: 31% pass, 48% before; about 1,240 more a year.',
    )
    expect(sentenceOf({ ...row, p_adjusted: 1e-9 }, 'a year', EUR)).toMatch(/, p < 0\.001\.$/)
    expect(sentenceOf({ ...row, p_adjusted: 0.0042 }, 'a year', EUR)).toMatch(/, p = 0\.004\.$/)
    const few = {
      ...row,
      reached: 9,
      verdict: 'too few' as const,
      p: null,
      p_adjusted: null,
      cost: null,
    }
    expect(sentenceOf(few, 'a year', EUR)).toBe(
      'Proposal → Decision: 31% pass, 48% before; too few deals to tell (9 and 100).',
    )
  })

  it.each([
    ['2026-07-01', '2026-09-30', 'a quarter'],
    ['2026-02-01', '2026-02-28', 'a month'],
    ['2026-01-01', '2026-12-31', 'a year'],
    ['2025-11-24', '2026-11-23', 'a year'],
    ['2026-11-16', '2026-11-22', 'a week'],
    ['2026-11-01', '2026-11-23', 'in 23 days'],
    [null, '2026-11-23', 'in all'],
  ])('names the time from %s to %s', (from, to, name) => {
    expect(spanName(from === null ? null : day(from), day(to))).toBe(name)
  })
})
