import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenChances, winCurves } from '../../src/forecast/model/curves.ts'
import {
  cell,
  fitHazards,
  type Hazards,
  OLDEST,
  shrunkRate,
} from '../../src/domain/chance/hazards.ts'
import type { Ledger } from '../../src/forecast/model/ledger.ts'
import { type LedgerEvent, ledgerOfEvents } from '../support/ledger.ts'
import { expectedOf, type Pipeline, simulate } from '../../src/forecast/model/pipeline.ts'
import { bandOf, seededStreams } from '../../src/forecast/model/sampling.ts'
import { NO_SEASON } from '../../src/forecast/model/season.ts'
import type { Place } from '../../src/domain/chance/seen.ts'
import { openOn, outcomesOn } from '../../src/forecast/model/deals-on-day.ts'
import { winsIn } from '../../src/forecast/model/wins.ts'
import { seenOn } from '../../src/forecast/model/seen-on.ts'

/** One state with the same chances every day. */
function flat(won: number, lost: number): Hazards {
  const column = (chance: number) => new Float64Array(OLDEST + 1).fill(chance)
  return {
    ladder: 'one-rate',
    leavesOut: false,
    untimed: 0,
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
    chances: evenChances(winCurves(flat(0.02, 0.03), 90)),
    open: {
      deal: new Int32Array(),
      place: new Int32Array(),
      age: new Int32Array(),
      value: new Float64Array(),
    },
    arrivals: { shape: 20, rate: 50, growth: 0, entries: [{ place: 0, share: 1 }] },
    season: NO_SEASON,
    values: Float64Array.of(1),
    day: 20_000,
  }
  const perRate = Array.from({ length: 90 }, (_, u) => within(0.02, 0.03, 90 - u)).reduce(
    (a, b) => a + b,
  )

  it('expects shape / rate × Σ chance from deals to come', () => {
    const { fresh } = expectedOf(pipeline, [90])
    expect(fresh[0]).toBeCloseTo((20 / 50) * perRate, 10)
  })

  it('lets arrivals go on growing for 90 days, and no longer', () => {
    const growth = Math.log(1.2) / 365
    const far = evenChances(winCurves(flat(0.02, 0.03), 200))
    const grown = { ...pipeline, chances: far, arrivals: { ...pipeline.arrivals!, growth } }
    const { fresh } = expectedOf(grown, [200])
    const weighed = Array.from(
      { length: 200 },
      (_, u) => 1.2 ** (Math.min(u + 1, 90) / 365) * within(0.02, 0.03, 200 - u),
    ).reduce((a, b) => a + b)
    expect(fresh[0]).toBeCloseTo((20 / 50) * weighed, 10)
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

describe('two stages between which deals go forth and back', () => {
  const [moved0, won0, lost0, moved1, won1, lost1] = [0.1, 0.01, 0.05, 0.04, 0.08, 0.02]
  const column = (...chances: number[]) =>
    Float64Array.from(chances.flatMap((one) => Array.from({ length: OLDEST + 1 }, () => one)))
  const curves = winCurves(
    {
      ladder: 'one-rate',
      leavesOut: false,
      untimed: 0,
      moved: column(moved0, moved1),
      won: column(won0, won1),
      lost: column(lost0, lost1),
      targets: [[{ place: 1, share: 1 }], [{ place: 0, share: 1 }]],
    },
    1000,
  )

  it('move a deal on within the day, and back for the next', () => {
    expect(curves.entered(1, 0)).toBeCloseTo(won1, 12)
    expect(curves.entered(0, 0)).toBeCloseTo(won0 + moved0 * won1, 12)
    expect(curves.aged(1, 0, 0)).toBe(0)
  })

  it('are won in the end as if only the ways out of each counted', () => {
    // From the first a = (w₀ + m₀ b) / (w₀ + m₀ + l₀), from the second b = (w₁ + m₁ a) / (w₁ + m₁ + l₁).
    const [out0, out1] = [won0 + moved0 + lost0, won1 + moved1 + lost1]
    const first = (won0 * out1 + moved0 * won1) / (out0 * out1 - moved0 * moved1)
    const second = (won1 + moved1 * first) / out1
    for (const [place, ever] of [first, second].entries()) {
      expect(curves.entered(place, 1000)).toBeCloseTo(ever, 9)
      expect(curves.aged(place, 40, 1000)).toBeCloseTo(ever, 9)
    }
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

function ledgerOfDeals(
  deals: Happened[][],
  { places = STAGES, ways = deals.length }: { places?: Place[]; ways?: number } = {},
): Ledger {
  const builder = ledgerOfEvents(places)
  deals.forEach((events, id) => {
    builder.deal({ id, processId: 1, sourceId: null, outcomeOnly: id >= ways })
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
    expect(openOn(ledger, 12, {})).toEqual({
      deal: Int32Array.of(0),
      place: Int32Array.of(0),
      age: Int32Array.of(2),
      value: Float64Array.of(100),
    })
    expect(openOn(ledger, 17, {})).toMatchObject({
      place: Int32Array.of(1),
      age: Int32Array.of(2),
      value: Float64Array.of(100),
    })
    expect(openOn(ledger, 19, {})).toMatchObject({ value: Float64Array.of(250) })
    expect(winsIn(ledger, 0, 20, {})).toEqual({
      day: Int32Array.of(20),
      value: Float64Array.of(250),
      dated: Uint8Array.of(1),
    })
    expect(outcomesOn(ledger, 29)).toEqual({ won: 1, lost: 0 })
  })

  it('takes a win back when the deal is reopened', () => {
    expect(winsIn(ledger, 0, 30, {}).day).toHaveLength(0)
    expect(openOn(ledger, 30, {})).toEqual({
      deal: Int32Array.of(0, 1),
      place: Int32Array.of(1, 0),
      age: Int32Array.of(0, 5),
      value: Float64Array.of(250, 70),
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
      fitHazards(seenOn(ledgerOfDeals(Array.from({ length: count }, (_, at) => deal(at))), 500))
        .ladder
    expect([9, 10, 29, 30].map(ladder)).toEqual(['template', 'one-rate', 'one-rate', 'by-age'])
  })

  it('are drawn to the template’s way of leaving as if eight deals had said so', () => {
    const deals = Array.from({ length: 16 }, (_, at): Happened[] => [
      ['opened', at, 0, 1],
      at % 4 === 0 ? ['moved', at + 4, 1] : ['lost', at + 4],
    ])
    const onward = (force?: 'own', places: Place[] = STAGES) => {
      const { moved, won, lost } = fitHazards(seenOn(ledgerOfDeals(deals, { places }), 500), force)
      const [m = 0, w = 0, l = 0] = [moved, won, lost].map((column) => column[cell(0, 4)])
      return (m + w) / (m + w + l)
    }
    // 4 of 16 went on; the template's 0.3 / 0.3 counts as 0.98. The one bin is drawn to the stage by 8.
    const stage = (4 + 8 * 0.98) / 24
    expect(onward()).toBeCloseTo((4 + 8 * stage) / 24, 12)
    // Without the template: the book's share of losses, (12 + ½) / (16 + 1), as if two had said so.
    const own = (4 + 2 * (1 - 12.5 / 17)) / 18
    expect(onward('own')).toBeCloseTo((4 + 8 * own) / 24, 12)
    // So it is where the next stage has no chance of its own to compare with.
    const untold = STAGES.map((place, at) => (at === 1 ? { ...place, template: null } : place))
    expect(onward(undefined, untold)).toBeCloseTo((4 + 8 * own) / 24, 12)
  })

  it('leave out deals that came with an outcome only, once thirty others are closed', () => {
    const lost = (at: number): Happened[] => [
      ['opened', at, 0, 1],
      ['moved', at + 3, 1],
      ['lost', at + 9],
    ]
    const won = (at: number): Happened[] => [
      ['opened', at, 0, 1],
      ['won', at + 1],
    ]
    const learnt = (ways: number, outcomes: number) => {
      const all = [
        ...Array.from({ length: ways }, (_, at) => lost(at)),
        ...Array.from({ length: outcomes }, (_, at) => won(at)),
      ]
      return fitHazards(seenOn(ledgerOfDeals(all, { ways }), 500))
    }
    expect(learnt(30, 20)).toEqual(learnt(30, 0))
    const first = cell(0, 0)
    expect(learnt(29, 20).won[first]).toBeGreaterThan(3 * (learnt(30, 0).won[first] as number))
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
      const curves = winCurves(fitHazards(seenOn(ledger, 400)), 365)
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
    const { moved, won, lost } = fitHazards(seenOn(ledger, 100))
    const at = cell(0, 0)
    expect((moved[at] ?? 0) + (won[at] ?? 0) + (lost[at] ?? 0)).toBeLessThanOrEqual(1)
  })
})
