import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { type BilledShare, lessBilled } from '../../domain/invoices/parts.ts'
import type { InvoiceTotals } from '../../domain/invoices/taxes.ts'
import type { Money } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'

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
    /**
     * What is left of an invoice once the earlier ones are taken off, written with what was taken.
     * @param prepaid what the invoice says that they come to, in minor units.
     */
    take(
      id: number,
      numbers: readonly string[],
      { whole, prepaid }: { whole: InvoiceTotals; prepaid: number },
    ): InvoiceTotals['taxes'] {
      const all = numbers.map(earlier)
      const taken = all.flatMap(({ id: deducts }) =>
        (taxesOf.all(deducts) as BilledShare[]).map((share) => ({ ...share, deducts_id: deducts })),
      )
      const { left, over } = lessBilled(whole, taken)
      const isSound =
        over.length === 0 &&
        all.reduce((sum, { gross }) => sum + gross, 0) === prepaid &&
        whole.gross - left.gross === prepaid
      if (!isSound) {
        throw new Fault(
          'usage',
          `what it takes off is not what ${numbers.map(quoted).join(', ')} came to in the book`,
        )
      }
      for (const { category, rate, base, tax, deducts_id: deducts } of taken) {
        addDeduction({ invoice_id: id, deducts_id: deducts, category, rate, base, tax })
      }
      set.run(left.net, left.tax, id)
      return left.taxes
    },
  }
}
