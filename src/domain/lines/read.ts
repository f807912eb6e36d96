import { amountDecimal } from '../amount.ts'
import { Fault } from '../fault.ts'
import type { Currency } from '../money.ts'
import { numberText } from '../number-text.ts'
import { quoted } from '../plain-text.ts'
import {
  PORTION_DIGITS,
  type Portion,
  PRICE_DIGITS,
  QUANTITY_DIGITS,
  type Quantity,
  scaled,
  type UnitPrice,
} from './scaled.ts'

/**
 * Reads a price of one unit as it is typed; up to four decimals, whatever the currency.
 * @throws Fault `usage` as for an amount.
 */
export function parsePrice(text: string, currency: Currency): UnitPrice {
  const decimal = amountDecimal(text, { ...currency, digits: PRICE_DIGITS })
  return scaled(decimal, PRICE_DIGITS, 'price') as UnitPrice
}

const QUANTITY_HINT = 'write it as 2 or 2.5'

/** Which of two readings is meant, by the book's locale: `1,234` is 1234 or 1.234. */
function meant(text: string, point: string, comma: string, { marks }: Currency): string {
  if (marks) return marks.decimal === ',' ? comma : point
  const hint = `write ${text.includes('.') ? comma : point}, or ${text.trim()}0 for the other`
  throw new Fault('usage', `${quoted(text)} can be ${point} or ${comma}`, hint)
}

/**
 * Reads a quantity as it is typed: `3`, `2.5`, `0,75`; up to six decimals.
 * @param currency its marks say which sign begins decimals.
 * @throws Fault `usage` if it is not a number above zero, or has two readings.
 */
export function parseQuantity(text: string, currency: Currency): Quantity {
  const { point, comma, percent, currency: sign } = numberText(text)
  const readable = point ?? comma
  if (readable === null || percent || sign) {
    throw new Fault('usage', `${quoted(text)} is not a quantity`, QUANTITY_HINT)
  }
  const isClear = point === null || comma === null || point === comma
  const decimal = isClear ? readable : meant(text, point, comma, currency)
  if (!/[1-9]/.test(decimal) || decimal.startsWith('-')) {
    throw new Fault('usage', `${quoted(text)} is not a quantity above zero`, QUANTITY_HINT)
  }
  return scaled(decimal, QUANTITY_DIGITS, 'quantity') as Quantity
}

const PERCENT = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*(%?)$/

/**
 * Reads a discount or a tax rate: `5%`, `8.875%`, `19`. At most 100 %, to four decimals of a percent.
 * @param what `discount` or `tax rate`, for errors.
 * @throws Fault `usage` for anything else, also for `0.19`, which can mean 19 % or 0.19 %.
 */
export function parsePortion(text: string, what: string): Portion {
  const [, whole = '', fraction = '', sign = ''] = PERCENT.exec(text.trim()) ?? []
  const hint = 'write it as 5% or 7.5%'
  if (whole === '') throw new Fault('usage', `${quoted(text)} is not a ${what}`, hint)
  const portion = Number(whole + fraction.padEnd(PORTION_DIGITS - 2, '0'))
  if (portion > 1_000_000) throw new Fault('usage', `${quoted(text)} is over 100%`, hint)
  if (sign === '' && portion > 0 && portion < 10_000) {
    const [share, small] = [`${portion / 100}%`, `${portion / 10_000}%`]
    const message = `${quoted(text)} can be ${share} or ${small}`
    throw new Fault('usage', message, `write ${share} or ${small}`)
  }
  return portion as Portion
}
