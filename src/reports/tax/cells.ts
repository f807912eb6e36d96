import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { GroupValue } from '../family/group.ts'

/** Net and tax at one rate, in minor units of the book’s currency; below zero if more was taken back. */
export interface TaxCell {
  groupValue: GroupValue
  category: TaxCategory
  rate: Portion
  reason: string | null
  net: number
  tax: number
}

/** Net and tax by rate. */
export interface LoadedTax {
  cells: TaxCell[]
  /** Documents in another currency without an exchange rate: not among them. */
  unrated: ReadonlySet<number>
}

/** Adds cells up by group, category, rate and reason. */
export class TaxSums {
  readonly #cells = new Map<string, TaxCell>()

  add(cell: TaxCell): void {
    const { groupValue, category, rate, reason, net, tax } = cell
    const key = JSON.stringify([groupValue, category, rate, reason])
    const known = this.#cells.get(key)
    if (known) {
      known.net += net
      known.tax += tax
    } else this.#cells.set(key, { ...cell })
  }

  cells(): TaxCell[] {
    return [...this.#cells.values()]
  }
}
