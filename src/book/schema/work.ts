import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'

export type InteractionKind = 'call' | 'email' | 'meeting' | 'sms' | 'message' | 'mailing' | 'note'
export type Direction = 'in' | 'out'
export type InteractionResult = 'reached' | 'no-answer' | 'interested' | 'refused' | 'call-back'

/** A call, e-mail, meeting or message with a client. */
export interface InteractionsTable {
  id: Generated<number>
  client_id: number
  contact_id: number | null
  deal_id: number | null
  owner_id: number | null
  kind: InteractionKind
  direction: Direction | null
  result: InteractionResult | null
  at: Day
  /** On the clock of the book's zone. */
  time: TimeOfDay | null
  /** How long it took. */
  minutes: number | null
  recorded_at: string
  text: string | null
  import_id: number | null
  import_row: number | null
}

/** Something to do by a day. */
export interface TasksTable {
  id: Generated<number>
  client_id: number | null
  deal_id: number | null
  /** Set for the task of a deal's stage, which opens and closes with the deal's steps. */
  stage_id: number | null
  owner_id: number | null
  text: string
  due: Day | null
  /** The time of that day, on the clock of the book's zone. */
  time: Generated<TimeOfDay | null>
  /** How long it takes. */
  minutes: Generated<number | null>
  status: Generated<'open' | 'done' | 'dropped'>
  closed_on: Day | null
  result: string | null
  /** How often it comes again, as `domain/repeat.ts` reads it. */
  repeat: string | null
  /** The day that repetitions are counted from. */
  repeat_from: Generated<Day | null>
  /** 1 for the task created by the loss of its deal. */
  follow_up: Generated<0 | 1>
  added_on: Day
  import_id: Generated<number | null>
  import_row: Generated<number | null>
}

/** How often the clients of a rating must hear from us. */
export interface StandardsTable {
  id: Generated<number>
  rating: string
  days: number
}

/**
 * When each client that has a rating last heard from us; `id` is the client's. Follows from
 * clients and interactions, and is kept by triggers.
 */
export interface LastContactsTable {
  id: number
  rating: string
  owner_id: number | null
  added_on: Day
  /** The day of the last contact; null if there was none. */
  last_on: Day | null
  /** The day that a standard is counted from: the last contact, else the day the client was added. */
  since: Generated<Day>
}
