import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { epochDay } from '../../book/store/sql.ts'
import type { PaymentCase } from '../../domain/chance/payment-hazards.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Currency, Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import { ofChosenClients } from '../../reports/receivables/clients.ts'
import { worthIn } from '../../reports/receivables/worth.ts'
import type { Scope } from '../../reports/scope.ts'

/** All invoices issued by a day, as cases of how long payment takes; whatever became of them by that day. */
export async function loadCases(db: Db, on: Day): Promise<PaymentCase[]> {
  const off = await sql<{ id: number; at: number }>`
    SELECT a.invoice_id AS id, ${epochDay(sql`min(a.at)`)} AS at
    FROM payments AS p JOIN allocations AS a ON a.payment_id = p.id
    WHERE p.kind = 'write-off' AND a.at <= ${on} GROUP BY a.invoice_id`.execute(db)
  const credited = await sql<{ id: number }>`
    SELECT i.id FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
    WHERE a.credit_id IS NOT NULL GROUP BY i.id, i.gross HAVING sum(a.amount) = i.gross`.execute(db)
  const writtenOff = new Map(off.rows.map(({ id, at }) => [id, at]))
  const unpaid = new Set(credited.rows.map(({ id }) => id))
  const { rows } = await sql<{
    id: number
    client_id: number
    issued: number
    due: number
    settled: number | null
    voided: number | null
  }>`
    SELECT i.id, i.client_id, ${epochDay(sql`i.issued_on`)} AS issued, ${epochDay(sql`i.due_on`)} AS due,
      ${epochDay(sql`i.settled_on`)} AS settled, ${epochDay(sql`i.voided_on`)} AS voided
    FROM invoices AS i WHERE i.kind = 'invoice' AND i.issued_on <= ${on}`.execute(db)
  return rows.map(({ id, client_id: client, issued, due, settled, voided }): PaymentCase => {
    const lost = writtenOff.get(id)
    return {
      client,
      issued,
      due,
      end: lost ?? settled ?? Infinity,
      paid: settled !== null && lost === undefined && !unpaid.has(id),
      voided: voided ?? Infinity,
    }
  })
}

/** An invoice of a won deal. Days since 1970. */
export interface DealInvoice {
  deal: number
  /** Null for a deal that is not won now. */
  won: number | null
  issued: number
  voided: number
  /**
   * Of a deposit or a part, what it billed of the deal before tax, in minor units of the book’s currency (0 without a
   * rate); null for an invoice of all of the deal, or the final one.
   */
  part: number | null
}

/** The invoices of deals, with the days on which these were won. @param book the book’s currency. */
export async function loadDealInvoices(db: Db, on: Day, book: Currency): Promise<DealInvoice[]> {
  const { rows } = await sql<{
    deal: number
    won: number | null
    issued: number
    voided: number | null
    part: 'deposit' | 'part' | 'final' | null
    net: Money
    currency: string
    rate: Rate | null
  }>`
    SELECT i.deal_id AS deal, i.part, i.net, i.currency, i.rate, ${epochDay(sql`CASE WHEN d.status = 'won' THEN d.closed_on END`)} AS won,
      ${epochDay(sql`i.issued_on`)} AS issued, ${epochDay(sql`i.voided_on`)} AS voided
    FROM invoices AS i JOIN deals AS d ON d.id = i.deal_id
    WHERE i.kind = 'invoice' AND i.issued_on <= ${on}`.execute(db)
  return rows.map(({ deal, won, issued, voided, part, net, currency, rate }) => ({
    deal,
    won,
    issued,
    voided: voided ?? Infinity,
    part: part === 'deposit' || part === 'part' ? (worthIn(book, net, currency, rate) ?? 0) : null,
  }))
}

/** Money that came in and settled an invoice. Amounts in minor units of the book’s currency; days since 1970. */
export interface Receipt {
  on: number
  amount: number
  /** The day of the invoice and its deal. */
  issued: number
  deal: number | null
}

/** The payments of some days that settled invoices of chosen clients. */
export async function loadReceipts(db: Db, scope: Scope, from: Day): Promise<Receipt[]> {
  const { rows } = await sql<{
    on: number
    amount: Money
    currency: string
    rate: Rate | null
    issued: number
    deal: number | null
  }>`
    SELECT ${epochDay(sql`p.paid_on`)} AS "on", a.amount, i.currency, i.rate, ${epochDay(sql`i.issued_on`)} AS issued,
      i.deal_id AS deal
    FROM payments AS p JOIN allocations AS a ON a.payment_id = p.id JOIN invoices AS i ON i.id = a.invoice_id
    WHERE p.kind = 'in' AND p.paid_on > ${from} AND p.paid_on <= ${scope.asOf}
      AND ${ofChosenClients(scope, 'i.client_id')}`.execute(db)
  const book = scope.settings.currency
  return rows.map(({ on, amount, currency, rate, issued, deal }) => ({
    on,
    amount: worthIn(book, amount, currency, rate) ?? 0,
    issued,
    deal,
  }))
}

const TAX_DAYS = 365

/**
 * The usual tax on what is sold, as a share of the net: that of what was invoiced in the last year, else the default rate of
 * the book, else none.
 */
export async function usualTax(db: Db, on: Day): Promise<number> {
  const { rows } = await sql<{ net: number | null; tax: number | null }>`
    SELECT sum(net) AS net, sum(tax) AS tax FROM invoices
    WHERE kind = 'invoice' AND issued_on > ${addDays(on, -TAX_DAYS)} AND issued_on <= ${on}
      AND (voided_on IS NULL OR voided_on > ${on})
      AND EXISTS (SELECT 1 FROM invoice_taxes AS t WHERE t.invoice_id = invoices.id)`.execute(db)
  const { net = 0, tax = 0 } = rows[0] ?? {}
  if (net !== null && net > 0) return (tax ?? 0) / net
  const usual = await db
    .selectFrom('taxes')
    .select('rate')
    .where('is_default', '=', 1)
    .executeTakeFirst()
  return ((usual?.rate ?? 0) as Portion) / 1_000_000
}

/**
 * What rates of exchange brought or cost this year: of each payment of an invoice in another currency, what it came to at its
 * own rate less what it was at the invoice’s. 1,000.00 USD billed at 1.10 are 909.09 EUR; paid at 1.05 they are 952.38,
 * a gain of 43.29.
 */
export async function realisedExchange(db: Db, on: Day, book: Currency): Promise<number> {
  const { rows } = await sql<{
    amount: Money
    currency: string
    billed: Rate | null
    paid: Rate | null
  }>`
    SELECT a.amount, i.currency, i.rate AS billed, p.rate AS paid
    FROM payments AS p JOIN allocations AS a ON a.payment_id = p.id JOIN invoices AS i ON i.id = a.invoice_id
    WHERE p.kind = 'in' AND p.currency <> ${book.code} AND a.at >= ${`${on.slice(0, 4)}-01-01`} AND a.at <= ${on}`.execute(
    db,
  )
  return rows.reduce((sum, { amount, currency, billed, paid }) => {
    const then = worthIn(book, amount, currency, billed)
    const now = worthIn(book, amount, currency, paid)
    return then === null || now === null ? sum : sum + now - then
  }, 0)
}
