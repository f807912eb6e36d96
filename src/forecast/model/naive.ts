import { sum, type Wins } from './deals-on-day.ts'

/** Days that the trailing mean looks back. */
const TRAILING_DAYS = 365

/** What forecasts without a model say about a window; null if there is too little history. */
export interface Naive {
  last_period: number
  trailing_mean: number
  year_ago: number | null
  template: number
}

/** The sum of wins from a day to a day, both included. */
function wonIn(wins: Wins, from: number, to: number): number {
  return sum(
    wins.value.filter(
      (_, at) => (wins.day[at] as number) >= from && (wins.day[at] as number) <= to,
    ),
  )
}

/** How many of the last 365 days the book knows; at least 30, so that a young book is not a windfall. */
export function trailingDays(since: number, now: number): number {
  return Math.min(TRAILING_DAYS, Math.max(30, now - since + 1))
}

/** The values of the last 365 days' wins. */
export function trailingValues(wins: Wins, now: number): number[] {
  return wins.value.filter((_, at) => (wins.day[at] as number) > now - TRAILING_DAYS)
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
    trailing_mean: (sum(trailingValues(wins, now)) / trailingDays(since, now)) * window,
    year_ago: since > now - 364 ? null : wonIn(wins, now - 364, now - 364 + window - 1),
    template,
  }
}
