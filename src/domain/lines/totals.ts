import { Fault } from '../fault.ts'
import { taxOn } from './line.ts'
import type { Money } from '../money.ts'
import type { Portion } from './scaled.ts'

/** How a line stands among the others of its deal. */
export interface LineChoice {
  id: number
  optional: boolean
  /** The line that it may stand in for. */
  alternativeOf: number | null
  /** Was this option, or this alternative, chosen? */
  chosen: boolean
}

/** A line with what it comes to, in minor units. */
export interface ValuedLine extends LineChoice {
  net: Money
  costTotal: Money | null
}

/**
 * The lines that a deal's amount is made of: options and alternatives count once they are chosen, and a line
 * counts until one of its alternatives is chosen.
 */
export function countedLines<L extends LineChoice>(lines: readonly L[]): L[] {
  const replaced = new Set(
    lines.filter(({ chosen }) => chosen).map(({ alternativeOf }) => alternativeOf),
  )
  return lines.filter(({ id, optional, alternativeOf, chosen }) =>
    alternativeOf === null ? (!optional || chosen) && !replaced.has(id) : chosen,
  )
}

/**
 * Amount and cost of a deal by its lines: the sums of those that count. The cost is null if one of them has
 * none, as a part of the cost is not the cost. Null if no line counts, and the deal's amount is its own.
 * @throws Fault `usage` if the amount is over 10¹⁵ minor units.
 */
export function dealTotals(
  lines: readonly ValuedLine[],
): { amount: Money; cost: Money | null } | null {
  const counted = countedLines(lines)
  if (counted.length === 0) return null
  const costs = counted.flatMap(({ costTotal }) => (costTotal === null ? [] : [costTotal]))
  return {
    amount: sum(counted.map(({ net }) => net)),
    cost: costs.length === counted.length ? sum(costs) : null,
  }
}

function sum(amounts: readonly Money[]): Money {
  const total = amounts.reduce((all, amount) => all + amount, 0)
  if (total > 1_000_000_000_000_000) {
    throw new Fault('usage', 'the lines come to too large an amount', 'check quantities and prices')
  }
  return total as Money
}

/** The tax at one rate on all the lines that have it. */
export interface TaxShare {
  rate: Portion
  net: Money
  tax: Money
}

/**
 * The tax on lines, by rate: on the sum of each rate and not on each line, as EN 16931 has it. Three lines of
 * 0.33 at 19 % have 0.19 of tax, and not 0.18. Lines without a rate are left out. The highest rate is first.
 */
export function taxByRate(lines: readonly { net: Money; tax: Portion | null }[]): TaxShare[] {
  const nets = new Map<Portion, number>()
  for (const { net, tax } of lines) if (tax !== null) nets.set(tax, (nets.get(tax) ?? 0) + net)
  return [...nets]
    .map(([rate, net]) => ({ rate, net: net as Money, tax: taxOn(net, rate) }))
    .toSorted((a, b) => b.rate - a.rate)
}
