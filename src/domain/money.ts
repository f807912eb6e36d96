import { Fault } from './fault.ts'
import type { NumberMarks } from './locale.ts'
import { counted } from './text.ts'

declare const moneyBrand: unique symbol

/** An amount as an integer of minor units (cents, satang) of the book's base currency. */
export type Money = number & { readonly [moneyBrand]: 'Money' }

/** The base currency of a book: ISO 4217 code and how many decimals its minor unit stands for. */
export interface Currency {
  code: string
  digits: number
  /** How its amounts are written for people; by default with commas and a point. */
  marks?: NumberMarks
}

/** The marks of a book without a locale. */
export const USUAL_MARKS: NumberMarks = { group: ',', decimal: '.' }

const LIMIT = 1_000_000_000_000_000
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

const digitsOf = new Map<string, number>()

/** How many decimals an ISO 4217 currency has: EUR 2, JPY 0, KWD 3. Unknown codes have 2. */
export function currencyDigits(code: string): number {
  const known = digitsOf.get(code)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  digitsOf.set(code, digits)
  return digits
}

/**
 * The minor units of a decimal: `decimalToMinor('-1234.5', 2)` is -123450.
 * @param digits decimals of the currency; further decimals may only be zeros.
 * @throws Fault `usage` if it has more decimals, or is over 10¹⁵ minor units.
 */
export function decimalToMinor(decimal: string, digits: number): number {
  const match = DECIMAL.exec(decimal)
  if (!match) throw new Fault('usage', `“${decimal}” is not a number`)
  const [, sign, whole = '', fraction = ''] = match
  const fine = fraction.slice(digits)
  if (/[1-9]/.test(fine)) {
    throw new Fault('usage', `“${decimal}” is too fine: the currency has ${decimalsText(digits)}`)
  }
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  if (minor > LIMIT) throw new Fault('usage', `“${decimal}” is too large an amount`)
  return sign === '-' && minor !== 0 ? -minor : minor
}

/** How many decimals, in words: `no decimals`, `2 decimals`. */
export function decimalsText(digits: number): string {
  return digits === 0 ? 'no decimals' : counted(digits, 'decimal')
}

/** The amount as a decimal number, for JSON and CSV: 150050 of EUR is 1500.5. */
export function toDecimal(minor: number, currency: Currency): number {
  return Number((minor / 10 ** currency.digits).toFixed(currency.digits))
}

/** A whole number with its thousands apart: `2,815,000`. */
export function groupDigits(whole: string, marks: Currency['marks'] = USUAL_MARKS): string {
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, marks.group)
}

/**
 * The amount for people: thousands grouped, decimals only where asked for.
 * `formatMoney(281500000, EUR)` is `2,815,000`; with decimals `2,815,000.00`.
 */
export function formatMoney(minor: number, currency: Currency, decimals = false): string {
  const fixed = (Math.abs(minor) / 10 ** currency.digits).toFixed(decimals ? currency.digits : 0)
  const [whole = '0', fraction] = fixed.split('.')
  const marks = currency.marks ?? USUAL_MARKS
  const grouped = groupDigits(whole, marks)
  const zero = Number(fixed) === 0
  return `${minor < 0 && !zero ? '-' : ''}${grouped}${fraction ? `${marks.decimal}${fraction}` : ''}`
}

/**
 * Profit of a deal: amount − cost; without a cost, amount × the default margin, rounded to the minor unit;
 * without either, the amount itself. Null if the amount is unknown. `profitOf(1000, 600, null)` is 400;
 * `profitOf(1000, null, 0.3)` is 300.
 */
export function profitOf(
  amount: Money | null,
  cost: Money | null,
  margin: number | null,
): Money | null {
  if (amount === null) return null
  if (cost !== null) return (amount - cost) as Money
  return margin === null ? amount : (Math.round(amount * margin) as Money)
}
