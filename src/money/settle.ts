import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { rowAdder } from '../book/store/put.ts'
import type { Store } from '../book/store/store.ts'
import type { Day } from '../domain/day.ts'
import type { Money } from '../domain/money.ts'

/** A part of a payment or a credit note that settles an invoice, or that a refund gives back. */
export interface Allocation {
  payment_id?: number
  credit_id?: number
  invoice_id?: number
  refund_id?: number
  at: Day
  amount: Money
}

/** What an allocation is of, and what it goes to. */
const SIDES = [
  ['payment_id', 'payments', 'amount'],
  ['credit_id', 'invoices', 'gross'],
  ['invoice_id', 'invoices', 'gross'],
] as const

/**
 * Writes down on which day something was settled, or used up: the last day of its allocations, once they are all of
 * it. Ends before the id of the row.
 */
const settling = ([column, table, amount]: (typeof SIDES)[number]): string =>
  `UPDATE ${table} SET settled_on = CASE WHEN ${amount} =
     (SELECT sum(a.amount) FROM allocations AS a WHERE a.${column} = ${table}.id)
     THEN (SELECT max(a.at) FROM allocations AS a WHERE a.${column} = ${table}.id) END
   WHERE id = `

async function settle(
  db: Db,
  allocation: Partial<Record<(typeof SIDES)[number][0], number | null>>,
): Promise<void> {
  for (const side of SIDES) {
    const id = allocation[side[0]]
    if (id != null) await sql`${sql.raw(settling(side))}${id}`.execute(db)
  }
}

/** Writes an allocation, and what it settles or uses up. */
export async function addAllocation(db: Db, allocation: Allocation): Promise<void> {
  await db.insertInto('allocations').values(allocation).execute()
  await settle(db, allocation)
}

/** Removes the allocations of a payment or a refund; what they settled is open again. */
export async function dropAllocations(db: Db, payment: number): Promise<void> {
  const all = await db
    .selectFrom('allocations')
    .selectAll()
    .where((eb) => eb.or([eb('payment_id', '=', payment), eb('refund_id', '=', payment)]))
    .execute()
  for (const { id, ...allocation } of all) {
    await db.deleteFrom('allocations').where('id', '=', id).execute()
    await settle(db, allocation)
  }
}

/**
 * Writes many allocations with prepared statements, as an import does; see {@link addAllocation}.
 * @returns a function that writes one.
 */
export function allocationAdder(store: Store): (allocation: Allocation) => void {
  const add = rowAdder(store, 'allocations')
  const sides = SIDES.map((side) => ({
    column: side[0],
    update: store.prepare(`${settling(side)}?`),
  }))
  return ({ payment_id, credit_id, invoice_id, refund_id, at, amount }) => {
    add({
      payment_id: payment_id ?? null,
      credit_id: credit_id ?? null,
      invoice_id: invoice_id ?? null,
      refund_id: refund_id ?? null,
      at,
      amount,
    })
    const of = { payment_id, credit_id, invoice_id }
    for (const { column, update } of sides) if (of[column] !== undefined) update.run(of[column])
  }
}
