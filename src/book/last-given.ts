import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { EventKind } from '../domain/deal-state.ts'
import type { EventsTable } from './schema/deals.ts'

/** The value that the last event of certain kinds gave a deal of a table by a day. */
export function lastGiven<T>(
  column: keyof EventsTable,
  kinds: readonly EventKind[],
  asOf: Day,
  deals: string,
): RawBuilder<T | null> {
  return sql`(
    SELECT ${sql.ref(`e.${column}`)} FROM events AS e
    WHERE e.deal_id = ${sql.ref(`${deals}.id`)} AND e.kind IN (${sql.join(kinds)}) AND e.at <= ${asOf}
    ORDER BY e.at DESC, e.id DESC LIMIT 1)`
}
