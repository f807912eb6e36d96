import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'

/**
 * True for a won deal of which no more is known than that: no history, and no stage in its file, so that
 * it was opened in the first stage for want of another. It passed every stage and was seen in none.
 */
const NO_STAGE_SEEN = sql<boolean>`(d.stage_known = 0 AND d.outcome_only = 1 AND d.status = 'won')`

/** The stage of a deal `d` as people see it, its stage being `s`; null where it was seen in none. */
export const SHOWN_STAGE: RawBuilder<string | null> = sql`iif(${NO_STAGE_SEEN}, NULL, s.name)`

/** The stage of an event `e` of a deal `d`, likewise. */
export const SHOWN_EVENT_STAGE: RawBuilder<string | null> = sql`iif(
  e.kind = 'opened' AND ${NO_STAGE_SEEN}, NULL, s.name)`

/** The day a deal `d` was opened; null where nobody knows it. */
export const KNOWN_OPENING: RawBuilder<Day | null> = sql`iif(d.opened_known, d.opened_on, NULL)`

/** Since when a deal `d` is in its stage; null where nobody knows it. */
export const KNOWN_SINCE: RawBuilder<Day | null> = sql`iif(
  d.since_known AND NOT ${NO_STAGE_SEEN}, d.stage_since, NULL)`

/** The day of an event `e`; null where nobody knows it. */
export const KNOWN_DAY: RawBuilder<Day | null> = sql`iif(e.day_known, e.at, NULL)`
