import { describe, expect, it } from 'vitest'
import { arrivalRate } from '../../src/forecast/model/arrivals.ts'
import { growthOf as growthOfDays } from '../../src/forecast/model/growth.ts'
import {
  NO_SEASON,
  type Season,
  seasonOf as seasonOfDays,
} from '../../src/forecast/model/season.ts'
import type { Stream } from '../../src/forecast/model/stream.ts'
import { seededRandom } from '../../src/domain/random.ts'
import { dailyOf } from './daily.ts'

const growthOf = (days: number[], since: number, now: number): number =>
  growthOfDays(dailyOf(days), since, now)
const seasonOf = (days: number[], until: number): Season => seasonOfDays(dailyOf(days), until)

/** New deals on some days: the first place has those of `days`, the next one that of `other`. */
function streamOf(begin: number | null, days: number[], other: number[] = []): Stream {
  const all = dailyOf([...days, ...other])
  const at = (of: number[]): Int32Array =>
    all.counts.map((_, on) => of.filter((day) => day === all.first + on).length)
  return {
    ...all,
    count: days.length + other.length,
    places: [
      { place: 0, counts: at(days) },
      { place: 1, counts: at(other) },
    ],
    begin,
    leftOut: { unknown: 0, begunWith: 0 },
  }
}

describe('arrivals', () => {
  const weights = (days: number) =>
    Array.from({ length: days }, (_, ago) => 2 ** (-ago / 75)).reduce((a, b) => a + b)

  it('are counted over the days after the first, and drawn to their mean by one deal', () => {
    // From day 471 to day 500 are 30 days: three deals on the last of them, a tenth of one a day.
    const got = arrivalRate(streamOf(470, [500, 500], [500]), 500, NO_SEASON)
    expect(got?.shape).toBe(4)
    expect(got?.rate).toBeCloseTo(weights(30) + 10, 10)
    expect(got?.entries).toEqual([
      { place: 0, share: 2 / 3 },
      { place: 1, share: 1 / 3 },
    ])
  })

  it('leave out the day on which the book was begun, and with it a day of waiting', () => {
    const got = arrivalRate(streamOf(470, [490, 500]), 500, NO_SEASON, 480)
    expect(got?.shape).toBeCloseTo(1 + 1 + 2 ** (-10 / 75), 12)
    // 29 days, two deals.
    expect(got?.rate).toBeCloseTo(weights(30) - 2 ** (-20 / 75) + 29 / 2, 10)
  })

  it('have no rate before 28 days, nor where none came in', () => {
    expect(arrivalRate(streamOf(473, [500]), 500, NO_SEASON)).toBeNull()
    expect(arrivalRate(streamOf(472, [500]), 500, NO_SEASON)).not.toBeNull()
    expect(arrivalRate(streamOf(400, []), 500, NO_SEASON)).toBeNull()
    expect(arrivalRate(streamOf(null, []), 500, NO_SEASON)).toBeNull()
  })
})

describe('growth', () => {
  /** So many deals in each year, the last ending on day 2000, spread evenly. */
  const years = (...counts: number[]): number[] =>
    counts
      .toReversed()
      .flatMap((count, ago) =>
        Array.from({ length: count }, (_, at) => 2000 - 365 * ago - Math.floor((at * 365) / count)),
      )

  it('is that from year to year, drawn to none by how few the deals are', () => {
    const yearly = (...counts: number[]) => Math.exp(365 * growthOf(years(...counts), 0, 2000)) - 1
    expect(yearly(100, 120)).toBeCloseTo(0.148, 3)
    expect(yearly(10, 12)).toBeLessThan(0.06)
    expect(yearly(10_000, 12_000)).toBeCloseTo(0.178, 3)
    expect(yearly(120, 100)).toBeCloseTo(1 / 1.148 - 1, 2)
    expect(yearly(100, 100)).toBe(0)
    expect(yearly(100, 1000)).toBeCloseTo(0.5, 12)
    expect(yearly(0, 0)).toBe(0)
  })

  it('compares like with like: the same days of two years, 90 at least', () => {
    // Open for half of each year: the other half is compared with nothing.
    const halves = years(200, 200).filter((day) => (2000 - day) % 365 < 180)
    expect(growthOf(halves, 2000 - 365 - 179, 2000)).toBeCloseTo(0, 12)
    const doubled = years(100, 200)
    expect(growthOf(doubled, 2000 - 365 - 88, 2000)).toBe(0)
    expect(growthOf(doubled, 2000 - 365 - 89, 2000)).toBeGreaterThan(0)
  })

  it('brings the rate of new deals up to date', () => {
    const rateOf = (days: number[]) => {
      const got = arrivalRate(streamOf(905, days), 2000, NO_SEASON)
      return (got?.shape ?? 0) / (got?.rate ?? 1) / (576 / 365)
    }
    // As many in the last year, and as evenly: only the years before differ.
    expect(rateOf(years(576, 576, 576))).toBeCloseTo(1, 1)
    expect(rateOf(years(400, 480, 576))).toBeGreaterThan(1.03)
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
