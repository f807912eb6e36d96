import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import { allocationAdder } from '../../money/settle.ts'
import { rowRemarks } from '../left-alone.ts'
import { invoiceNumbers, type Share } from '../invoice-numbers.ts'
import { unfitFor } from '../unfit-invoice.ts'

/** A credit note of a file, which may come before the invoices that it is about. */
interface CreditRow {
  id: number
  row: number
  number: string
  clientId: number
  currency: string
  on: Day
  gross: Money
  corrects: string | null
  settles: string | null
}

const later = (one: Day, other: Day): Day => (one > other ? one : other)

/** Settles invoices with the credit notes of a file, once all of them are in the book. */
export function creditRows(store: Store) {
  const rows: CreditRow[] = []
  const remarks = rowRemarks()
  const allocate = allocationAdder(store)
  const setCorrects = store.prepare('UPDATE invoices SET corrects_id = ? WHERE id = ?')

  const settle = (credit: CreditRow, shares: readonly Share[]): void => {
    let left: number = credit.gross
    for (const share of shares) {
      const unfit = unfitFor(share, credit)
      if (unfit !== null) {
        remarks.add(
          () => `credit note ${credit.number} settles nothing of ${share.number}: ${unfit}`,
        )
      } else if (share.invoice) {
        const { id, open, issued_on: issued } = share.invoice
        const amount = Math.min(left, open, share.amount ?? left) as Money
        left -= amount
        const at = later(credit.on, issued)
        if (amount > 0) allocate({ credit_id: credit.id, invoice_id: id, at, amount })
      }
    }
  }

  return {
    add: (row: CreditRow): void => {
      rows.push(row)
    },
    /** Links them to what they correct, and settles it. @returns what is to be said. */
    finish(): string[] {
      const numbers = invoiceNumbers(store)
      for (const credit of rows.toSorted((a, b) =>
        a.on < b.on ? -1 : a.on > b.on ? 1 : a.row - b.row,
      )) {
        const { corrects, settles, currency } = credit
        const corrected = corrects === null ? undefined : numbers.invoice(corrects)
        if (corrected?.kind === 'invoice') setCorrects.run(corrected.id, credit.id)
        else if (corrects !== null) {
          remarks.add(
            () =>
              `credit note ${credit.number} corrects ${corrects}, which is not an invoice of the book`,
          )
        }
        if (settles !== null) settle(credit, numbers.listed(settles, currency))
        else if (corrected?.kind === 'invoice') {
          settle(credit, [{ number: corrected.number, invoice: corrected, amount: null }])
        }
      }
      return remarks.notes()
    },
  }
}
