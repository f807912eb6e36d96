import { countIn, type Daily } from './daily.ts'

const DAYS_A_YEAR = 365

/** At least this many days of two years are compared: fewer say nothing. */
const FEWEST_DAYS = 90

/** How much years usually differ, as the standard deviation of the logarithm: by growth, and without. */
const USUAL_GROWTH = 0.3
const USUAL_NOISE = 0.1

/** The most that a year is assumed to be above or below the year before, as a logarithm. */
const LARGEST = Math.log(1.5)

/**
 * How deals opened grow, as a logarithm per day: those of the last days, up to 365, against those of the
 * same days a year before, so that the season is in both. The logarithm of their ratio is drawn to 0 by
 * its error, `growth² / (growth² + 1/last + 1/before + noise²)` with 0.3 and 0.1 for growth and noise:
 * after 100 deals in a year, 120 are a growth of 15 %, not 20 %. 0 if less than 90 days of a
 * year before are known.
 * @param opened how many deals were opened on each day.
 * @param since the first day of the book's history.
 */
export function growthOf(opened: Daily, since: number, now: number): number {
  const span = Math.min(DAYS_A_YEAR, now - since + 1 - DAYS_A_YEAR)
  if (span < FEWEST_DAYS) return 0
  // Half a deal more, so that none at all is not an infinite fall.
  const countTo = (end: number): number => countIn(opened, end - span + 1, end) + 0.5
  const last = countTo(now)
  const before = countTo(now - DAYS_A_YEAR)
  const noise = 1 / last + 1 / before + (USUAL_NOISE ** 2 * DAYS_A_YEAR) / span
  const grown = (Math.log(last / before) * USUAL_GROWTH ** 2) / (USUAL_GROWTH ** 2 + noise)
  return Math.max(-LARGEST, Math.min(LARGEST, grown)) / DAYS_A_YEAR
}
