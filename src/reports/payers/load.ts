import { sql } from 'kysely'
import { allocated } from '../../book/allocated.ts'
import type { Db } from '../../book/store/db.ts'
import { epochDay } from '../../book/store/sql.ts'
import { addDays, type Day, toEpochDay } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import type { Rate } from '../../domain/rate.ts'
import { ofChosenClients } from '../receivables/clients.ts'
import { worthIn } from '../receivables/worth.ts'
import type { Scope } from '../scope.ts'

/** An invoice as a case of how long payment takes. Amounts in minor units of the book’s currency. */
export interface PaidInvoice {
  client: number
  /** The gross less what credit notes took back of it. */
  amount: Money
  /** What was open of it on the day of the report. */
  open: Money
  /** Days from issue to the day on which nothing was open any more, or to the last on which it was waited for. */
  days: number
  /** The same from the due day: below zero before it. */
  late: number
  /** Settled by payment; not, as it is open or was written off. */
  paid: boolean
}

interface Found {
  id: number
  client_id: number
  gross: Money
  allocated: Money
  currency: string
  rate: Rate | null
  issued: number
  due: number
  settled: number | null
}

async function issuedIn(db: Db, scope: Scope, { from, to }: Period): Promise<Found[]> {
  const on = scope.asOf
  const last = to !== null && to < on ? to : on
  const since = from === null ? sql`true` : sql`i.issued_on >= ${from}`
  const { rows } = await sql<Found>`
    SELECT i.id, i.client_id, i.gross, i.currency, i.rate,
      CASE WHEN i.settled_on <= ${on} THEN i.gross ELSE ${allocated('invoice_id', 'i.id', on)} END AS allocated,
      ${epochDay(sql`i.issued_on`)} AS issued, ${epochDay(sql`i.due_on`)} AS due,
      ${epochDay(sql`CASE WHEN i.settled_on <= ${on} THEN i.settled_on END`)} AS settled
    FROM invoices AS i
    WHERE i.kind = 'invoice' AND i.issued_on <= ${last} AND ${since}
      AND (i.voided_on IS NULL OR i.voided_on > ${on}) AND ${ofChosenClients(scope, 'i.client_id')}`.execute(
    db,
  )
  return rows
}

/** What credit notes settled of invoices by a day. */
async function creditedBy(db: Db, on: Day): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; amount: number }>`
    SELECT invoice_id AS id, sum(amount) AS amount FROM allocations
    WHERE credit_id IS NOT NULL AND invoice_id IS NOT NULL AND at <= ${on}
    GROUP BY invoice_id`.execute(db)
  return new Map(rows.map(({ id, amount }) => [id, amount]))
}

/** The invoices that credit notes of a day or before took back in full, whether they had been paid by then or not. */
async function takenBackBy(db: Db, on: Day): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT i.id FROM invoices AS c JOIN invoices AS i ON i.id = c.corrects_id
    WHERE c.corrects_id > 0 AND c.issued_on <= ${on} AND (c.voided_on IS NULL OR c.voided_on > ${on})
    GROUP BY i.id, i.gross HAVING sum(c.gross) >= i.gross`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** The days on which invoices were written off first, in whole or in part, by a day. */
async function writtenOffBy(db: Db, on: Day): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; at: number }>`
    SELECT a.invoice_id AS id, ${epochDay(sql`min(a.at)`)} AS at
    FROM payments AS p JOIN allocations AS a ON a.payment_id = p.id
    WHERE p.kind = 'write-off' AND a.at <= ${on}
    GROUP BY a.invoice_id`.execute(db)
  return new Map(rows.map(({ id, at }) => [id, at]))
}

/** Invoices by how long payment took, or has taken so far. */
export interface PaidInvoices {
  invoices: PaidInvoice[]
  /** How many could not be converted, and are not among them. */
  unrated: number
}

/**
 * The invoices issued in a period, as they stood at the end of the day of the scope. Those voided by then, and those of
 * which credit notes took back all, are left out; one that was written off counts as not paid, up to that day.
 */
export async function loadPaid(db: Db, scope: Scope, period: Period): Promise<PaidInvoices> {
  const { asOf, settings } = scope
  const today = toEpochDay(asOf)
  const credited = await creditedBy(db, asOf)
  const takenBack = await takenBackBy(db, asOf)
  const writtenOff = await writtenOffBy(db, asOf)
  const invoices: PaidInvoice[] = []
  let unrated = 0
  for (const one of await issuedIn(db, scope, period)) {
    const inBook = (minor: number): Money | null =>
      worthIn(settings.currency, minor as Money, one.currency, one.rate)
    const amount = inBook(one.gross - (credited.get(one.id) ?? 0))
    const open = inBook(one.gross - one.allocated)
    if (amount === null || open === null) {
      unrated += 1
      continue
    }
    if (amount === 0 || takenBack.has(one.id)) continue
    const off = writtenOff.get(one.id)
    const seen = off ?? one.settled ?? today
    invoices.push({
      client: one.client_id,
      amount,
      open,
      days: seen - one.issued,
      late: seen - one.due,
      paid: off === undefined && one.settled !== null,
    })
  }
  return { invoices, unrated }
}

/** How many days of bills DSO looks back on. */
export const DSO_DAYS = 90

/**
 * What was billed to each client in the last 90 days, that day included: the gross of invoices, less credit notes, and
 * less invoices that were voided by then.
 */
export async function billedLately(db: Db, scope: Scope): Promise<Map<number, number>> {
  const on = scope.asOf
  const { rows } = await sql<{
    client_id: number
    kind: 'invoice' | 'credit'
    currency: string
    rate: Rate | null
    gross: Money
  }>`
    SELECT i.client_id, i.kind, i.currency, i.rate, sum(i.gross) AS gross FROM invoices AS i
    WHERE i.issued_on > ${addDays(on, -DSO_DAYS)} AND i.issued_on <= ${on}
      AND (i.voided_on IS NULL OR i.voided_on > ${on}) AND ${ofChosenClients(scope, 'i.client_id')}
    GROUP BY i.client_id, i.kind, i.currency, i.rate`.execute(db)
  const billed = new Map<number, number>()
  for (const { client_id: client, kind, currency, rate, gross } of rows) {
    const worth = worthIn(scope.settings.currency, gross, currency, rate) ?? 0
    billed.set(client, (billed.get(client) ?? 0) + (kind === 'credit' ? -1 : 1) * worth)
  }
  return billed
}
