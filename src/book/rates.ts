import { addDays, type Day } from '../domain/day.ts'
import { crossRate, type Rate } from '../domain/rate.ts'
import type { Statements } from './store/store.ts'

/** How many days old a rate may be: banks give none on weekends and holidays. */
const RATE_DAYS = 7

/** The rate that counts on a day, in units of the currency for one of the book's, and the day that it is of. */
interface RateOnDay {
  rate: Rate
  day: Day
}

/** The rate is the first divided by the second. */
type Found = [of: string, by: string, day: Day]

/** From what a rate comes, by preference: a rate for the book's currency, one of it, or both for a third one. */
const WAYS = [
  `SELECT o.rate, '1', o.day FROM rates AS o WHERE o.currency = :currency AND o.per = :book`,
  `SELECT '1', o.rate, o.day FROM rates AS o WHERE o.currency = :book AND o.per = :currency`,
  `SELECT o.rate, b.rate, o.day FROM rates AS o
   JOIN rates AS b ON b.currency = :book AND b.per = o.per AND b.day = o.day
   WHERE o.currency = :currency`,
]

/** Finds the rate of a currency on a day; null if there is none. */
export type RateFinder = (currency: string, on: Day) => RateOnDay | null

/**
 * Finds rates: the last one by the day, at most seven days old. Of the same day, one for the book's currency
 * comes first. A cross rate takes both of its rates from one day: 1.10 USD and 38.5 THB for one EUR make 0.0286
 * USD for one THB.
 * @param book the code of the book's currency.
 */
export function rateFinder(store: Statements, book: string): RateFinder {
  const ways = WAYS.map((way) =>
    store.prepare(`${way} AND o.day > :after AND o.day <= :on ORDER BY o.day DESC LIMIT 1`).raw(),
  )
  const known = new Map<string, RateOnDay | null>()
  const find = (currency: string, on: Day): RateOnDay | null => {
    const values = { currency, book, on, after: addDays(on, -RATE_DAYS - 1) }
    let best: Found | undefined
    for (const way of ways) {
      const found = way.get(values) as Found | undefined
      if (found && (!best || found[2] > best[2])) best = found
    }
    if (!best) return null
    const [of, by, day] = best
    return { rate: by === '1' ? (of as Rate) : crossRate(of, by), day }
  }
  return (currency, on) => {
    const key = `${currency} ${on}`
    const ready = known.get(key)
    if (ready !== undefined) return ready
    const found = find(currency, on)
    known.set(key, found)
    return found
  }
}
