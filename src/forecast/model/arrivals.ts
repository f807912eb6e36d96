import { growthOf } from './growth.ts'
import { monthOf, type Season } from './season.ts'
import type { Arrivals } from './standings.ts'

/** A book younger than this is taken to be this old: what it was begun with is no stream of deals. */
const YOUNGEST = 30

const HALF_LIFE = 75

/** The prior's strength, in deals. */
const STRENGTH = 1

/** How many deals are opened a day now: Gamma(shape, rate), and where; `share` sums to 1. */
export interface ArrivalRate {
  shape: number
  /** In days. */
  rate: number
  /** The logarithm a day by which it grows. */
  growth: number
  entries: { place: number; share: number }[]
}

/** What a day counts, seen from `now`: half after 75 days. */
function weightOf(day: number, now: number): number {
  return 2 ** ((day - now) / HALF_LIFE)
}

/**
 * The rate of new deals from those opened so far, the recent ones counting more, with the season
 * taken out and brought up to date by growth: Gamma(n + 1, days + 1 / m) with n and days weighted,
 * each day being as much of one as the season and growth had it then, and m the mean of all time.
 * Null where no deal was ever opened.
 * @param since the first day of the book's history.
 */
export function arrivalRate(
  arrivals: Arrivals,
  since: number,
  now: number,
  season: Season,
): ArrivalRate | null {
  const count = arrivals.day.length
  if (count === 0) return null
  const growth = growthOf(arrivals.day, since, now)
  let days = 0
  const begin = Math.min(since, now - YOUNGEST + 1)
  for (let day = begin; day <= now; day += 1) {
    const then = (season[monthOf(day)] as number) * Math.exp(growth * (day - now))
    days += weightOf(day, now) * then
  }
  let deals = 0
  const byPlace = new Map<number, number>()
  arrivals.day.forEach((day, at) => {
    const weight = weightOf(day, now)
    const place = arrivals.place[at] as number
    deals += weight
    byPlace.set(place, (byPlace.get(place) ?? 0) + weight)
  })
  const overall = count / (now - begin + 1)
  return {
    shape: deals + STRENGTH,
    rate: days + STRENGTH / overall,
    growth,
    entries: [...byPlace].map(([place, weight]) => ({ place, share: weight / deals })),
  }
}
