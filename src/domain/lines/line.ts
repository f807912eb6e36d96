import { Fault } from '../fault.ts'
import type { Money } from '../money.ts'
import type { Portion, Quantity, UnitPrice } from './scaled.ts'

/** What the figures of a line follow from. */
export interface LineTerms {
  quantity: Quantity
  price: UnitPrice
  /** What one unit costs; null is not known. */
  cost: UnitPrice | null
  discount: Portion
}

const MILLION = 1_000_000n
const TEN_THOUSAND = 10_000n
const LIMIT = 1_000_000_000_000_000n

/** `of / by` for positive numbers, rounded to the nearest whole one, halves up. */
function roundHalfUp(of: bigint, by: bigint): bigint {
  return (2n * of + by) / (2n * by)
}

function toMoney(minor: bigint): Money {
  if (minor > LIMIT) {
    throw new Fault('usage', 'the line comes to too large an amount', 'check quantity and price')
  }
  return Number(minor) as Money
}

/**
 * What a line comes to: quantity × price × (1 − discount), rounded once, halves up. 3 × 1,249.99 less 5 % is
 * 3,562.4715, which is 3,562.47 with two decimals.
 * @param digits decimals of the currency: the result is in its minor units.
 * @throws Fault `usage` if it is over 10¹⁵ minor units.
 */
export function lineNet({ quantity, price, discount }: LineTerms, digits: number): Money {
  const exact = BigInt(quantity) * BigInt(price) * (MILLION - BigInt(discount))
  return toMoney(roundHalfUp(exact * 10n ** BigInt(digits), MILLION * TEN_THOUSAND * MILLION))
}

/** What a line costs: quantity × cost, rounded like the net; null if the cost of a unit is not known. */
export function lineCost({ quantity, cost }: LineTerms, digits: number): Money | null {
  if (cost === null) return null
  const exact = BigInt(quantity) * BigInt(cost) * 10n ** BigInt(digits)
  return toMoney(roundHalfUp(exact, MILLION * TEN_THOUSAND))
}

/** The tax on a sum: 19 % of 3,562.47 is 676.87. */
export function taxOn(net: number, rate: Portion): Money {
  return toMoney(roundHalfUp(BigInt(net) * BigInt(rate), MILLION))
}
