import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivalRate } from '../../src/forecast/model/arrivals.ts'
import { winCurves } from '../../src/forecast/model/curves.ts'
import {
  cell,
  fitHazards,
  type Hazards,
  OLDEST,
  shrunkRate,
} from '../../src/forecast/model/hazards.ts'
import { type Ledger, ledgerBuilder, type LedgerEvent } from '../../src/forecast/model/ledger.ts'
import { expectedOf, type Pipeline, simulate } from '../../src/forecast/model/pipeline.ts'
import { bandOf, seededStreams } from '../../src/forecast/model/sampling.ts'
import { NO_SEASON, seasonOf } from '../../src/forecast/model/season.ts'
import { openOn, outcomesOn, winsIn } from '../../src/forecast/model/standings.ts'
import { seededRandom } from '../../src/domain/random.ts'

/** One state with the same chances every day. */
function flat(won: number, lost: number): Hazards {
  const column = (chance: number) => new Float64Array(OLDEST + 1).fill(chance)
  return {
    ladder: 'one-rate',
    moved: column(0),
    won: column(won),
    lost: column(lost),
    targets: [[]],
  }
}

/** Won within t days, by the formula. */
function within(won: number, lost: number, t: number): number {
  return (won / (won + lost)) * (1 - (1 - won - lost) ** t)
}

const chance = fc.double({ min: 0.001, max: 0.4, noNaN: true })

describe('one stage without age effect', () => {
  it('gives an open deal w / (w + l) × (1 − (1 − w − l)^t)', () => {
    fc.assert(
      fc.property(chance, chance, fc.integer({ min: 0, max: 400 }), (won, lost, age) => {
        const curves = winCurves(flat(won, lost), 90)
        for (const t of [0, 1, 30, 90]) {
          expect(curves.aged(0, age, t)).toBeCloseTo(within(won, lost, t), 12)
          expect(curves.entered(0, t)).toBeCloseTo(within(won, lost, t + 1), 12)
        }
      }),
      { numRuns: 30 },
    )
  })

  const pipeline: Pipeline = {
    curves: winCurves(flat(0.02, 0.03), 90),
    open: { deal: [], place: [], age: [], value: [] },
    arrivals: { shape: 20, rate: 50, entries: [{ place: 0, share: 1 }] },
    season: NO_SEASON,
    values: [1],
    day: 20_000,
  }
  const perRate = Array.from({ length: 90 }, (_, u) => within(0.02, 0.03, 90 - u)).reduce(
    (a, b) => a + b,
  )

  it('expects shape / rate × Σ chance from deals to come', () => {
    const { fresh } = expectedOf(pipeline, [90])
    expect(fresh[0]).toBeCloseTo((20 / 50) * perRate, 10)
  })

  it('simulates the negative binomial that Gamma and Poisson make', () => {
    const { values } = simulate(pipeline, [90], 4000, seededStreams(1))
    const band = bandOf(values)
    // NB(shape 20, mean m): P(k) by recurrence.
    const mean = (20 / 50) * perRate
    const p = mean / (mean + 20)
    let term = (1 - p) ** 20
    let below = 0
    const quantiles: number[] = []
    for (let k = 0; quantiles.length < 3; k += 1) {
      below += term
      while (quantiles.length < 3 && below >= ([0.1, 0.5, 0.9][quantiles.length] ?? 1))
        quantiles.push(k)
      term *= (p * (20 + k)) / (k + 1)
    }
    expect(Math.abs(band.p10 - (quantiles[0] ?? 0))).toBeLessThanOrEqual(1)
    expect(Math.abs(band.p50 - (quantiles[1] ?? 0))).toBeLessThanOrEqual(1)
    expect(Math.abs(band.p90 - (quantiles[2] ?? 0))).toBeLessThanOrEqual(1)
  })
})

const STAGES = [0, 1, 2].map((stageId) => ({
  processId: 1,
  stageId,
  name: `s${stageId}`,
  template: 0.3,
}))

type Happened = [
  kind: LedgerEvent['kind'],
  day: number,
  stageId?: number | undefined,
  value?: number,
]

function ledgerOfDeals(deals: Happened[][]): Ledger {
  const builder = ledgerBuilder(STAGES)
  deals.forEach((events, id) => {
    builder.deal({ id, processId: 1, sourceId: null, outcomeOnly: false })
    for (const [kind, day, stageId = null, value = 0] of events) {
      builder.event({ kind, day, stageId, value, ownerId: null })
    }
  })
  return builder.finish()
}

describe('the ledger as of a day', () => {
  const ledger = ledgerOfDeals([
    [
      ['opened', 10, 0, 100],
      ['moved', 15, 1],
      ['amended', 18, undefined, 250],
      ['won', 20],
      ['reopened', 30],
      ['lost', 40],
    ],
    [['opened', 25, 0, 70]],
  ])

  it('knows nothing that comes later', () => {
    expect(openOn(ledger, 12, {})).toEqual({ deal: [0], place: [0], age: [2], value: [100] })
    expect(openOn(ledger, 17, {})).toMatchObject({ place: [1], age: [2], value: [100] })
    expect(openOn(ledger, 19, {})).toMatchObject({ value: [250] })
    expect(winsIn(ledger, 0, 20, {})).toEqual({ day: [20], value: [250] })
    expect(outcomesOn(ledger, 29)).toEqual({ won: 1, lost: 0 })
  })

  it('takes a win back when the deal is reopened', () => {
    expect(winsIn(ledger, 0, 30, {})).toEqual({ day: [], value: [] })
    expect(openOn(ledger, 30, {})).toEqual({
      deal: [0, 1],
      place: [1, 0],
      age: [0, 5],
      value: [250, 70],
    })
    expect(outcomesOn(ledger, 40)).toEqual({ won: 0, lost: 1 })
  })
})

describe('hazards', () => {
  it('draw a rate to its prior by three events', () => {
    expect(shrunkRate(0, 0, 0.02)).toBeCloseTo(0.02, 12)
    expect(shrunkRate(7, 200, 0.02)).toBeCloseTo(10 / 350, 12)
  })

  it('are by template under 10 closed deals, one rate under 30, by age from then on', () => {
    const deal = (at: number): Happened[] => [
      ['opened', at, 0, 1],
      ['moved', at + 3, 1],
      ['lost', at + 9],
    ]
    const ladder = (count: number) =>
      fitHazards(ledgerOfDeals(Array.from({ length: count }, (_, at) => deal(at))), 500).ladder
    expect([9, 10, 29, 30].map(ladder)).toEqual(['template', 'one-rate', 'one-rate', 'by-age'])
  })

  it('are drawn to the template’s way of leaving as if eight deals had said so', () => {
    const deals = Array.from({ length: 16 }, (_, at): Happened[] => [
      ['opened', at, 0, 1],
      at % 4 === 0 ? ['moved', at + 4, 1] : ['lost', at + 4],
    ])
    const onward = (force?: 'own') => {
      const { moved, won, lost } = fitHazards(ledgerOfDeals(deals), 500, force)
      const [m = 0, w = 0, l = 0] = [moved, won, lost].map((column) => column[cell(0, 4)])
      return (m + w) / (m + w + l)
    }
    // 4 of 16 went on; the template's 0.3 / 0.3 counts as 0.98. The one bin is drawn to the stage by 8.
    const stage = (4 + 8 * 0.98) / 24
    expect(onward()).toBeCloseTo((4 + 8 * stage) / 24, 12)
    // Without the template: the book's share of losses, (12 + ½) / (16 + 1), as if two had said so.
    const own = (4 + 2 * (1 - 12.5 / 17)) / 18
    expect(onward('own')).toBeCloseTo((4 + 8 * own) / 24, 12)
  })

  it('leave every open deal a chance between 0 and 1, even where all were lost or all won', () => {
    for (const end of ['won', 'lost'] as const) {
      const ledger = ledgerOfDeals(
        Array.from({ length: 50 }, (_, at): Happened[] => [
          ['opened', at, 0, 1],
          ['moved', at + 4, 1],
          ['moved', at + 9, 2],
          [end, at + 12],
        ]),
      )
      const curves = winCurves(fitHazards(ledger, 400), 365)
      for (const place of [0, 1, 2]) {
        for (const age of [0, 30, 2000]) {
          expect(curves.aged(place, age, 365)).toBeGreaterThan(0)
          expect(curves.aged(place, age, 365)).toBeLessThan(1)
        }
      }
    }
  })

  it('sum to at most 1 a day', () => {
    const ledger = ledgerOfDeals(
      Array.from({ length: 40 }, (_, at): Happened[] => [
        ['opened', at, 0, 1],
        ['won', at],
      ]),
    )
    const { moved, won, lost } = fitHazards(ledger, 100)
    const at = cell(0, 0)
    expect((moved[at] ?? 0) + (won[at] ?? 0) + (lost[at] ?? 0)).toBeLessThanOrEqual(1)
  })
})

describe('arrivals', () => {
  it('are drawn to the mean of all time by one deal, a young book counting as a month old', () => {
    const begun = { day: [500, 500, 500], place: [0, 0, 1], value: [1, 1, 1] }
    const got = arrivalRate(begun, 500, 500, NO_SEASON)
    const days = Array.from({ length: 30 }, (_, ago) => 2 ** (-ago / 75)).reduce((a, b) => a + b)
    expect(got?.shape).toBe(4)
    expect(got?.rate).toBeCloseTo(days + 10, 10)
    expect(got?.entries[0]).toEqual({ place: 0, share: 2 / 3 })
    expect(arrivalRate({ day: [], place: [], value: [] }, 500, 500, NO_SEASON)).toBeNull()
  })
})

describe('the season', () => {
  const UNTIL = 20_088 // 2024-12-31
  const series = (years: number, weight: (month: number) => number): number[] => {
    const random = seededRandom(7)
    const days: number[] = []
    for (let day = UNTIL - Math.round(years * 365.25) - 40; day <= UNTIL; day += 1) {
      const month = new Date(day * 86_400_000).getUTCMonth()
      if (random() < 0.4 * weight(month)) days.push(day)
    }
    return days
  }

  it('is not seen in less than two years, nor where there is none', () => {
    const swing = (month: number) => 1 + 0.8 * Math.cos((2 * Math.PI * month) / 12)
    expect(seasonOf(series(1.5, swing), UNTIL)).toEqual(NO_SEASON)
    expect(
      seasonOf(
        series(4, () => 1),
        UNTIL,
      ),
    ).toEqual(NO_SEASON)
    expect(seasonOf([], UNTIL)).toEqual(NO_SEASON)
  })

  it('comes out of chance hardly ever, and is not the length of months', () => {
    const seen = (dealsADay: number) =>
      Array.from({ length: 200 }, (_, at) => {
        const random = seededRandom(100 + at)
        const days: number[] = []
        for (let day = UNTIL - 1500; day <= UNTIL; day += 1) {
          for (let deal = 0; deal < 5; deal += 1) if (random() < dealsADay / 5) days.push(day)
        }
        return seasonOf(days, UNTIL).some((factor) => factor !== 1)
      }).filter(Boolean).length
    expect(seen(0.4)).toBeLessThanOrEqual(8)
    expect(seen(3)).toBeLessThanOrEqual(8)
    const everyDay = Array.from({ length: 1500 }, (_, ago) => UNTIL - ago)
    for (const factor of seasonOf(everyDay, UNTIL)) expect(factor).toBeCloseTo(1, 12)
  })

  it('needs two full years, and is stronger the clearer it is', () => {
    const swing = (month: number) => 1 + 0.8 * Math.cos((2 * Math.PI * month) / 12)
    expect(
      seasonOf(
        series(1.9, swing).filter((day) => day > UNTIL - 720),
        UNTIL,
      ),
    ).toEqual(NO_SEASON)
    const weak = seasonOf(
      series(4, (month) => 1 + 0.35 * Math.cos((2 * Math.PI * month) / 12)),
      UNTIL,
    )
    const strong = seasonOf(series(4, swing), UNTIL)
    expect((weak[0] ?? 0) - 1).toBeLessThan((strong[0] ?? 0) - 1)
  })

  it('is seen where it is strong', () => {
    const season = seasonOf(
      series(4, (month) => 1 + 0.8 * Math.cos((2 * Math.PI * month) / 12)),
      UNTIL,
    )
    expect(season[0]).toBeGreaterThan(1.5)
    expect(season[6]).toBeLessThan(0.5)
  })
})
