import type { Day } from '../day.ts'
import { taxOn as portionOf } from '../lines/line.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Money } from '../money.ts'
import type { Numbered } from './number-index.ts'

/** An invoice of which something is open. Amounts are in minor units of its currency. */
export interface Claim extends Numbered {
  id: number
  clientId: number
  currency: string
  gross: Money
  /** What is to be paid yet. */
  open: Money
  issuedOn: Day
  /** What may be taken off by those who pay by a day. */
  discount: { portion: Portion; until: Day } | null
}

/** By how much less than what is open a payment settles it: an amount, or a portion of it. */
export type Tolerance = { amount: Money; currency: string } | { portion: Portion }

/** What settles the rest of an invoice that was paid short. */
interface Shortfall {
  kind: 'discount' | 'fee'
  amount: Money
}

/** What an invoice gets of a payment. */
export interface Part<C = Claim> {
  claim: C
  amount: Money
  short: Shortfall | null
}

/**
 * How money fits what is open: exactly; short of it by a discount or a fee that settles the rest; a part of it; or
 * more than all of it, with what is left.
 */
export interface Fit<C = Claim> {
  how: 'exact' | 'short' | 'part' | 'over'
  parts: Part<C>[]
  rest: Money
}

/** How a payment is judged. */
export interface Judging {
  /** The day on which it came. */
  on: Day
  tolerance: Tolerance | null
}

/** What may be taken off an invoice on a day, or on any: 2% of 1,190.00 is 23.80 until the last day for it. */
export function discountOn({ discount, gross, open }: Claim, on: Day | null): Money {
  if (discount === null || (on !== null && on > discount.until)) return 0 as Money
  return Math.min(portionOf(gross, discount.portion), open) as Money
}

/** Gives money to invoices in their order, each up to `most` of it. */
function inOrder<C extends Claim>(
  claims: readonly C[],
  amount: number,
  short: (claim: C, place: number) => Shortfall | null,
): { parts: Part<C>[]; rest: Money } {
  let left = amount
  const parts: Part<C>[] = []
  for (const [place, claim] of claims.entries()) {
    const less = short(claim, place)
    const part = Math.min(left, claim.open - (less?.amount ?? 0)) as Money
    left -= part
    if (part > 0 || less) parts.push({ claim, amount: part, short: less })
  }
  return { parts, rest: left as Money }
}

/**
 * The discounts that make up a difference, to a minor unit each, as payers round them; null if they do not.
 * @param on the day on which they are taken; null for any.
 */
function discountsOf(claims: readonly Claim[], missing: number, on: Day | null): Money[] | null {
  const discounts = claims.map((claim) => discountOn(claim, on))
  const sum = discounts.reduce((total, one) => total + one, 0)
  const first = discounts.findIndex((one) => one > 0)
  const odd = missing - sum
  if (first === -1 || Math.abs(odd) > discounts.filter((one) => one > 0).length) return null
  const rounded = (discounts[first] ?? 0) + odd
  if (rounded <= 0 || rounded > (claims[first]?.open ?? 0)) return null
  return discounts.with(first, rounded as Money)
}

/** How much may be missing of a sum; an amount counts in its own currency alone. */
function mostOf(tolerance: Tolerance | null, open: number, currency: string | undefined): number {
  if (tolerance === null) return 0
  if ('portion' in tolerance) return portionOf(open, tolerance.portion)
  return tolerance.currency === currency ? tolerance.amount : 0
}

/** A difference that is tolerated, taken off the last invoices. */
function tolerated(claims: readonly Claim[], missing: number): Money[] {
  let left = missing
  return claims
    .toReversed()
    .map(({ open }) => {
      const part = Math.min(left, open) as Money
      left -= part
      return part
    })
    .toReversed()
}

/**
 * How an amount fits invoices, in their order. 1,166.20 for 1,190.00 with 2% until that day is exact but for a discount
 * of 23.80; 1,185.00 with a tolerance of 5.00 but for a fee of 5.00; else each is a part.
 * @param claims each with something open, and in the currency of the amount.
 */
export function fitOf<C extends Claim>(
  claims: readonly C[],
  amount: Money,
  { on, tolerance }: Judging,
): Fit<C> {
  const open = claims.reduce((sum, claim) => sum + claim.open, 0)
  const missing = open - amount
  const nothing = (): null => null
  if (missing < 0) return { how: 'over', ...inOrder(claims, amount, nothing) }
  if (missing === 0) return { how: 'exact', ...inOrder(claims, amount, nothing) }
  const shortBy = (kind: Shortfall['kind'], amounts: readonly Money[]): Fit<C> => ({
    how: 'short',
    ...inOrder(claims, amount, (_, place) => {
      const less = amounts[place] ?? 0
      return less > 0 ? { kind, amount: less as Money } : null
    }),
  })
  const early = discountsOf(claims, missing, on)
  if (early) return shortBy('discount', early)
  if (missing > mostOf(tolerance, open, claims[0]?.currency))
    return { how: 'part', ...inOrder(claims, amount, nothing) }
  const late = discountsOf(claims, missing, null)
  return late ? shortBy('discount', late) : shortBy('fee', tolerated(claims, missing))
}
