import { decimalOf, PORTION_DIGITS, type Portion } from '../lines/scaled.ts'

/** An amount with all decimals of its currency: 11900 of EUR is `119.00`. */
export function amountText(minor: number, digits: number): string {
  if (digits === 0) return String(minor)
  const text = String(minor).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A share as a percentage without its sign: 190,000 is `19`. */
export function percentOf(portion: Portion): string {
  return decimalOf(portion, PORTION_DIGITS - 2)
}
