import { Fault } from '../fault.ts'

declare const quantityBrand: unique symbol
declare const priceBrand: unique symbol
declare const portionBrand: unique symbol

/** How much of something, in millionths: 2.5 is 2,500,000. */
export type Quantity = number & { readonly [quantityBrand]: 'Quantity' }

/** A price or a cost of one unit, in ten-thousandths of the currency's unit: 1249.99 is 12,499,900. */
export type UnitPrice = number & { readonly [priceBrand]: 'UnitPrice' }

/** A discount or a tax rate in millionths: 5 % is 50,000, and 8.875 % is 88,750. */
export type Portion = number & { readonly [portionBrand]: 'Portion' }

/** Decimals that a quantity has. */
export const QUANTITY_DIGITS = 6

/** Decimals that a unit price has, whatever the currency: screws cost 0.0125. */
export const PRICE_DIGITS = 4

/** Decimals that a portion has as a share; as a percentage it has two fewer. */
export const PORTION_DIGITS = 6

/** Numbers up to here are exact as integers, and their decimals survive JSON. */
const LIMIT = 1_000_000_000_000_000

const DECIMAL = /^(\d+)(?:\.(\d+))?$/

/** A decimal cut to so many decimals. */
function cutTo(whole: string, fraction: string, digits: number): string {
  const kept = fraction.slice(0, digits).replace(/0+$/, '')
  return kept === '' ? whole : `${whole}.${kept}`
}

/**
 * A decimal as an exact integer: `scaled('1249.99', 4, 'price')` is 12,499,900.
 * @param what names the value in errors.
 * @throws Fault `usage` if it has more decimals than that, or is too large.
 */
export function scaled(decimal: string, digits: number, what: string): number {
  const [, whole = '', fraction = ''] = DECIMAL.exec(decimal) ?? []
  if (whole === '') throw new Fault('usage', `“${decimal}” is not a ${what}`)
  if (/[1-9]/.test(fraction.slice(digits))) {
    const message = `“${decimal}” is too fine: a ${what} has at most ${digits} decimals`
    throw new Fault('usage', message, `write ${cutTo(whole, fraction, digits)}`)
  }
  const value = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  if (value > LIMIT) throw new Fault('usage', `“${decimal}” is too large a ${what}`)
  return value
}

/** The decimal that such an integer stands for, in its shortest form: 12,499,900 with 4 digits is `1249.99`. */
export function decimalOf(value: number, digits: number): string {
  const text = String(value).padStart(digits + 1, '0')
  const fraction = text.slice(-digits).replace(/0+$/, '')
  const whole = text.slice(0, -digits)
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** The same as a number, for JSON and tables. */
export function numberOf(value: number, digits: number): number {
  return Number(decimalOf(value, digits))
}

/** A portion as a percentage: 50,000 is `5%`, 88,750 is `8.875%`. */
export function percentText(portion: Portion): string {
  return `${decimalOf(portion, PORTION_DIGITS - 2)}%`
}

/** One unit. */
export const ONE = 1_000_000 as Quantity

/** The discount of a line that has none. */
export const NO_DISCOUNT = 0 as Portion
