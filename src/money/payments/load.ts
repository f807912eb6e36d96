import { type RawBuilder, sql } from 'kysely'
import type { PaymentKind } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { joinedTexts } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { ClientTest } from '../../records/choose/index.ts'

/** A payment as lists show it; amounts are in minor units of its currency. */
export interface ListedPayment {
  id: number
  paid_on: Day
  client_id: number
  client: string
  kind: PaymentKind
  amount: Money
  currency: string
  /** What of money that came in has not been used. */
  rest: Money
  /** The invoices that it settled. */
  settles: string | null
  method: string | null
  account: string | null
  /** The booking by which it came or went. */
  booking: number | null
  note: string | null
  ref: string | null
}

/** Which payments a list shows. */
export interface PaymentFilter {
  clientId?: number | undefined
  clients?: ClientTest | undefined
  period?: { from: Day | null; to: Day | null } | undefined
  /** Only money of which something has not been used. */
  unallocated?: boolean | undefined
}

/** SQL for the numbers of the invoices that a payment `p` settles: `2026-0001, 2026-0002`. */
export const settledNumbers = (): RawBuilder<string | null> =>
  sql<string | null>`${joinedTexts(
    sql`SELECT i.number AS value FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
      WHERE a.payment_id = p.id ORDER BY a.id`,
    ', ',
  )}`

/** Payments, the latest first. */
export async function listPayments(db: Db, filter: PaymentFilter): Promise<ListedPayment[]> {
  const rest = sql<Money>`CASE WHEN p.kind = 'in' THEN p.amount - coalesce(
    (SELECT sum(a.amount) FROM allocations AS a WHERE a.payment_id = p.id), 0) ELSE 0 END`
  let query = db
    .selectFrom('payments as p')
    .innerJoin('clients as c', 'c.id', 'p.client_id')
    .leftJoin('bank_accounts as b', 'b.id', 'p.bank_account_id')
    .select([
      'p.id',
      'p.paid_on',
      'p.client_id',
      'c.name as client',
      'p.kind',
      'p.amount',
      'p.currency',
      rest.as('rest'),
      settledNumbers().as('settles'),
      'p.method',
      'b.name as account',
      'p.bank_line_id as booking',
      'p.note',
      'p.ref',
    ])
  const { clientId, clients, period, unallocated } = filter
  if (clientId !== undefined) query = query.where('p.client_id', '=', clientId)
  if (clients) query = query.where(clients('c'))
  if (period?.from != null) query = query.where('p.paid_on', '>=', period.from)
  if (period?.to != null) query = query.where('p.paid_on', '<=', period.to)
  if (unallocated) query = query.where(sql<boolean>`${rest} > 0`)
  return query.orderBy('p.paid_on', 'desc').orderBy('p.id', 'desc').execute()
}
