import { Fault } from '../fault.ts'
import type { Portion } from '../lines/scaled.ts'

/** Why a tax has its rate: the category codes of EN 16931 (UNCL 5305). */
export const TAX_CATEGORIES = {
  S: 'standard or reduced rate',
  Z: 'zero rate',
  E: 'exempt',
  AE: 'reverse charge',
  K: 'delivery to another country of the EU',
  G: 'export out of the EU',
  O: 'not subject to tax',
} as const

export type TaxCategory = keyof typeof TAX_CATEGORIES

/** Every category. */
export const CATEGORY_CODES = Object.keys(TAX_CATEGORIES) as TaxCategory[]

/** The category of a rate if none is given: S; of 0% E if a reason is given, as a zero rate has none, else Z. */
export function usualCategory(rate: Portion, reason: string | null = null): TaxCategory {
  if (rate !== 0) return 'S'
  return reason === null ? 'Z' : 'E'
}

/** @throws Fault `usage` if a category does not go with a rate: only S has one above zero, and must have. */
export function requireFitting(category: TaxCategory, rate: Portion): void {
  if (category === 'S' && rate === 0) {
    const hint = 'add --category: Z (zero rate), E (exempt), AE (reverse charge), K, G or O'
    throw new Fault('usage', 'a tax of 0% is not of category S', hint)
  }
  if (category !== 'S' && rate !== 0) {
    const message = `a tax of category ${category} (${TAX_CATEGORIES[category]}) has the rate 0%`
    throw new Fault('usage', message, 'leave --category out, or give the rate 0%')
  }
}
