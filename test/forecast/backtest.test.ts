import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtestSection, honestyLine } from '../../src/forecast/honesty.ts'
import { accuracyOf, pinball, rivalsOf, wape } from '../../src/forecast/model/accuracy.ts'
import { rehearse } from '../../src/forecast/model/backtest.ts'
import { forecast } from '../../src/forecast/model/forecast.ts'
import { miss, pipelineWeight, widen, widening } from '../../src/forecast/model/mixture.ts'
import { ledgerOf, live } from '../study/simulate.ts'

const FIRST = 19_700
const WISH = { selection: {}, seed: 1, openOnly: false }

describe('the backtest', () => {
  it('says the same at an origin when all that came later is deleted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 120, max: 500 }),
        (seed, days) => {
          const trade = { seed, arrivals: 0.3, trend: 0.2, season: 0.3, shock: 0.3 }
          const stories = live(trade, FIRST, 600)
          const origin = FIRST + days
          const full = rehearse(ledgerOf(stories), 60, WISH).at(origin)
          const cut = rehearse(ledgerOf(stories, origin), 60, WISH).at(origin)
          expect(cut).toEqual(full)
        },
      ),
      { numRuns: 12 },
    )
  })

  it('makes the same forecast, range and record on a day whatever comes after it', () => {
    const day = fc.integer({ min: 40, max: 850 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), day, fc.boolean(), (seed, days, one) => {
        const trade = { seed, arrivals: 0.25, trend: 0.3, season: 0.5, shock: 0.3 }
        const stories = live(trade, FIRST, 900)
        const origin = FIRST + days
        const wish = { ...WISH, selection: one ? { ownerId: 2 } : {} }
        const made = (until?: number) => {
          const { pipeline, reaches, ...rest } = forecast(
            ledgerOf(stories, until),
            origin,
            [10, 40, 70],
            wish,
          )
          const chances = [1000, 5000, 20_000].map(reaches)
          return { ...rest, chances, open: pipeline.open.value, season: pipeline.season }
        }
        expect(made(origin)).toEqual(made())
      }),
      { numRuns: 15 },
    )
  })

  it('is the same each time', () => {
    const ledger = ledgerOf(
      live({ seed: 3, arrivals: 0.5, trend: 0, season: 0, shock: 0.2 }, FIRST, 500),
    )
    const tested = () => rehearse(ledger, 90, WISH).tested(FIRST + 499)
    expect(tested()).toEqual(tested())
    expect(tested().length).toBe(11)
  })
})

describe('accuracy', () => {
  it('adds up misses against what came', () => {
    expect(wape([{ forecast: 10, actual: 8 }])).toBe(0.25)
    expect(wape([])).toBeNull()
    expect(wape([{ forecast: 3, actual: 0 }])).toBeNull()
    expect(pinball(0.9, 10, 20)).toBeCloseTo(9)
    expect(pinball(0.9, 20, 10)).toBeCloseTo(1)
    expect(accuracyOf([])).toBeNull()
  })

  it('compares with naive forecasts window by window', () => {
    const naive = { last_period: 10, trailing_mean: 20, year_ago: null, template: 5 }
    const window = { origin: 0, mean: 12, p10: 8, p50: 12, p90: 16, actual: 10, naive }
    const tested = [window, { ...window, mean: 20, actual: 30, naive: { ...naive, year_ago: 30 } }]
    const accuracy = accuracyOf(tested)
    expect(accuracy).toMatchObject({ origins: 2, wape: 20 / 40, wape_mean: 12 / 40 })
    expect(accuracy).toMatchObject({ bias: -8 / 40, coverage80: 0.5 })
    // A year ago is known for one window only, and so is not the best of the naive forecasts.
    expect(accuracy).toMatchObject({ wape_year_ago: 0, wape_naive: 20 / 40 })
    const [last, trailing, yearAgo, template] = rivalsOf(tested)
    expect(last).toMatchObject({ windows: 2, wape: 20 / 40, bias: -20 / 40 })
    expect(trailing).toMatchObject({ wape: 20 / 40, bias: 0 })
    expect(yearAgo).toMatchObject({ windows: 1, wape: 0, bias: 0, skill: null })
    expect(template).toMatchObject({ wape: 30 / 40, bias: -30 / 40 })
    // Ours loses 0.2 + 1 + 0.6 and 2.2 + 9 + 12.6, the last period 0 and 1.5 × 20.
    expect(last?.skill).toBeCloseTo(1 - 25.6 / 30, 12)
  })
})

describe('how past forecasts are told', () => {
  const naive = { last_period: 10, trailing_mean: 20, year_ago: 12.4, template: 5 }
  const window = { origin: 20_000, mean: 12, p10: 8, p50: 13, p90: 16, actual: 10, naive }
  const told = (...tested: (typeof window)[]) =>
    honestyLine({ accuracy: accuracyOf(tested), window: 28, tested })

  it('in words, also where there is one, or nothing to compare with', () => {
    expect(told(window)).toBe(
      'Tested on a past forecast of 28 days: P50 off by 30% (best naive forecast 0%); ' +
        'Expected 20% too high in sum; P10 to P90 held 100% of outcomes.',
    )
    expect(told(window, { ...window, mean: 8 })).toContain(
      'Tested on 2 past forecasts of 28 days: P50 off by 30% (best naive forecast 0%); ' +
        'Expected neither too high nor too low in sum;',
    )
    expect(told({ ...window, actual: 0 })).toContain('nothing was won in them')
    expect(told({ ...window, actual: -300 })).toContain('what was won in them was no gain')
    expect(told()).toContain('Not tested')
  })

  it('beside those of a year ago, where the book is old enough', () => {
    const young = { ...window, naive: { ...naive, year_ago: null } }
    const { rows } = backtestSection([young, window], 28, 'money', Math.round)
    expect(rows.map((row) => row.year_ago)).toEqual([null, 12])
    expect(rows[0]).toMatchObject({
      from: '2024-10-05',
      to: '2024-11-01',
      actual: 10,
      inside: true,
    })
  })
})

describe('the mixture', () => {
  const past = (pipeline: number, trailing: number, actual: number) => ({
    pipeline,
    trailing,
    actual,
    band: { p10: 50, p50: 100, p90: 200 },
  })

  it('trusts the pipeline first, and whoever missed by less then', () => {
    expect(pipelineWeight([])).toBe(1)
    const twelve = (pipeline: number, trailing: number) =>
      pipelineWeight(Array.from({ length: 12 }, () => past(pipeline, trailing, 100)))
    expect(twelve(200, 100)).toBe(0.5)
    expect(twelve(200, 150)).toBe(0.75)
    // Squared errors of less than twice those of the trailing mean may be chance.
    expect(twelve(140, 130)).toBe(1)
    expect(twelve(100, 200)).toBe(1)
    expect(twelve(100, 100)).toBe(1)
  })

  it('widens its band by how far outcomes fell outside', () => {
    expect(miss({ band: past(0, 0, 0).band, actual: 200 })).toBe(1)
    expect(miss({ band: past(0, 0, 0).band, actual: 25 })).toBe(1.5)
    expect(widening([])).toBe(1.3)
    expect(widening(Array.from({ length: 4 }, () => past(1, 1, 400)))).toBeCloseTo((1.3 + 3) / 2)
    const band = { p10: 50, p50: 100, p90: 200 }
    const widened = (least: number, most: number) => widen(band, 3, { least, most })
    expect(widened(-900, 900)).toEqual({ p10: 0, p50: 100, p90: 400 })
    expect(widened(0, 250)).toEqual({ p10: 0, p50: 100, p90: 250 })
    expect(widened(20, 200)).toEqual({ p10: 20, p50: 100, p90: 200 })
  })
})
