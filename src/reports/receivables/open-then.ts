import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Day } from '../../domain/day.ts'

/** What of the row `id` was allocated by a day. */
export const allocated = (
  column: string,
  id: string,
  on: Day,
): RawBuilder<number> => sql<number>`coalesce((
  SELECT sum(a.amount) FROM allocations AS a WHERE ${sql.ref(`a.${column}`)} = ${sql.ref(id)} AND a.at <= ${on}), 0)`

/** Invoices and credit notes that may have been open on a day: each set is found by an index of its own. */
export const openThen = (on: Day): RawBuilder<SqlBool> => sql`i.id IN (
  SELECT id FROM invoices WHERE due_on IS NOT NULL AND settled_on IS NULL AND voided_on IS NULL
  UNION ALL SELECT id FROM invoices WHERE settled_on > ${on}
  UNION ALL SELECT id FROM invoices WHERE voided_on > ${on} AND settled_on IS NULL)`
