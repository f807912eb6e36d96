import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Day } from '../domain/day.ts'
import { type PromiseStatus, promiseStatus } from '../domain/invoices/promise.ts'
import type { Money } from '../domain/money.ts'
import { allocated } from './allocated.ts'
import type { Db } from './store/db.ts'

/** A promise as it stands on a day. Amounts are in minor units of the invoice's currency. */
export interface StandingPromise {
  id: number
  invoice_id: number
  number: string
  client_id: number
  client: string
  owner: string | null
  currency: string
  made_on: Day
  for_day: Day
  amount: Money
  /** What of it has not come by the day; nothing if it was kept. */
  missing: Money
  status: PromiseStatus
  note: string | null
}

interface PromiseRow extends Omit<StandingPromise, 'missing' | 'status'> {
  leaves: Money
  open_by_day: Money
  open_now: Money
  replaced: 0 | 1
}

/** What is open of an invoice `i` at the end of a day. */
const openOn = (day: RawBuilder<unknown>): RawBuilder<Money> =>
  sql<Money>`i.gross - ${allocated('invoice_id', 'i.id', day)}`

/**
 * Promises made by the end of a day and how they stand then, by the day they were for. Those on invoices that were
 * voided are left out.
 * @param tests of invoices `i`.
 */
export async function promisesOn(
  db: Db,
  on: Day,
  tests: readonly RawBuilder<SqlBool>[] = [],
): Promise<StandingPromise[]> {
  const more = sql.join(
    tests.map((test) => sql`AND ${test}`),
    sql` `,
  )
  const { rows } = await sql<PromiseRow>`
    SELECT p.id, p.invoice_id, i.number, i.client_id, c.name AS client, o.name AS owner, i.currency, p.made_on, p.for_day,
      p.amount, p.leaves, p.note, ${openOn(sql`CASE WHEN p.for_day < ${on} THEN p.for_day ELSE ${on} END`)} AS open_by_day,
      ${openOn(sql`${on}`)} AS open_now,
      CASE WHEN EXISTS (SELECT 1 FROM promises AS q
        WHERE q.invoice_id = p.invoice_id AND q.id > p.id AND q.made_on <= ${on}) THEN 1 ELSE 0 END AS replaced
    FROM promises AS p JOIN invoices AS i ON i.id = p.invoice_id JOIN clients AS c ON c.id = i.client_id
      LEFT JOIN owners AS o ON o.id = i.owner_id
    WHERE p.made_on <= ${on} AND (i.voided_on IS NULL OR i.voided_on > ${on}) ${more}
    ORDER BY p.for_day, p.id`.execute(db)
  return rows.map(
    ({ leaves, open_by_day: openByDay, open_now: openNow, replaced, ...promise }) => ({
      ...promise,
      missing: Math.max(0, openNow - leaves) as Money,
      status: promiseStatus(
        { forDay: promise.for_day, leaves, openByDay, openNow, replaced: replaced === 1 },
        on,
      ),
    }),
  )
}

/** The promises that are broken on a day. @param tests of invoices `i`. */
export async function brokenPromises(
  db: Db,
  on: Day,
  tests: readonly RawBuilder<SqlBool>[],
): Promise<StandingPromise[]> {
  // Most invoices are paid: only those of which something was open on the day can have one.
  const unpaid = sql<SqlBool>`(i.settled_on IS NULL OR i.settled_on > ${on})`
  const all = await promisesOn(db, on, [unpaid, ...tests])
  return all.filter(({ status }) => status === 'broken')
}
