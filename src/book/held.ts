import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Day } from '../domain/day.ts'

/** SQL that is true if an invoice `i` is on hold on a day: the last word on it counts. */
export function isHeld(on: Day): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (
  SELECT 1 FROM invoice_events AS h WHERE h.id = (
    SELECT l.id FROM invoice_events AS l
    WHERE l.invoice_id = i.id AND l.kind IN ('held', 'released') AND l.at <= ${on}
    ORDER BY l.at DESC, l.id DESC LIMIT 1)
  AND h.kind = 'held' AND (h.until IS NULL OR h.until >= ${on}))`
}
