import type { TaxCategory } from '../firm/tax-category.ts'
import { taxOn } from '../lines/line.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Money } from '../money.ts'
import { takeShares } from './tax-shares.ts'
import type { InvoiceTotals, LineTax } from './taxes.ts'

/** What was billed in one category at one rate, in minor units. */
export interface BilledShare {
  category: TaxCategory
  rate: Portion
  base: Money
  tax: Money
}

const keyOf = ({ category, rate }: Pick<BilledShare, 'category' | 'rate'>): string =>
  `${category} ${rate}`

/** Adds up what was billed, by category and rate. */
function summed(billed: readonly BilledShare[]): Map<string, BilledShare> {
  const sums = new Map<string, BilledShare>()
  for (const share of billed) {
    const { base, tax } = sums.get(keyOf(share)) ?? { base: 0, tax: 0 }
    const sum = { base: (base + share.base) as Money, tax: (tax + share.tax) as Money }
    sums.set(keyOf(share), { category: share.category, rate: share.rate, ...sum })
  }
  return sums
}

/**
 * What is left to bill of a piece of work: net and tax of all of it, less those that earlier invoices billed, by
 * category and rate. So all invoices of it together are exactly the whole, whatever was rounded on the way: 100.03 at
 * 19 % have 19.01 of tax; a deposit of 50.01 has 9.50, and the rest is 50.02 with 9.51.
 * @returns what is left, and the rates of which more was billed than there is.
 */
export function lessBilled(
  whole: InvoiceTotals,
  billed: readonly BilledShare[],
): { left: InvoiceTotals; over: BilledShare[] } {
  const sums = summed(billed)
  const missing = [...sums.values()]
    .filter((sum) => !whole.taxes.some((share) => keyOf(share) === keyOf(sum)))
    .map(({ category, rate }) => ({ category, rate, reason: null, base: 0, tax: 0 }))
  const all = [...whole.taxes, ...missing].map((share) => {
    const { base, tax } = sums.get(keyOf(share)) ?? { base: 0, tax: 0 }
    return { ...share, base: (share.base - base) as Money, tax: (share.tax - tax) as Money }
  })
  const taxes = all.filter(({ base, tax }) => base !== 0 || tax !== 0)
  const net = taxes.reduce((sum, { base }) => sum + base, 0) as Money
  const tax = taxes.reduce((sum, share) => sum + share.tax, 0) as Money
  return {
    left: { net, tax, gross: (net + tax) as Money, taxes },
    over: taxes.filter((share) => share.base < 0 || share.tax < 0),
  }
}

/** A line of a deposit or a part: its net at one rate. */
export type PartShare = LineTax & { net: Money }

/** As much of a share as can be billed: no more than is left of it, and no more tax than is left. */
function withinRoom(net: number, room: { base: number; tax: number; rate: Portion }): Money {
  let fitting = Math.max(0, Math.min(net, room.base))
  // Tax is rounded on each invoice; a few minor units less keep their sum within that of the whole.
  while (fitting > 0 && taxOn(fitting, room.rate) > room.tax) fitting -= 1
  return fitting as Money
}

/**
 * Splits an amount before tax over the rates of a piece of work, in proportion to what each has of it. No rate gets
 * more than is left of it, net and tax, so that what remains for the final invoice is never below zero: 30 % of
 * 1,000.00 at 19 % and 500.00 at 7 % are 450.00: 300.00 and 150.00.
 * @param whole what all of it comes to.
 * @param billed what earlier invoices billed of it.
 * @param amount minor units, at most the net that is left.
 */
export function partShares(
  whole: InvoiceTotals,
  billed: readonly BilledShare[],
  amount: Money,
): PartShare[] {
  const sums = summed(billed)
  const wanted = takeShares(
    whole.taxes.map(({ base }) => base),
    amount,
    whole.net,
  )
  const rooms = whole.taxes.map((share) => {
    const { base, tax } = sums.get(keyOf(share)) ?? { base: 0, tax: 0 }
    return { base: share.base - base, tax: share.tax - tax, rate: share.rate }
  })
  const nets = rooms.map((room, place) => Number(withinRoom(wanted[place] ?? 0, room)))
  let rest = amount - nets.reduce((sum, net) => sum + net, 0)
  for (const [place, room] of rooms.entries()) {
    const before = nets[place] ?? 0
    const now = withinRoom(before + rest, room)
    nets[place] = Math.max(before, now)
    rest -= Math.max(before, now) - before
  }
  return whole.taxes.flatMap(({ category, rate, reason }, place): PartShare[] => {
    const net = nets[place] ?? 0
    return net === 0 ? [] : [{ category, rate, reason, net: net as Money }]
  })
}
