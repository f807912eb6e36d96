import { Fault } from './fault.ts'
import type { Money } from './money.ts'
import type { Day } from './day.ts'

declare const rateBrand: unique symbol

/**
 * Units of a currency for one unit of another, as decimal text: `1.10` USD for one EUR. It is above zero, and
 * what it says is exact: sums are worked out from its digits, never from a floating-point number.
 */
export type Rate = string & { readonly [rateBrand]: 'Rate' }

/** Digits of a rate that follows from two others; the European Central Bank gives five. */
const SIGNIFICANT = 12

const LIMIT = 1_000_000_000_000_000n
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/

/** Is it the text of a rate, as the book keeps it? */
export function isRate(text: string): text is Rate {
  return DECIMAL.test(text) && /[1-9]/.test(text)
}

interface Fraction {
  of: bigint
  by: bigint
}

function fraction(rate: string): Fraction {
  const [whole = '', decimals = ''] = rate.split('.')
  return { of: BigInt(whole + decimals), by: 10n ** BigInt(decimals.length) }
}

function roundHalfUp({ of, by }: Fraction): bigint {
  return (2n * of + by) / (2n * by)
}

function shifted(value: bigint, places: number): bigint {
  return places >= 0 ? value * 10n ** BigInt(places) : value
}

/**
 * An amount in another currency at a rate: own / rate, rounded once to the minor unit, halves up. 1,000.00 USD at
 * 1.10 USD for one EUR is 909.09 EUR.
 * @param minor in minor units of its own currency.
 * @param rate units of its own currency for one of the other.
 * @param digits decimals of its own currency, and of the other.
 * @throws Fault `usage` if it comes to more than 10¹⁵ minor units.
 */
export function converted(
  minor: Money,
  rate: Rate,
  { from, to }: { from: number; to: number },
): Money {
  const { of, by } = fraction(rate)
  const exact = {
    of: shifted(BigInt(minor) * by, to - from),
    by: shifted(of, from - to),
  }
  const value = roundHalfUp(exact)
  if (value <= LIMIT) return Number(value) as Money
  throw new Fault('usage', `at a rate of ${rate} the amount is too large`, 'check the rate')
}

/** What a rate turns amounts into: units of `of` for one of `per`, on a day. */
export interface Exchange {
  rate: Rate
  of: string
  per: string
  day: Day
}

/**
 * An amount or a price in the other currency of a rate, halves up: 90.00 EUR at 1.10 USD for one EUR are 99.00 USD,
 * and 99.00 USD are 90.00 EUR.
 * @param value as an integer, with so many decimals as `digits.from` says.
 * @param code its currency: one of the two of the rate.
 * @throws Fault `usage` if it comes to more than 10¹⁵ of its smallest unit.
 */
export function exchanged<V extends number>(
  value: V,
  code: string,
  { rate, of: counted }: Exchange,
  digits: { from: number; to: number },
): V {
  if (code === counted) return converted(value as number as Money, rate, digits) as number as V
  const { of, by } = fraction(rate)
  const { from, to } = digits
  const exact = roundHalfUp({
    of: shifted(BigInt(value) * of, to - from),
    by: shifted(by, from - to),
  })
  if (exact <= LIMIT) return Number(exact) as V
  throw new Fault('usage', `at a rate of ${rate} the amount is too large`, 'check the rate')
}

/** `1 EUR = 1.10 USD on 2026-11-20`. */
export function exchangeText({ rate, of, per, day }: Exchange): string {
  return `1 ${per} = ${rate} ${of} on ${day}`
}

/** A fraction as decimal text with 12 significant digits, halves rounded up, without zeros at its end. */
function decimalText(value: Fraction): string {
  // How many digits stand before the point (0 or fewer for what is below one).
  let whole = value.of.toString().length - value.by.toString().length
  if (shifted(value.of, -whole) >= shifted(value.by, whole)) whole += 1
  const decimals = Math.max(0, SIGNIFICANT - whole)
  const digits = roundHalfUp({ of: shifted(value.of, decimals), by: value.by }).toString()
  const padded = digits.padStart(decimals + 1, '0')
  const fine = padded.slice(padded.length - decimals, padded.length).slice(0, decimals)
  const text = decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${fine}`
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/**
 * The rate that follows from two to the same third currency: units of `of` for one of `by`. 1.10 USD and 38.5 THB
 * for one EUR make 0.0285714285714 USD for one THB. Rounded to 12 significant digits.
 */
export function crossRate(of: string, by: string): Rate {
  const [a, b] = [fraction(of), fraction(by)]
  return decimalText({ of: a.of * b.by, by: a.by * b.of }) as Rate
}

/** A rate the other way round, for people, to six significant digits: `36.2` for 0.0276243093923. */
export function inverseText(rate: Rate): string {
  const digits = { maximumSignificantDigits: 6, useGrouping: false }
  return Number(crossRate('1', rate)).toLocaleString('en-US', digits)
}

/** What is odd about a rate next to the one of a near day: it may be the inverse, or off by more than a fifth. */
export type Oddity = 'inverse' | 'far' | null

const FAR = 0.2

function isFar(rate: number, near: number): boolean {
  return Math.abs(rate / near - 1) > FAR
}

/** Compares a rate with that of the nearest day: 0.91 next to 1.10 is the inverse, 1.40 is far from it. */
export function oddityOf(rate: Rate, near: Rate): Oddity {
  const [value, other] = [Number(rate), Number(near)]
  if (!isFar(value, other)) return null
  return isFar(1 / value, other) ? 'far' : 'inverse'
}
