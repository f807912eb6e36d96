import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import type { GroupValue } from '../family/group.ts'
import { ofChosenClients } from '../receivables/clients.ts'
import { worthIn } from '../receivables/worth.ts'
import { type LoadedTax, TaxSums } from './cells.ts'
import { countsOnInvoice, inDays, type TaxAsk } from './ask.ts'
import { taxGroup } from './group.ts'
import { partlySettled } from './parts.ts'

/** Whole documents that count on a day, `d`: with their sign, day and client. */
function wholeDocuments(ask: TaxAsk): RawBuilder<unknown> {
  const chosen = ofChosenClients(ask.scope, 'i.client_id')
  const { test, sign } = countsOnInvoice(ask.basis)
  const settled = sql`
    SELECT i.id, ${sql.lit(sign)} AS sign, a.at AS day, i.client_id, i.currency, i.rate
    FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id LEFT JOIN payments AS p ON p.id = a.payment_id
    WHERE a.amount = i.gross AND ${test} AND ${inDays(ask, 'a.at')} AND ${chosen}`
  if (ask.basis === 'payment') {
    return sql`${settled}
    UNION ALL
    SELECT i.id, -1 AS sign, a.at AS day, i.client_id, i.currency, i.rate
    FROM allocations AS a JOIN invoices AS i ON i.id = a.credit_id
    WHERE a.amount = i.gross AND ${inDays(ask, 'a.at')} AND ${chosen}`
  }
  return sql`
    SELECT i.id, CASE WHEN i.kind = 'credit' THEN -1 ELSE 1 END AS sign, i.issued_on AS day, i.client_id, i.currency, i.rate
    FROM invoices AS i WHERE ${inDays(ask, 'i.issued_on')} AND ${chosen}
    UNION ALL
    SELECT i.id, CASE WHEN i.kind = 'credit' THEN 1 ELSE -1 END AS sign, i.voided_on AS day, i.client_id, i.currency, i.rate
    FROM invoices AS i WHERE ${inDays(ask, 'i.voided_on')} AND ${chosen}
    UNION ALL ${settled}`
}

/** The tax of whole documents; those in another currency one by one, as each is converted by itself. */
async function wholeTaxes(db: Db, ask: TaxAsk) {
  const book = ask.scope.settings.currency.code
  const group = taxGroup(ask.by, sql`d.day`, sql`d.client_id`)
  const foreign = sql<number | null>`CASE WHEN d.currency = ${book} THEN NULL ELSE d.id END`
  const { rows } = await sql<{
    groupValue: GroupValue
    category: TaxCategory
    rate: Portion
    reason: string | null
    currency: string
    exchange: Rate | null
    foreignId: number | null
    sign: 1 | -1
    net: Money
    tax: Money
  }>`
    SELECT ${group} AS "groupValue", t.category, t.rate, t.reason, d.currency, d.rate AS exchange, d.sign,
      ${foreign} AS "foreignId", sum(t.base) AS net, sum(t.tax) AS tax
    FROM (${wholeDocuments(ask)}) AS d JOIN invoice_taxes AS t ON t.invoice_id = d.id
    GROUP BY 1, t.category, t.rate, t.reason, d.currency, d.rate, d.sign, ${foreign}`.execute(db)
  return rows
}

/**
 * Net and tax of a period by category and rate, from what was frozen into invoices and credit notes as they were issued.
 *
 * By invoice: an invoice counts on its day, a credit note takes back on its own, a voided invoice on the day on which it
 * was voided, and a discount that was taken its share on its day. By payment: each payment takes its share of net and
 * tax at each rate of what it settles ({@link takeShares}); credit that is used for an invoice counts as paid there and
 * as paid back here, as does credit that is refunded.
 */
export async function loadTax(db: Db, ask: TaxAsk): Promise<LoadedTax> {
  const book = ask.scope.settings.currency
  const sums = new TaxSums()
  const unrated = new Set<number>()
  for (const { currency, exchange, sign, net, tax, foreignId, ...cell } of await wholeTaxes(
    db,
    ask,
  )) {
    const [netWorth, taxWorth] = [net, tax].map((minor) => worthIn(book, minor, currency, exchange))
    if (netWorth == null || taxWorth == null) unrated.add(foreignId ?? 0)
    else sums.add({ ...cell, net: sign * netWorth, tax: sign * taxWorth })
  }
  const parts = await partlySettled(db, ask)
  for (const cell of parts.cells) sums.add(cell)
  return { cells: sums.cells(), unrated: new Set([...unrated, ...parts.unrated]) }
}
