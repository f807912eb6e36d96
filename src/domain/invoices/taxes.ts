import type { TaxCategory } from '../firm/tax-category.ts'
import { taxOn } from '../lines/line.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Money } from '../money.ts'

/** Why a line has the tax that it has. */
export interface LineTax {
  category: TaxCategory
  rate: Portion
  /** Why no tax is charged; null is not said. */
  reason: string | null
}

/** The tax of an invoice in one category at one rate, in minor units. */
interface TaxTotal extends LineTax {
  base: Money
  tax: Money
}

/** What an invoice comes to, in minor units. */
export interface InvoiceTotals {
  net: Money
  tax: Money
  gross: Money
  taxes: TaxTotal[]
}

/**
 * What lines come to: net, tax and gross. Tax is worked out on the sum of each category and rate and not per line
 * (EN 16931, BR-CO-17): 333.33 + 333.33 + 333.34 + 0.05 at 19 % have 190.01 of tax, and 3 × 0.33 have 0.19. The
 * highest rate comes first.
 */
export function invoiceTotals(lines: readonly ({ net: Money } & LineTax)[]): InvoiceTotals {
  const bases = new Map<string, LineTax & { base: number }>()
  for (const { net, category, rate, reason } of lines) {
    const key = `${category} ${rate}`
    const known = bases.get(key)
    bases.set(key, {
      category,
      rate,
      reason: known?.reason ?? reason,
      base: (known?.base ?? 0) + net,
    })
  }
  const taxes = [...bases.values()]
    .map((of) => ({ ...of, base: of.base as Money, tax: taxOn(of.base, of.rate) }))
    .toSorted((a, b) => b.rate - a.rate || (a.category < b.category ? -1 : 1))
  const net = taxes.reduce((sum, { base }) => sum + base, 0) as Money
  const tax = taxes.reduce((sum, share) => sum + share.tax, 0) as Money
  return { net, tax, gross: (net + tax) as Money, taxes }
}

/**
 * The net of a gross amount at one rate, so that net and tax on it add up to the gross: gross / (1 + rate), rounded
 * half up. 119.00 at 19 % is 100.00. Off by one minor unit, the tax takes the difference.
 */
export function netOf(gross: Money, rate: Portion): Money {
  const whole = 1_000_000n + BigInt(rate)
  return Number((2n * BigInt(gross) * 1_000_000n + whole) / (2n * whole)) as Money
}
