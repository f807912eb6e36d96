import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, toEpochDay } from '../../src/domain/day.ts'
import { closingSeason, thirdOfYear } from '../../src/forecast/model/closing-season.ts'
import { evenChances, seasonalChances, winCurves } from '../../src/forecast/model/curves.ts'
import { type Hazards, OLDEST } from '../../src/domain/chance/hazards.ts'
import { KINDS } from '../study/study.ts'
import { knownBy, ledgerOf, live } from '../study/simulate.ts'
import { bookOf, type Line } from './books.ts'

const FIRST = toEpochDay('2024-01-01' as Day)
const EVEN = Array.from({ length: 36 }, () => 1)

/** Two stages with rates that rise with age. */
function rising(rate: number): Hazards {
  const column = (...rates: number[]) =>
    Float64Array.from(
      rates.flatMap((at) =>
        Array.from({ length: OLDEST + 1 }, (_, age) => at * (1 + age / OLDEST)),
      ),
    )
  return {
    ladder: 'by-age',
    leavesOut: false,
    untimed: 0,
    moved: column(rate, rate / 3),
    won: column(0, rate),
    lost: column(rate / 2, rate / 4),
    targets: [[{ place: 1, share: 1 }], [{ place: 0, share: 1 }]],
  }
}

describe('chances to win with a season', () => {
  it('are those without one where no days differ', () => {
    const rates = fc.double({ min: 0.001, max: 0.15, noNaN: true })
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 300 }), (rate, age) => {
        const hazards = rising(rate)
        const even = evenChances(winCurves(hazards, 60))
        const seasonal = seasonalChances(hazards, { won: EVEN, lost: EVEN }, FIRST, [7, 60])
        for (const place of [0, 1]) {
          for (const end of [7, 60]) {
            expect(seasonal.aged(place, age, end)).toBeCloseTo(even.aged(place, age, end), 12)
            for (const opened of [0, 1, 7]) {
              const chance = seasonal.fresh(place, opened, end)
              expect(chance).toBeCloseTo(even.fresh(place, opened, end), 12)
            }
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('are higher in the days in which deals are won faster, and only then', () => {
    // 20 % a day are won from 21 to 31 January, and 10 % on other days.
    const flat = (at: number) => new Float64Array(OLDEST + 1).fill(at)
    const none = {
      ladder: 'one-rate',
      leavesOut: false,
      untimed: 0,
      moved: flat(0),
      lost: flat(0),
      targets: [[]],
    } as const
    const hazards = { ...none, won: flat(0.1), targets: [[]] }
    const won = EVEN.map((at, third) => (third === 2 ? 2 : at))
    const day = toEpochDay('2026-01-18' as Day)
    const { aged } = seasonalChances(hazards, { won, lost: EVEN }, day, [2, 4])
    expect(aged(0, 5, 2)).toBeCloseTo(1 - 0.9 ** 2, 12)
    expect(aged(0, 5, 4)).toBeCloseTo(1 - 0.9 ** 2 * 0.8 ** 2, 12)
  })
})

describe('the season of closings', () => {
  const bookWith = (kind: keyof typeof KINDS, seed: number) =>
    live({ seed, ...KINDS[kind], arrivals: 0.5 }, FIRST, 900)

  it('is seen where orders wait for the end of the quarter, and hardly ever by chance', () => {
    const day = FIRST + 899
    const of = (kind: keyof typeof KINDS) =>
      Array.from({ length: 20 }, (_, at) => closingSeason(ledgerOf(bookWith(kind, 900 + at)), day))
    const seen = of('quarters').filter((season) => season !== null)
    expect(seen.length).toBeGreaterThanOrEqual(18)
    for (const { won } of seen) {
      const end = thirdOfYear(toEpochDay('2026-06-25' as Day))
      expect(won[end]).toBeGreaterThan(1.3)
      expect(won[end - 4]).toBeLessThan(1)
    }
    expect(of('plain').filter((season) => season !== null).length).toBeLessThanOrEqual(2)
  })

  it('knows nothing of what comes later, and nothing before six full months', () => {
    const stories = bookWith('quarters', 950)
    for (const day of [FIRST + 300, FIRST + 640]) {
      const then = closingSeason(ledgerOf(knownBy(stories, day)), day)
      expect(closingSeason(ledgerOf(stories), day)).toEqual(then)
    }
    expect(closingSeason(ledgerOf(stories), toEpochDay('2024-06-29' as Day))).toBeNull()
  })

  it('moves what a forecast expects to the end of the quarter, and is named', async () => {
    const created = Array.from({ length: 160 }, (_, at) => addDays('2024-11-25' as Day, 4 * at))
    // Every other order is signed in the last days of its quarter.
    const signed = (day: Day, at: number): Day => {
      const usual = addDays(day, 10 + (at % 25))
      if (at % 4 > 1) return usual
      const quarter = Math.floor((Number(usual.slice(5, 7)) - 1) / 3)
      const end = `${usual.slice(0, 4)}-${['03-31', '06-30', '09-30', '12-31'][quarter]}` as Day
      return addDays(end, -(at % 7))
    }
    const lines = created.map((day, at): Line => {
      const closed = signed(day, at)
      if (closed > '2026-11-22')
        return { title: `Rope ${at}`, status: 'open', amount: 1000, created: day }
      const status = at % 3 === 2 ? 'lost' : 'won'
      return {
        title: `Rope ${at}`,
        status,
        amount: 1000,
        created: day,
        closed: closed < day ? day : closed,
      }
    })
    const made = await bookOf(lines)
    const { periods, notes } = await made.json('forecast', '--by', 'week', '--horizon', '8w')
    const mean = (at: number) => (periods[at] as Record<string, number>).mean as number
    // Weeks from 24 November on: the last of the year, and the second of December.
    expect(mean(5)).toBeGreaterThan(1.5 * mean(2))
    expect(notes.join(' ')).toMatch(
      /Deals are won up to \d\.\d times as fast at some times: most at the end of a quarter/,
    )
  })
})
