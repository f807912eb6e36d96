import { describe, expect, it } from 'vitest'
import { rehearse } from '../../src/forecast/model/backtest.ts'
import { clustered } from './clustered.ts'
import { future, knownBy, ledgerOf, live, type Story } from './simulate.ts'
import { SIZES, studySize } from './study.ts'

const FIRST = 19_700
const TRADE = { seed: 5, arrivals: 0.4, trend: 0.15, season: 0.25, shock: 0.2 }

describe('the futures of a made-up book', () => {
  const day = FIRST + 600
  const past = knownBy(live(TRADE, FIRST, 800), day)
  const then = (number: number) => future(TRADE, FIRST, past, { day, days: 90, number })

  it('have one past, and differ after it', () => {
    expect(knownBy(then(0), day)).toEqual(past)
    expect(knownBy(then(1), day)).toEqual(past)
    expect(then(0)).not.toEqual(then(1))
    expect(then(1)).toEqual(then(1))
  })

  it('are all forecast alike', () => {
    const of = (stories: Story[]) =>
      rehearse(ledgerOf(stories), 90, { selection: {}, seed: 1, openOnly: false }).at(day)
    expect(of(then(0))).toEqual(of(past))
    expect(of(then(1))).toEqual(of(past))
  })

  it('keep deals in their stage by how long they have been there', () => {
    const entered = day + 1 - 10
    const deal: Story = { value: 1, seller: 0, steps: [['moved', entered, 4]] }
    const calm = { ...TRADE, arrivals: 0, shock: 0 }
    const futures = Array.from({ length: 4000 }, (_, number) =>
      future(calm, FIRST, [deal], { day, days: 5, number }),
    )
    const staying = futures.filter(([story]) => story?.steps.length === 1).length / futures.length
    // Weibull of mean 8 and shape 1.8: P(over 15 days) / P(over 10 days).
    const over = (days: number) => Math.exp(-((days / (8 / 0.889)) ** 1.8))
    expect(Math.abs(staying - over(15) / over(10))).toBeLessThan(0.025)
  })
})

describe('the study', () => {
  it('counts its error over books, which are alike within themselves', () => {
    const [one, other] = [
      { part: 1, whole: 10 },
      { part: 5, whole: 10 },
    ]
    expect(clustered([one, other]).share).toBe(0.3)
    // √(2 · (2² + 2²)) ÷ 20
    expect(clustered([one, other]).error).toBeCloseTo(4 / 20, 12)
  })

  // A small run of `npm run forecast-study`, with two standard errors of so few origins allowed for.
  it.each(SIZES)('finds forecasts of books with $closed closed deals within their bars', (size) => {
    const design = { books: 40, firstSeed: 300, origins: 2, futures: 20 }
    const { closed, gain, bias, coverage } = studySize(size, design)
    expect(Math.abs(closed / size.closed - 1)).toBeLessThan(0.2)
    expect(gain.share).toBeLessThan(0)
    if (size.closed >= 100) expect(Math.abs(bias.share)).toBeLessThan(0.05 + 2 * bias.error)
    expect(coverage.share).toBeGreaterThan(0.72 - 2 * coverage.error)
    expect(coverage.share).toBeLessThan(0.88 + 2 * coverage.error)
  })
})
