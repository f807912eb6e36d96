import { growthOf } from './growth.ts'
import { monthOf, type Season } from './season.ts'
import type { Stream } from './stream.ts'

/** Days since the earliest known opening day below which there is no rate of new deals. */
export const FEWEST_DAYS = 28

const HALF_LIFE = 75

/** The prior's strength, in deals. */
const STRENGTH = 1

/** How many deals are opened per day now: Gamma(shape, rate), and where; `share` sums to 1. */
export interface ArrivalRate {
  shape: number
  /** In days. */
  rate: number
  /** The logarithm per day by which it grows. */
  growth: number
  entries: { place: number; share: number }[]
}

/** The weight of a day, seen from `now`: half after 75 days. */
function weightOf(day: number, now: number): number {
  return 2 ** ((day - now) / HALF_LIFE)
}

/** Is a book old enough to have a rate of new deals? */
export function isOldEnough(stream: Stream, now: number): stream is Stream & { begin: number } {
  return stream.begin !== null && now - stream.begin >= FEWEST_DAYS
}

/**
 * The rate of new deals from those opened so far, the recent ones counting more, with the season
 * taken out and brought up to date by growth: Gamma(n + 1, days + 1 / m) with n and days weighted,
 * each day weighing what the season and growth made of it at the time, and m the mean of all time.
 * The days after the one on which the book's deals begin are counted, as what it began with is not a
 * stream of deals; `without`, the day on which its first deals were entered, is not counted.
 * Null if there are under 28 such days, or no deal came in on any of them.
 */
export function arrivalRate(
  stream: Stream,
  now: number,
  season: Season,
  without: number | null = null,
): ArrivalRate | null {
  if (!isOldEnough(stream, now) || stream.count === 0) return null
  const first = stream.begin + 1
  const growth = growthOf(stream, first, now)
  const weights = Float64Array.from({ length: now - first + 1 }, (_, at) =>
    weightOf(first + at, now),
  )
  let days = 0
  let counted = 0
  for (let day = first; day <= now; day += 1) {
    if (day === without) continue
    counted += 1
    const then = (season[monthOf(day)] as number) * Math.exp(growth * (day - now))
    days += (weights[day - first] as number) * then
  }
  const weighted = stream.places.map(({ place, counts }) => {
    let sum = 0
    counts.forEach((count, at) => {
      if (count > 0) sum += count * (weights[stream.first + at - first] as number)
    })
    return { place, sum }
  })
  const deals = weighted.reduce((all, { sum }) => all + sum, 0)
  const overall = stream.count / counted
  return {
    shape: deals + STRENGTH,
    rate: days + STRENGTH / overall,
    growth,
    entries: weighted.map(({ place, sum }) => ({ place, share: sum / deals })),
  }
}
