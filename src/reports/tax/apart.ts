import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import { ofChosenClients } from '../receivables/clients.ts'
import { worthIn } from '../receivables/worth.ts'
import { countsOnInvoice, inDays, lastDay, type TaxAsk } from './ask.ts'

/** How many of something, and what they come to in minor units of the book’s currency. */
interface Apart {
  count: number
  amount: number
}

async function sumOf(db: Db, ask: TaxAsk, query: RawBuilder<unknown>): Promise<Apart> {
  const { rows } = await sql<{
    currency: string
    rate: Rate | null
    count: number
    amount: Money
  }>`
    SELECT x.currency, x.rate, count(DISTINCT x.id) AS count, sum(x.amount) AS amount FROM (${query}) AS x
    GROUP BY x.currency, x.rate`.execute(db)
  const book = ask.scope.settings.currency
  return rows.reduce(
    (all, { currency, rate, count, amount }) => ({
      count: all.count + count,
      amount: all.amount + (worthIn(book, amount, currency, rate) ?? 0),
    }),
    { count: 0, amount: 0 },
  )
}

/** Invoices that say nothing of their tax, as they came by import. */
function ofUnknownTax(ask: TaxAsk): RawBuilder<unknown> {
  const unknown = sql`${ofChosenClients(ask.scope, 'i.client_id')}
    AND NOT EXISTS (SELECT 1 FROM invoice_taxes AS t WHERE t.invoice_id = i.id)`
  return ask.basis === 'invoice'
    ? sql`SELECT i.id, i.currency, i.rate, i.gross AS amount FROM invoices AS i
      WHERE ${inDays(ask, 'i.issued_on')} AND ${unknown}`
    : sql`SELECT i.id, i.currency, i.rate, a.amount
      FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id LEFT JOIN payments AS p ON p.id = a.payment_id
      WHERE ${countsOnInvoice(ask.basis).test} AND ${inDays(ask, 'a.at')} AND ${unknown}`
}

/** What was written off in these days. */
function writtenOff(ask: TaxAsk): RawBuilder<unknown> {
  return sql`SELECT i.id, i.currency, i.rate, a.amount
    FROM payments AS p JOIN allocations AS a ON a.payment_id = p.id JOIN invoices AS i ON i.id = a.invoice_id
    WHERE p.kind = 'write-off' AND ${inDays(ask, 'a.at')} AND ${ofChosenClients(ask.scope, 'i.client_id')}`
}

/** Money that had come in by the last day and settled nothing. */
function notAllocated(ask: TaxAsk): RawBuilder<unknown> {
  const on = lastDay(ask)
  return sql`SELECT p.id, p.currency, p.rate, p.amount - coalesce(
      (SELECT sum(a.amount) FROM allocations AS a WHERE a.payment_id = p.id AND a.at <= ${on}), 0) AS amount
    FROM payments AS p
    WHERE p.kind = 'in' AND p.paid_on <= ${on} AND p.id IN (
        SELECT id FROM payments WHERE settled_on IS NULL
        UNION ALL SELECT id FROM payments WHERE settled_on > ${on})
      AND ${ofChosenClients(ask.scope, 'p.client_id')}`
}

/** What the figures leave out, and a person has to judge. */
export interface LeftOut {
  unknown: Apart
  /** By invoice only. */
  writtenOff: Apart
  /** By payment only. */
  notAllocated: Apart
}

/** What is left out of the tax of a period. */
export async function leftOut(db: Db, ask: TaxAsk): Promise<LeftOut> {
  const none = { count: 0, amount: 0 }
  return {
    unknown: await sumOf(db, ask, ofUnknownTax(ask)),
    writtenOff: ask.basis === 'invoice' ? await sumOf(db, ask, writtenOff(ask)) : none,
    notAllocated: ask.basis === 'payment' ? await sumOf(db, ask, notAllocated(ask)) : none,
  }
}

/** How many invoices and credit notes were issued in these days, or how many payments settled something. */
export async function countDocuments(db: Db, ask: TaxAsk): Promise<number> {
  const query =
    ask.basis === 'invoice'
      ? sql`SELECT i.id FROM invoices AS i
        WHERE ${inDays(ask, 'i.issued_on')} AND ${ofChosenClients(ask.scope, 'i.client_id')}`
      : sql`SELECT DISTINCT a.payment_id FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
        JOIN payments AS p ON p.id = a.payment_id
        WHERE ${countsOnInvoice(ask.basis).test} AND ${inDays(ask, 'a.at')} AND ${ofChosenClients(ask.scope, 'i.client_id')}`
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM (${query}) AS x`.execute(db)
  return rows[0]?.n ?? 0
}
