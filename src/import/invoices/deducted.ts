import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'

/** The tax of an invoice in a category at a rate. */
export interface TaxShare {
  category: TaxCategory
  rate: Portion
  reason: string | null
  base: Money
  tax: Money
}

type Deducted = Omit<TaxShare, 'reason'> & { deducts_id: number }

const same = (one: Omit<TaxShare, 'reason'>, other: Omit<TaxShare, 'reason'>): boolean =>
  one.category === other.category && one.rate === other.rate

/**
 * Takes earlier invoices off a final one, as the book does: what is left of each tax is its own.
 * @throws Fault `usage` if one of them is not in the book, or they do not come to what it takes off.
 */
export function deductions(store: Store) {
  const byNumber = store.prepare(
    `SELECT id, gross FROM invoices WHERE number_key = ? AND kind = 'invoice' AND voided_on IS NULL`,
  )
  const taxesOf = store.prepare(
    'SELECT category, rate, base, tax FROM invoice_taxes WHERE invoice_id = ?',
  )
  const addDeduction = rowAdder(store, 'invoice_deductions')
  const set = store.prepare(`UPDATE invoices SET net = ?, tax = ?, part = 'final' WHERE id = ?`)

  const earlier = (number: string): { id: number; gross: Money } => {
    const found = byNumber.get(nameKey(number)) as { id: number; gross: Money } | undefined
    if (found) return found
    throw new Fault(
      'usage',
      `it takes off invoice ${quoted(number)}, which is not in the book (import that first)`,
    )
  }
  return {
    /** What is left of taxes once the earlier invoices are taken off, written with what was taken. */
    take(
      id: number,
      numbers: readonly string[],
      { taxes, prepaid }: { taxes: readonly TaxShare[]; prepaid: number },
    ): TaxShare[] {
      const all = numbers.map(earlier)
      const sum = all.reduce((total, { gross }) => total + gross, 0)
      const taken = all.flatMap(({ id: deducts }) =>
        (taxesOf.all(deducts) as Omit<TaxShare, 'reason'>[]).map((share): Deducted => ({
          ...share,
          deducts_id: deducts,
        })),
      )
      const rest = taxes.map((share) => {
        const off = taken.filter((one) => same(one, share))
        const less = (key: 'base' | 'tax'): Money =>
          (share[key] - off.reduce((total, one) => total + one[key], 0)) as Money
        return { ...share, base: less('base'), tax: less('tax') }
      })
      const isSound =
        sum === prepaid &&
        taken.every((one) => taxes.some((share) => same(one, share))) &&
        taken.reduce((total, { base, tax }) => total + base + tax, 0) === prepaid &&
        rest.every(({ base, tax }) => base >= 0 && tax >= 0)
      if (!isSound) {
        throw new Fault(
          'usage',
          `what it takes off is not what ${numbers.map(quoted).join(', ')} came to in the book`,
        )
      }
      for (const { deducts_id: deducts, ...share } of taken) {
        addDeduction({ invoice_id: id, deducts_id: deducts, ...share })
      }
      const total = (key: 'base' | 'tax'): number => rest.reduce((of, one) => of + one[key], 0)
      set.run(total('base'), total('tax'), id)
      return rest
    },
  }
}
