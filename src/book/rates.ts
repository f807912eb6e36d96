import { addDays, type Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { crossRate, type Exchange, type Rate } from '../domain/rate.ts'
import { bookCurrency } from './locale.ts'
import type { Db } from './store/db.ts'
import type { Statements } from './store/store.ts'

/** How many days old a rate may be: banks give none on weekends and holidays. */
const RATE_DAYS = 7

/** The rate that counts on a day, in units of the currency for one of the book's, and the day that it is of. */
export interface RateOnDay {
  rate: Rate
  day: Day
}

interface Given {
  currency: string
  per: string
  day: Day
  rate: Rate
}

/** Finds the rate of a currency on a day; null if there is none. */
export type RateFinder = (currency: string, on: Day) => RateOnDay | null

/** The rates of one day as a rate for the book's currency: one for it, one of it, or both for a third one. */
function rateOfDay(rates: readonly Given[], book: string, currency: string): Rate | null {
  const direct = rates.find((rate) => rate.currency === currency && rate.per === book)
  if (direct) return direct.rate
  const inverse = rates.find((rate) => rate.currency === book && rate.per === currency)
  if (inverse) return crossRate('1', inverse.rate)
  for (const of of rates) {
    if (of.currency !== currency) continue
    const by = rates.find((rate) => rate.currency === book && rate.per === of.per)
    if (by) return crossRate(of.rate, by.rate)
  }
  return null
}

/** The last rate among some, of which the newest come first. */
function lastRate(rates: readonly Given[], book: string, currency: string): RateOnDay | null {
  for (const day of new Set(rates.map((given) => given.day))) {
    const ofDay = rates.filter((given) => given.day === day)
    const rate = rateOfDay(ofDay, book, currency)
    if (rate !== null) return { rate, day }
  }
  return null
}

/** The first day whose rates can still count on a day. */
function since(on: Day): Day {
  return addDays(on, -RATE_DAYS)
}

/**
 * Finds rates, one after another: the last one by a day, at most seven days old. Of the same day, one for the
 * book's currency comes first. A cross rate takes both of its rates from one day: 1.10 USD and 38.5 THB for one
 * EUR make 0.0286 USD for one THB.
 * @param book the code of the book's currency.
 */
export function rateFinder(store: Statements, book: string): RateFinder {
  const within = store.prepare(
    'SELECT currency, per, day, rate FROM rates WHERE day >= ? AND day <= ? ORDER BY day DESC, id',
  )
  const known = new Map<string, RateOnDay | null>()
  return (currency, on) => {
    const key = `${currency} ${on}`
    const ready = known.get(key)
    if (ready !== undefined) return ready
    const found = lastRate(within.all(since(on), on) as Given[], book, currency)
    known.set(key, found)
    return found
  }
}

/** The rates of a day, read at once: finds that of a currency. */
export async function ratesOn(db: Db, on: Day): Promise<(currency: string) => RateOnDay | null> {
  const { code } = await bookCurrency(db)
  const rates = await db
    .selectFrom('rates')
    .select(['currency', 'per', 'day', 'rate'])
    .where('day', '>=', since(on))
    .where('day', '<=', on)
    .orderBy('day', 'desc')
    .orderBy('id')
    .execute()
  return (currency) => lastRate(rates, code, currency)
}

/** What an event states of the currency of its deal: it, and its rate of the day as far as that is known. */
export async function ratedOn(
  db: Db,
  currency: string | null,
  on: Day,
): Promise<{ currency: string | null; rate: Rate | null }> {
  if (currency === null) return { currency, rate: null }
  return { currency, rate: (await ratesOn(db, on))(currency)?.rate ?? null }
}

/** Finds what one currency comes to in another on a day. */
export type Exchanger = (from: string, to: string) => Exchange

/**
 * What currencies come to in others at the rates of a day. Between two that are not the book's, both rates for the
 * book's make one: 1.10 USD and 38.5 THB for one EUR make 35 THB for one USD.
 * @param way what may be done where there is no rate, besides adding it: `give --price in EUR`.
 * @throws Fault `failed`, when one is asked for, if a currency has no rate then.
 */
export async function exchanger(db: Db, on: Day, way?: string): Promise<Exchanger> {
  const { code: book } = await bookCurrency(db)
  const rateOf = await ratesOn(db, on)
  const ofBook = (currency: string): RateOnDay => {
    const found = currency === book ? { rate: '1' as Rate, day: on } : rateOf(currency)
    if (found) return found
    throw new Fault(
      'failed',
      `there is no exchange rate for ${currency} on ${on} or in the seven days before`,
      `funnel rate add ${currency} RATE --on ${on}${way === undefined ? '' : `\n  or ${way}`}`,
    )
  }
  return (from, to) => {
    if (to === book) return { ...ofBook(from), of: from, per: to }
    if (from === book) return { ...ofBook(to), of: to, per: from }
    const [one, other] = [ofBook(from), ofBook(to)]
    const day = one.day < other.day ? one.day : other.day
    return { rate: crossRate(other.rate, one.rate), of: to, per: from, day }
  }
}
