import { type RawBuilder, sql } from 'kysely'
import { allocated } from '../../book/allocated.ts'
import { nextDue } from '../../book/next-due.ts'
import type { Db } from '../../book/store/db.ts'
import { joinedTexts } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'

/** What changes the account of a client. */
export type EntryKind =
  | 'invoice'
  | 'void'
  | 'credit'
  | 'paid-for-other'
  | 'paid-by-other'
  | 'payment'
  | 'refund'
  | 'discount'
  | 'fee'
  | 'write-off'

/** A line of a client’s account. Amounts are in minor units of its currency. */
export interface Entry {
  day: Day
  kind: EntryKind
  /** The number of the invoice, the credit note or the payment. */
  document: string
  /** The invoices that it is about, if it is not one itself. */
  about: string | null
  /** The other client, if one client paid for another. */
  other: string | null
  due_on: Day | null
  /** What the client owes more by it; below zero what it owes less. */
  change: number
}

/** The account of a client in one currency, by the end of a day. */
export interface Account {
  clientId: number
  currency: string
  on: Day
}

/** The numbers of the invoices that a payment `p` settles by a day. */
const settledBy = (on: Day): RawBuilder<unknown> =>
  joinedTexts(
    sql`SELECT x.number AS value FROM allocations AS a JOIN invoices AS x ON x.id = a.invoice_id
      WHERE a.payment_id = p.id AND a.at <= ${on} ORDER BY a.id`,
    ', ',
  )

/** What stands in an account from its first day to a day, in the order of days. */
export async function loadEntries(db: Db, { clientId, currency, on }: Account): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    SELECT i.issued_on AS day, i.kind, i.number AS document, k.number AS about, NULL AS other,
      CASE WHEN i.kind = 'invoice' THEN i.due_on END AS due_on,
      CASE WHEN i.kind = 'credit' THEN -i.gross ELSE i.gross END AS change, 1 AS turn, i.id AS id
    FROM invoices AS i LEFT JOIN invoices AS k ON k.id = i.corrects_id
    WHERE i.client_id = ${clientId} AND i.currency = ${currency} AND i.issued_on <= ${on}
    UNION ALL
    SELECT i.voided_on, 'void', i.number, NULL, NULL, NULL, -i.gross, 2, i.id
    FROM invoices AS i
    WHERE i.client_id = ${clientId} AND i.currency = ${currency} AND i.voided_on <= ${on}
    UNION ALL
    SELECT p.paid_on, CASE WHEN p.kind = 'in' THEN 'payment' ELSE p.kind END, CAST(p.id AS TEXT), ${settledBy(on)}, NULL, NULL,
      CASE WHEN p.kind = 'refund' THEN p.amount ELSE -p.amount END, 3, p.id
    FROM payments AS p
    WHERE p.client_id = ${clientId} AND p.currency = ${currency} AND p.paid_on <= ${on}
    UNION ALL
    SELECT a.at, CASE WHEN i.client_id = ${clientId} THEN 'paid-by-other' ELSE 'paid-for-other' END,
      coalesce(k.number, CAST(p.id AS TEXT)), i.number, c.name, NULL,
      CASE WHEN i.client_id = ${clientId} THEN -a.amount ELSE a.amount END, 4, a.id
    FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
      LEFT JOIN payments AS p ON p.id = a.payment_id LEFT JOIN invoices AS k ON k.id = a.credit_id
      JOIN clients AS c ON c.id = CASE WHEN i.client_id = ${clientId} THEN coalesce(p.client_id, k.client_id) ELSE i.client_id END
    WHERE i.client_id <> coalesce(p.client_id, k.client_id)
      AND (i.client_id = ${clientId} OR coalesce(p.client_id, k.client_id) = ${clientId})
      AND i.currency = ${currency} AND a.at <= ${on}
    ORDER BY day, turn, id`.execute(db)
  return rows
}

/** What an account comes to in each currency in which it has anything; the most used first. */
export async function accountCurrencies(db: Db, clientId: number, on: Day): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    SELECT x.currency FROM (
      SELECT currency FROM invoices WHERE client_id = ${clientId} AND issued_on <= ${on}
      UNION ALL SELECT currency FROM payments WHERE client_id = ${clientId} AND paid_on <= ${on}) AS x
    GROUP BY x.currency ORDER BY count(*) DESC, x.currency`.execute(db)
  return rows.map(({ currency }) => currency)
}

/** An invoice that is open on a day. Amounts are in minor units of its currency. */
export interface OpenInvoice {
  number: string
  issued_on: Day
  /** The day by which it is to be paid next. */
  due_on: Day
  gross: Money
  open: Money
}

/** The invoices of an account that are open on a day, in the order in which they were issued. */
export async function loadOpen(
  db: Db,
  { clientId, currency, on }: Account,
): Promise<OpenInvoice[]> {
  const { rows } = await sql<OpenInvoice>`
    SELECT x.number, x.issued_on, x.due_on, x.gross, x.open FROM (
      SELECT i.id, i.number, i.issued_on, ${nextDue(on)} AS due_on, i.gross, i.gross - ${allocated('invoice_id', 'i.id', on)} AS open
      FROM invoices AS i
      WHERE i.client_id = ${clientId} AND i.currency = ${currency} AND i.kind = 'invoice' AND i.issued_on <= ${on}
        AND (i.voided_on IS NULL OR i.voided_on > ${on})) AS x
    WHERE x.open > 0 ORDER BY x.id`.execute(db)
  return rows
}
