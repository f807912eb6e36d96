import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { Money } from '../domain/money.ts'

/**
 * SQL for what was allocated by the end of a day: to an invoice, or of a payment or a credit note.
 * @param column what names it in an allocation: `invoice_id`, `payment_id`, `credit_id`.
 * @param id its number in the query: `i.id`.
 * @param on the day, or SQL for it.
 */
export const allocated = (
  column: 'invoice_id' | 'payment_id' | 'credit_id',
  id: string,
  on: Day | RawBuilder<unknown>,
): RawBuilder<Money> => sql<Money>`coalesce((
  SELECT sum(a.amount) FROM allocations AS a WHERE ${sql.ref(`a.${column}`)} = ${sql.ref(id)} AND a.at <= ${on}), 0)`
