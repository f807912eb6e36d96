import { Fault } from './fault.ts'
import type { NumberMarks } from './locale.ts'

declare const moneyBrand: unique symbol

/** An amount as an integer of minor units (cents, satang) of the book's base currency. */
export type Money = number & { readonly [moneyBrand]: 'Money' }

/** The base currency of a book: ISO 4217 code and how many decimals its minor unit stands for. */
export interface Currency {
  code: string
  digits: number
  /** How its amounts are written for people; else with commas and a point. */
  marks?: NumberMarks
}

const USUAL_MARKS: NumberMarks = { group: ',', decimal: '.' }

const LIMIT = 1_000_000_000_000_000

/** How many decimals an ISO 4217 currency has: EUR 2, JPY 0, KWD 3. Unknown codes have 2. */
export function currencyDigits(code: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/**
 * Reads an amount as typed: `1500`, `1500.50`, `1,500.50`, `1 500`. A comma groups
 * thousands; the point is the decimal mark.
 * @throws Fault `usage` where it is no amount, is negative, or has more decimals than the currency.
 */
export function parseMoney(text: string, currency: Currency): Money {
  const plain = text.replaceAll(/[\s_]/g, '')
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(plain)
  if (!match) {
    throw new Fault('usage', `“${text}” is not an amount`, 'write it as 1500 or 1500.50')
  }
  const decimals = match[2] ?? ''
  if (decimals.length > currency.digits) {
    const unit = currency.digits === 0 ? 'no decimals' : `${currency.digits} decimals`
    const hint = 'a comma groups thousands, a point begins the decimals: 12,000 or 12000.50'
    throw new Fault('usage', `“${text}” is too fine: ${currency.code} has ${unit}`, hint)
  }
  const digits = (match[1] ?? '').replaceAll(',', '') + decimals.padEnd(currency.digits, '0')
  const minor = Number(digits)
  if (minor > LIMIT) throw new Fault('usage', `“${text}” is too large an amount`)
  return minor as Money
}

/** The amount as a decimal number, for JSON and CSV: 150050 of EUR is 1500.5. */
export function toDecimal(minor: number, currency: Currency): number {
  return Number((minor / 10 ** currency.digits).toFixed(currency.digits))
}

/**
 * The amount for people: thousands grouped, decimals only where asked for.
 * `formatMoney(281500000, EUR)` is `2,815,000`; with decimals `2,815,000.00`.
 */
export function formatMoney(minor: number, currency: Currency, decimals = false): string {
  const fixed = (Math.abs(minor) / 10 ** currency.digits).toFixed(decimals ? currency.digits : 0)
  const [whole = '0', fraction] = fixed.split('.')
  const marks = currency.marks ?? USUAL_MARKS
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, marks.group)
  const zero = Number(fixed) === 0
  return `${minor < 0 && !zero ? '-' : ''}${grouped}${fraction ? `${marks.decimal}${fraction}` : ''}`
}

/**
 * Profit of a deal: amount − cost; without a cost amount × the default margin, rounded to the
 * minor unit; without either the amount itself. Null where the amount is unknown.
 * `profitOf(1000, 600, null)` is 400; `profitOf(1000, null, 0.3)` is 300.
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
