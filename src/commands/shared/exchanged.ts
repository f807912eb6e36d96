import { type Exchanger, exchanger } from '../../book/rates.ts'
import type { Db } from '../../book/store/db.ts'
import type { Change } from '../../cli/context.ts'
import type { Day } from '../../domain/day.ts'
import { decimalOf, PRICE_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import type { Currency, Money } from '../../domain/money.ts'
import { type Exchange, exchanged, exchangeText } from '../../domain/rate.ts'
import { moneyText } from './own-money.ts'

/** An amount for people and for programs. */
interface Side {
  text: string
  value: number
  currency: string
}

/** An amount that was converted, and the rate. */
export interface Exchanged {
  /** What it is: `price`, `cost`. */
  what: string
  exchange: Exchange
  before: Side
  after: Side
}

/** The price of one unit with its currency: `0.0125 USD`. */
export function priceText(price: UnitPrice, { code }: Pick<Currency, 'code'>): string {
  return `${decimalOf(price, PRICE_DIGITS)} ${code}`
}

/** A day at whose rates is converted, and what has been. */
export interface Exchanging {
  on: Day
  converted: Exchanged[]
}

/** How values of a kind are written: their decimals in a currency, and as text. */
interface Kind<V> {
  digits: (currency: Currency) => number
  text: (value: V, currency: Currency) => string
}

const PRICE: Kind<UnitPrice> = { digits: () => PRICE_DIGITS, text: priceText }
const MONEY: Kind<Money> = { digits: ({ digits }) => digits, text: moneyText }

/**
 * Brings prices and amounts into a currency, at the rates of the day.
 * @param way what may be done where there is no rate, besides adding it: `give --cost in EUR`.
 */
export function exchangeInto(
  db: Db,
  to: Currency,
  { on, converted }: Exchanging,
  way: string,
): {
  price: (what: string, price: UnitPrice, from: Currency) => Promise<UnitPrice>
  money: (what: string, amount: Money, from: Currency) => Promise<Money>
} {
  let rates: Promise<Exchanger> | undefined
  const into =
    <V extends number>({ digits, text }: Kind<V>) =>
    async (what: string, value: V, from: Currency): Promise<V> => {
      if (from.code === to.code) return value
      rates ??= exchanger(db, on, way)
      const exchange = (await rates)(from.code, to.code)
      const worth = exchanged(value, from.code, exchange, { from: digits(from), to: digits(to) })
      const side = (one: V, currency: Currency): Side => ({
        text: text(one, currency),
        value: Number(decimalOf(one, digits(currency))),
        currency: currency.code,
      })
      converted.push({ what, exchange, before: side(value, from), after: side(worth, to) })
      return worth
    }
  return { price: into(PRICE), money: into(MONEY) }
}

/** A change with what was converted for it: `; price 90.9091 EUR for 100 USD (1 EUR = 1.10 USD on 2026-11-20)`. */
export function withExchanged(change: Change, done: readonly Exchanged[]): Change {
  if (done.length === 0) return change
  const sums = done.map(({ what, before, after }) => `${what} ${after.text} for ${before.text}`)
  const rates = done.map(({ exchange }) => exchangeText(exchange))
  const text = `${[...new Set(sums)].join(', ')} (${[...new Set(rates)].join(', ')})`
  const converted = done.map(({ what, before, after, exchange }) => ({
    what,
    value: after.value,
    currency: after.currency,
    from_value: before.value,
    from_currency: before.currency,
    rate: exchange.rate,
    rate_of: exchange.of,
    rate_per: exchange.per,
    rate_day: exchange.day,
  }))
  return {
    ...change,
    summary: `${change.summary}; ${text}`,
    result: { ...change.result, converted },
  }
}
