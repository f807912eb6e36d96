import type { PaymentKind } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Invoice } from './find.ts'

/** Something that settled a part of an invoice, or that a credit note settled. */
export interface Settling {
  at: Day
  kind: PaymentKind | 'credit' | 'settled'
  /** The payment's number, or that of the credit note or the invoice. */
  by: string
  amount: Money
  /** The booking by which it came; null if it has none. */
  booking: number | null
  note: string | null
}

/** What settled an invoice, or what a credit note was used for, by day. */
export async function settlings(db: Db, { id, kind }: Invoice): Promise<Settling[]> {
  const rows = await db
    .selectFrom('allocations as a')
    .leftJoin('payments as p', 'p.id', 'a.payment_id')
    .leftJoin('invoices as k', 'k.id', 'a.credit_id')
    .leftJoin('invoices as i', 'i.id', 'a.invoice_id')
    .select([
      'a.at',
      'a.amount',
      'a.refund_id',
      'p.id as payment',
      'p.kind as how',
      'p.note',
      'p.bank_line_id as booking',
      'k.number as credit',
      'i.number as invoice',
    ])
    .where(kind === 'credit' ? 'a.credit_id' : 'a.invoice_id', '=', id)
    .orderBy('a.at')
    .orderBy('a.id')
    .execute()
  return rows.map(
    ({ at, amount, refund_id: refund, payment, how, note, booking, credit, invoice }) => {
      if (kind === 'credit') {
        return refund === null
          ? { at, kind: 'settled', by: `invoice ${invoice}`, amount, booking, note }
          : { at, kind: 'refund', by: `payment ${refund}`, amount, booking, note }
      }
      return credit === null
        ? { at, kind: how ?? 'in', by: `payment ${payment}`, amount, booking, note }
        : { at, kind: 'credit', by: `credit note ${credit}`, amount, booking, note }
    },
  )
}

/** What happened to an invoice after it was issued. */
export function eventsOf(db: Db, invoiceId: number) {
  return db
    .selectFrom('invoice_events')
    .select(['at', 'kind', 'until', 'note'])
    .where('invoice_id', '=', invoiceId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** The instalments of an invoice by day; none if it is due at once. */
export function instalmentsOf(db: Db, invoiceId: number) {
  return db
    .selectFrom('instalments')
    .select(['due_on', 'amount'])
    .where('invoice_id', '=', invoiceId)
    .orderBy('due_on')
    .orderBy('id')
    .execute()
}
