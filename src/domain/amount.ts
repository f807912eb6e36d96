import { standsFor } from './currency-signs.ts'
import { Fault } from './fault.ts'
import { type Currency, decimalsText, decimalToMinor, type Money, USUAL_MARKS } from './money.ts'
import { hasMultiplier, numberText } from './number-text.ts'
import { quoted } from './plain-text.ts'

const EXAMPLE = 'write it as 1500 or 1500.50'
const EXPONENT = /\de[+-]?\d/i

/** Which reading is meant when a text has two: `1.234`. */
function settled(text: string, point: string, comma: string, currency: Currency): string {
  const typed = text.includes('.') ? '.' : ','
  const mark = currency.marks?.decimal ?? null
  // Without a locale, amounts are shown as 1,234.50, so the comma in 1,234 separates thousands.
  const isGrouped = mark === null ? typed === USUAL_MARKS.group : mark !== typed
  if (isGrouped) return typed === '.' ? comma : point
  const grouped = typed === '.' ? comma : point
  if (mark === null) {
    const other = currency.digits >= 3 ? ` or ${text.trim().replace(/\d(?=\D*$)/, '$&0')}` : ''
    const hint =
      `write ${grouped}${other}; to settle which sign begins decimals in this book: ` +
      'funnel settings set locale de (or en, fr-CH …)'
    throw new Fault('usage', `${quoted(text)} can be ${point} or ${comma}`, hint)
  }
  if (currency.digits >= 3) return typed === '.' ? point : comma
  throw new Fault(
    'usage',
    `${quoted(text)} is too fine: ${currency.code} has ${decimalsText(currency.digits)}, and “${mark}” begins them here`,
    `for thousands write ${grouped}`,
  )
}

/**
 * The decimal that is meant by an amount as typed: `12.500,00` is `12500.00`. A price can be finer than its
 * currency: `digits` says how fine.
 * @throws Fault `usage` if it is not an amount, is ambiguous, is negative, or names another currency.
 */
export function amountDecimal(text: string, currency: Currency): string {
  const plain = text.replaceAll(/(?<=\d)_(?=\d)/g, '')
  const read = numberText(plain)
  const { point, comma } = read
  const isPlain = !read.percent && !EXPONENT.test(plain)
  const readable = point ?? comma
  if (!isPlain || readable === null) {
    if (hasMultiplier(plain)) {
      throw new Fault(
        'usage',
        `${quoted(text)} is an amount cut short`,
        'write all its digits: 1500',
      )
    }
    throw new Fault('usage', `${quoted(text)} is not an amount`, EXAMPLE)
  }
  if (read.currency && !standsFor(read.currency, currency.code)) {
    const hint = 'write the amount in the currency of the book, without a sign'
    throw new Fault('usage', `${quoted(text)} is not in ${currency.code}`, hint)
  }
  const isClear = point === null || comma === null || point === comma
  const value = isClear ? readable : settled(plain, point, comma, currency)
  if (value.startsWith('-')) throw new Fault('usage', `${quoted(text)} is below zero`, EXAMPLE)
  return value
}

/**
 * Reads an amount as typed: `1500`, `1500.50`, `1,500.50`, `1 500`, `12.500,00`, `12'500.50`, `€ 3.500,00`.
 * If both readings are amounts (`1.234`), the book's locale decides; without a locale, `1,234` is read the
 * way amounts are shown, and `1.234` is refused.
 * @throws Fault `usage` if it is not an amount, is ambiguous, is negative, names another currency, or has
 *   more decimals than the currency.
 */
export function parseMoney(text: string, currency: Currency): Money {
  return decimalToMinor(amountDecimal(text, currency), currency.digits) as Money
}
