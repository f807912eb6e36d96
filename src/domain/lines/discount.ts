import { lineNet, type LineTerms } from './line.ts'
import type { Money } from '../money.ts'
import type { Portion } from './scaled.ts'

const WHOLE = 1_000_000

/**
 * The discount that takes an amount off a line: 50 off 3 × 100 is 16.6667 %. Null if no discount with four
 * decimals of a percent comes to exactly that, or the amount is more than the line.
 * @param digits decimals of the currency, in whose minor units the amount is.
 */
export function discountOf(
  terms: Omit<LineTerms, 'discount'>,
  amount: Money,
  digits: number,
): Portion | null {
  const gross = lineNet({ ...terms, discount: 0 as Portion }, digits)
  if (amount > gross) return null
  if (amount === 0 || gross === 0) return 0 as Portion
  const near = Math.round((amount / gross) * WHOLE)
  const fits = [near, near - 1, near + 1].find(
    (portion) =>
      portion >= 0 &&
      portion <= WHOLE &&
      lineNet({ ...terms, discount: portion as Portion }, digits) === gross - amount,
  )
  return fits === undefined ? null : (fits as Portion)
}
