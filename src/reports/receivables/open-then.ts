import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Day } from '../../domain/day.ts'

/** Invoices and credit notes that may have been open on a day: each set is found by an index of its own. */
export const openThen = (on: Day): RawBuilder<SqlBool> => sql`i.id IN (
  SELECT id FROM invoices WHERE due_on IS NOT NULL AND settled_on IS NULL AND voided_on IS NULL
  UNION ALL SELECT id FROM invoices WHERE settled_on > ${on}
  UNION ALL SELECT id FROM invoices WHERE voided_on > ${on} AND settled_on IS NULL)`
