import { type Wins, wonIn } from './wins.ts'

/** Days that the trailing mean looks back. */
const TRAILING_DAYS = 365

/** What forecasts without a model say about a window; null if there is too little history. */
export interface Naive {
  last_period: number
  trailing_mean: number
  year_ago: number | null
  template: number
}

/** How many of the last 365 days the book knows; at least 30, so that a young book is not a windfall. */
export function trailingDays(since: number, now: number): number {
  return Math.min(TRAILING_DAYS, Math.max(30, now - since + 1))
}

/** The values of the last 365 days' wins. */
export function trailingValues({ day, value }: Wins, now: number): Float64Array {
  const values = new Float64Array(value.length)
  let count = 0
  for (let at = 0; at < value.length; at += 1) {
    if ((day[at] as number) <= now - TRAILING_DAYS) continue
    values[count] = value[at] as number
    count += 1
  }
  return values.subarray(0, count)
}

/**
 * The naive forecasts of the `window` days after `now`: as much as in the `window` days before; the
 * mean of the last 365 days; as much as a year ago; open deals times their template's chance.
 */
export function naiveForecasts(
  wins: Wins,
  since: number,
  now: number,
  window: number,
  template: number,
): Naive {
  return {
    last_period: wonIn(wins, now - window + 1, now),
    trailing_mean: (wonIn(wins, now - TRAILING_DAYS + 1, now) / trailingDays(since, now)) * window,
    year_ago: since > now - 364 ? null : wonIn(wins, now - 364, now - 364 + window - 1),
    template,
  }
}
