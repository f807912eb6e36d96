import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'

/**
 * SQL for the day by which an invoice `i` is to be paid next: its due day, or that of the first of its instalments
 * that was not paid by a day.
 */
export function nextDue(on: Day): RawBuilder<Day | null> {
  return sql<Day | null>`CASE WHEN i.plan IS NULL THEN i.due_on ELSE coalesce((
    SELECT min(p.due_on) FROM instalments AS p WHERE p.invoice_id = i.id AND (
      SELECT sum(q.amount) FROM instalments AS q WHERE q.invoice_id = i.id AND q.due_on <= p.due_on
    ) > coalesce((
      SELECT sum(a.amount) FROM allocations AS a WHERE a.invoice_id = i.id AND a.at <= ${on}), 0)), i.due_on) END`
}
