import { type RawBuilder, sql } from 'kysely'
import type { PaymentKind } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import type { Rate } from '../../domain/rate.ts'
import { settledNumbers } from '../../money/payments/load.ts'
import { inPeriod } from '../period.ts'

/** The worth of amounts in the book's currency; null where the exchange rate is not known. */
export type Worth = (minor: Money, currency: string, rate: Rate | null) => number | null

/** What an entry is made of: a row of the book that has a day. */
export interface Origin {
  of: 'issue' | 'void' | 'payment' | 'allocation'
  id: number
  day: Day
}

/** The first and the last day on which anything is entered; null if nothing ever was. */
async function daysOf(db: Db): Promise<{ first: Day; last: Day } | null> {
  const { rows } = await sql<{ first: Day | null; last: Day | null }>`
    SELECT min(x.day) AS first, max(x.day) AS last FROM (
      SELECT min(issued_on) AS day FROM invoices UNION ALL SELECT max(issued_on) FROM invoices
      UNION ALL SELECT max(voided_on) FROM invoices
      UNION ALL SELECT min(paid_on) FROM payments UNION ALL SELECT max(paid_on) FROM payments
      UNION ALL SELECT min(at) FROM allocations UNION ALL SELECT max(at) FROM allocations) AS x`.execute(
    db,
  )
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null ? null : { first, last }
}

/** How many days are read at once. */
const DAYS = 120

/** What entries are made of, some days at a time: a book may have a million of them. */
export async function* originPages(
  db: Db,
  book: string,
  period?: Period,
): AsyncGenerator<Origin[]> {
  const days = await daysOf(db)
  if (!days) return
  const [first, last] = [later(days.first, period?.from), earlier(days.last, period?.to)]
  for (let from = first; from <= last; from = addDays(from, DAYS)) {
    yield await originsOf(db, book, { from, to: earlier(addDays(from, DAYS - 1), last) })
  }
}

const later = (day: Day, other: Day | null | undefined): Day =>
  other != null && other > day ? other : day
const earlier = (day: Day, other: Day | null | undefined): Day =>
  other != null && other < day ? other : day

/** Everything of some days that entries are made of, by day: what was issued first, then what was paid, then what that settles. */
async function originsOf(db: Db, book: string, period: Period): Promise<Origin[]> {
  const { rows } = await sql<Origin>`
    SELECT 'issue' AS of, i.id, i.issued_on AS day, 1 AS place FROM invoices AS i
    WHERE i.issued_on IS NOT NULL AND ${inPeriod('i.issued_on', period)}
    UNION ALL SELECT 'void', i.id, i.voided_on, 2 FROM invoices AS i
    WHERE i.voided_on IS NOT NULL AND ${inPeriod('i.voided_on', period)}
    UNION ALL SELECT 'payment', p.id, p.paid_on, 3 FROM payments AS p
    WHERE p.kind IN ('in', 'refund') AND ${inPeriod('p.paid_on', period)}
    UNION ALL SELECT 'allocation', a.id, a.at, 4 FROM allocations AS a
    LEFT JOIN payments AS p ON p.id = a.payment_id
    LEFT JOIN invoices AS k ON k.id = a.credit_id
    LEFT JOIN invoices AS i ON i.id = a.invoice_id
    WHERE ${inPeriod('a.at', period)} AND (p.kind NOT IN ('in', 'refund')
      OR coalesce(p.currency, k.currency) <> ${book} OR coalesce(p.client_id, k.client_id) <> i.client_id)
    ORDER BY day, place, id`.execute(db)
  return rows
}

/** A tax of an invoice, in minor units of its currency. */
interface Tax {
  invoice_id: number
  category: TaxCategory
  rate: Portion
  base: Money
  tax: Money
}

/** An invoice or a credit note that was issued. */
export interface IssuedRow {
  id: number
  kind: 'invoice' | 'credit'
  number: string
  client_id: number
  due_on: Day | null
  currency: string
  rate: Rate | null
  net: Money
  tax: Money
  gross: Money
  text: string | null
  taxes: Tax[]
}

export async function issuedRows(db: Db, ids: readonly number[]): Promise<IssuedRow[]> {
  const { rows } = await sql<Omit<IssuedRow, 'taxes'>>`
    SELECT i.id, i.kind, i.number, i.client_id, i.due_on, i.currency, i.rate, i.net, i.tax, i.gross,
      coalesce(d.title, (SELECT l.text FROM invoice_lines AS l WHERE l.invoice_id = i.id
        ORDER BY l.position LIMIT 1)) AS text
    FROM invoices AS i LEFT JOIN deals AS d ON d.id = i.deal_id WHERE i.id IN ${valuesOf(ids)}`.execute(
    db,
  )
  const { rows: taxes } = await sql<Tax>`
    SELECT invoice_id, category, rate, base, tax FROM invoice_taxes WHERE invoice_id IN ${valuesOf(ids)}
    ORDER BY id`.execute(db)
  const taxesOf = new Map<number, Tax[]>()
  for (const tax of taxes) {
    taxesOf.set(tax.invoice_id, [...(taxesOf.get(tax.invoice_id) ?? []), tax])
  }
  return rows.map((row) => ({ ...row, taxes: taxesOf.get(row.id) ?? [] }))
}

/** Money that came in or went back. */
export interface PaidRow {
  id: number
  kind: PaymentKind
  client_id: number
  amount: Money
  currency: string
  rate: Rate | null
  bank_account_id: number | null
  note: string | null
  /** The numbers of the invoices that it settles. */
  settles: string | null
}

export async function paidRows(db: Db, ids: readonly number[]): Promise<PaidRow[]> {
  const { rows } = await sql<PaidRow>`
    SELECT p.id, p.kind, p.client_id, p.amount, p.currency, p.rate, p.bank_account_id, p.note, ${settledNumbers()} AS settles
    FROM payments AS p WHERE p.id IN ${valuesOf(ids)}`.execute(db)
  return rows
}

/** One side of an allocation: what was left of it before, of its whole. */
export interface SideRow {
  client_id: number
  rate: Rate | null
  left: Money
}

/** What settles something, and what it settles. */
export interface SettledRow {
  id: number
  /** Null where a credit note settles. */
  kind: PaymentKind | null
  amount: Money
  currency: string
  /** The invoice that is settled; null where credit is given back. */
  invoice_id: number | null
  number: string | null
  note: string | null
  from: SideRow
  to: SideRow
}

/** What was left of the row `id` before the allocation `a`. */
const leftOf = (
  whole: string,
  column: string,
  id: string,
): RawBuilder<Money> => sql<Money>`${sql.ref(whole)} - coalesce((
  SELECT sum(b.amount) FROM allocations AS b WHERE ${sql.ref(`b.${column}`)} = ${sql.ref(id)}
    AND (b.at < a.at OR (b.at = a.at AND b.id < a.id))), 0)`

export async function settledRows(db: Db, ids: readonly number[]): Promise<SettledRow[]> {
  interface Row {
    id: number
    kind: PaymentKind | null
    amount: Money
    currency: string
    invoice_id: number | null
    number: string | null
    note: string | null
    from_client: number
    from_rate: Rate | null
    from_left: Money
    to_client: number
    to_rate: Rate | null
    to_left: Money
  }
  const { rows } = await sql<Row>`
    SELECT a.id, p.kind, a.amount, coalesce(p.currency, k.currency) AS currency, a.invoice_id, i.number, p.note,
      coalesce(p.client_id, k.client_id) AS from_client, coalesce(p.rate, k.rate) AS from_rate,
      CASE WHEN p.id IS NULL THEN ${leftOf('k.gross', 'credit_id', 'k.id')}
        ELSE ${leftOf('p.amount', 'payment_id', 'p.id')} END AS from_left,
      coalesce(i.client_id, r.client_id) AS to_client, coalesce(i.rate, r.rate) AS to_rate,
      CASE WHEN i.id IS NULL THEN ${leftOf('r.amount', 'refund_id', 'r.id')}
        ELSE ${leftOf('i.gross', 'invoice_id', 'i.id')} END AS to_left
    FROM allocations AS a
    LEFT JOIN payments AS p ON p.id = a.payment_id LEFT JOIN invoices AS k ON k.id = a.credit_id
    LEFT JOIN invoices AS i ON i.id = a.invoice_id LEFT JOIN payments AS r ON r.id = a.refund_id
    WHERE a.id IN ${valuesOf(ids)}`.execute(db)
  return rows.map(({ id, kind, amount, currency, invoice_id, number, note, ...row }) => ({
    id,
    kind,
    amount,
    currency,
    invoice_id,
    number,
    note,
    from: { client_id: row.from_client, rate: row.from_rate, left: row.from_left },
    to: { client_id: row.to_client, rate: row.to_rate, left: row.to_left },
  }))
}
