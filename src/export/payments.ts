import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { type Currency, currencyDigits, toDecimal } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { numberList } from '../import/invoice-numbers.ts'
import { ownColumns } from './deals.ts'
import { abroad } from './own-money.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs } from './refs.ts'
import { creditsOfRefunds, settledBy } from './settled.ts'
import { ofClients, type Wanted } from './wanted.ts'

function nextPayments(db: Db, after: number, wanted: Wanted) {
  const { period } = wanted
  const query = db
    .selectFrom('payments as p')
    .innerJoin('clients as c', 'c.id', 'p.client_id')
    .leftJoin('bank_accounts as b', 'b.id', 'p.bank_account_id')
    .select([
      'p.id',
      'p.client_id',
      'c.name as client',
      'c.ref as client_ref',
      'p.paid_on as on',
      'p.kind',
      'p.amount',
      'p.method',
      'b.name as account',
      'p.note',
      'p.ref',
      'p.currency',
      'p.rate',
      // All of it is for one invoice of the same client.
      sql<0 | 1>`EXISTS (SELECT 1 FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
        WHERE a.payment_id = p.id AND a.amount = p.amount AND i.client_id = p.client_id)`.as(
        'is_whole',
      ),
    ])
    .where('p.id', '>', after)
    .where(ofClients(wanted))
    .orderBy('p.id')
    .limit(PAGE)
  return (period ? query.where(inPeriod('p.paid_on', period)) : query).execute()
}

/** Payments as a table, each in its own currency; with a period, those of its days. */
export async function paymentTable(
  db: Db,
  book: Currency,
  wanted: Wanted = {},
): Promise<LongTable> {
  const columns = abroad(ownColumns('payments'))
  const settles = await settledBy(db, 'payment_id')
  const givenBack = await creditsOfRefunds(db)
  const clientRefOf = await clientRefs(db)
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const payment of paged((after) => nextPayments(db, after, wanted))) {
      const { id, kind, currency: code } = payment
      const currency = code === book.code ? book : { code, digits: currencyDigits(code) }
      const cells: Record<string, Cell> = {
        ...payment,
        kind: kind === 'in' ? 'payment' : kind,
        amount: toDecimal(payment.amount, currency),
        'client-ref': clientRefOf(payment.client_id, payment.client_ref),
        for:
          kind === 'refund'
            ? givenBack(id)
            : numberList(settles(id, currency), payment.is_whole === 1),
        'exchange-rate': payment.rate,
      }
      yield columns.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'payments', columns, currency: null, rows: rows() }
}
