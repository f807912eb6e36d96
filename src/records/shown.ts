import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'

/**
 * True for a won deal about which nothing else is known: no history, and no stage in its file, so that it was
 * put into the first stage. It passed every stage and was seen in none.
 */
const NO_STAGE_SEEN = sql<boolean>`(d.stage_known = 0 AND d.outcome_only = 1 AND d.status = 'won')`

/** The stage of a deal `d` as people see it, its stage being `s`; null if it was seen in none. */
export const SHOWN_STAGE: RawBuilder<string | null> =
  sql`CASE WHEN ${NO_STAGE_SEEN} THEN NULL ELSE s.name END`

/** The stage of an event `e` of a deal `d`, likewise. */
export const SHOWN_EVENT_STAGE: RawBuilder<string | null> = sql`CASE
  WHEN e.kind = 'opened' AND ${NO_STAGE_SEEN} THEN NULL ELSE s.name END`

/** The day a deal `d` was opened; null if nobody knows it. */
export const KNOWN_OPENING: RawBuilder<Day | null> = sql`CASE WHEN d.opened_known = 1 THEN d.opened_on END`

/** Since when a deal `d` is in its stage; null if nobody knows it. */
export const KNOWN_SINCE: RawBuilder<Day | null> = sql`CASE
  WHEN d.since_known = 1 AND NOT ${NO_STAGE_SEEN} THEN d.stage_since END`

/** The day of an event `e`; null if nobody knows it. */
export const KNOWN_DAY: RawBuilder<Day | null> = sql`CASE WHEN e.day_known = 1 THEN e.at END`
