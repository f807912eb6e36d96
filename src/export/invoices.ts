import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { type Currency, currencyDigits, toDecimal } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { numberList } from '../import/invoice-numbers.ts'
import { ownColumns } from './deals.ts'
import { abroad } from './own-money.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs, dealRefs } from './refs.ts'
import { settledBy } from './settled.ts'
import { ofClients, type Wanted } from './wanted.ts'

function nextInvoices(db: Db, after: number, wanted: Wanted) {
  const { period } = wanted
  const query = db
    .selectFrom('invoices as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .leftJoin('deals as d', 'd.id', 'i.deal_id')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .leftJoin('invoices as k', 'k.id', 'i.corrects_id')
    .select([
      'i.id',
      'i.number',
      'i.kind',
      'i.client_id',
      'c.name as client',
      'c.ref as client_ref',
      'i.deal_id',
      'd.title as deal',
      'd.ref as deal_ref',
      'o.name as owner',
      'i.issued_on as issued',
      'i.due_on as due',
      'i.net',
      'i.tax',
      'i.gross as amount',
      sql<number>`CASE WHEN i.voided_on IS NOT NULL THEN 0 ELSE i.gross - coalesce((
        SELECT sum(a.amount) FROM allocations AS a WHERE i.kind = 'invoice' AND a.invoice_id = i.id), 0)
        - coalesce((
        SELECT sum(a.amount) FROM allocations AS a WHERE i.kind = 'credit' AND a.credit_id = i.id), 0) END`.as(
        'open',
      ),
      'k.number as corrects',
      'i.plan as instalments',
      'i.voided_on as voided',
      'i.order_ref',
      'i.buyer_ref',
      'i.note',
      'i.ref',
      'i.currency',
      'i.rate',
    ])
    .where('i.id', '>', after)
    .where('i.number', 'is not', null)
    .where(ofClients(wanted))
    .orderBy('i.id')
    .limit(PAGE)
  return (period ? query.where(inPeriod('i.issued_on', period)) : query).execute()
}

/** Issued invoices and credit notes as a table, each in its own currency; with a period, those issued in it. */
export async function invoiceTable(
  db: Db,
  book: Currency,
  wanted: Wanted = {},
): Promise<LongTable> {
  const columns = abroad(ownColumns('invoices')).map((column) =>
    column.key === 'tax' ? { ...column, type: 'number' as const } : column,
  )
  const settles = await settledBy(db, 'credit_id')
  const clientRefOf = await clientRefs(db)
  const dealRefOf = await dealRefs(db)
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const invoice of paged((after) => nextInvoices(db, after, wanted))) {
      const { id, kind, client_id: client, deal_id: deal, currency: code } = invoice
      const currency = code === book.code ? book : { code, digits: currencyDigits(code) }
      const [net, tax, amount, open] = (['net', 'tax', 'amount', 'open'] as const).map((key) =>
        toDecimal(invoice[key], currency),
      )
      const cells: Record<string, Cell> = {
        ...invoice,
        net: net ?? null,
        tax: tax ?? null,
        amount: amount ?? null,
        open: open ?? null,
        'client-ref': clientRefOf(client, invoice.client_ref),
        'deal-ref': deal === null ? null : dealRefOf(deal, invoice.deal_ref),
        settles: kind === 'credit' ? numberList(settles(id, currency), false) : null,
        'order-ref': invoice.order_ref,
        'buyer-ref': invoice.buyer_ref,
        'exchange-rate': invoice.rate,
      }
      yield columns.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'invoices', columns, currency: null, rows: rows() }
}
