import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isHeld } from '../../book/held.ts'
import { nextDue } from '../../book/next-due.ts'
import { allocated } from '../../book/allocated.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import { openThen } from './open-then.ts'

/** An invoice that is late. */
export interface LateInvoice {
  number: string
  /** The day by which it is to be paid next: of instalments, the first that is not paid. */
  due_on: Day
  /** What is open of it, in minor units of its currency. */
  open: Money
  currency: string
  client_id: number
  client: string
  owner: string | null
  /** How many there are. */
  all: number
}

/**
 * Invoices that were due before a day and open at its end, but for those on hold; the latest first.
 * @param tests of invoices `i`.
 */
export async function lateInvoices(
  db: Db,
  on: Day,
  tests: readonly RawBuilder<SqlBool>[],
  limit: number,
): Promise<LateInvoice[]> {
  const more = sql.join(
    tests.map((test) => sql`AND ${test}`),
    sql` `,
  )
  const settled = allocated('invoice_id', 'i.id', on)
  const { rows } = await sql<LateInvoice>`
    SELECT i.number, ${nextDue(on)} AS due_on, i.currency, i.client_id, c.name AS client, o.name AS owner,
      i.gross - ${settled} AS open,
      count(*) OVER () AS "all"
    FROM invoices AS i JOIN clients AS c ON c.id = i.client_id LEFT JOIN owners AS o ON o.id = i.owner_id
    WHERE ${openThen(on)} AND i.issued_on <= ${on} AND i.kind = 'invoice' AND i.gross > ${settled} AND ${nextDue(on)} < ${on} AND NOT ${isHeld(on)} ${more}
    ORDER BY due_on, i.id LIMIT ${limit}`.execute(db)
  return rows
}
