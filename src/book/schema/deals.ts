import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import type { DealTexts } from '../../domain/text-fields.ts'
import type { DealStatus, EventKind } from '../../domain/deal-state.ts'
import type { Share } from '../../domain/share.ts'

/** What is agreed about a deal; in minor units. */
interface TermsColumns {
  amount: Money | null
  cost: Money | null
  owner_id: number | null
  expected_close: Day | null
  /** The chance to win that was set by hand. */
  chance: Share | null
  /** The currency of amount and cost; null is the book's. */
  currency: string | null
}

/** Where a deal stands: a projection of its events, written in their transaction. */
export interface StateColumns extends TermsColumns {
  /**
   * Of a deal in another currency: its amount and cost in that one. Then amount and cost are in the book's, at
   * the rate below, and null while it is open or no rate was known.
   */
  own_amount: Money | null
  own_cost: Money | null
  /** The rate that it was closed with. */
  rate: Rate | null
  status: DealStatus
  stage_id: number | null
  furthest_stage_id: number | null
  stage_since: Day
  opened_on: Day
  /** 0 if nobody knows the opening day: `opened_on` stands in for it. */
  opened_known: 0 | 1
  /** 0 if `stage_since` is that day, too. */
  since_known: 0 | 1
  closed_on: Day | null
  reason_id: number | null
}

/** A possible sale to a client through one process. */
export interface DealsTable extends StateColumns, DealTexts {
  id: Generated<number>
  ref: string | null
  client_id: number
  process_id: number
  title: string
  title_key: string
  source_id: number | null
  /** Its contact: a person at the client. */
  contact_id: Generated<number | null>
  import_id: number | null
  import_row: number | null
  /** 1 for a deal imported with an outcome but without the stages leading to it. */
  outcome_only: Generated<0 | 1>
  /** 0 for a deal imported as won without a stage, and so put into the first. */
  stage_known: Generated<0 | 1>
}

/** A custom value of a deal, under one of the names that clients' properties have. */
export interface DealPropertiesTable {
  id: Generated<number>
  deal_id: number
  property_id: number
  value: string
}

/** A tag of a deal, under one of the names that clients' categories have. */
export interface DealTagsTable {
  id: Generated<number>
  deal_id: number
  category_id: number
}

/** What happened to a deal. `at` is the day it happened, `recorded_at` the moment it was entered. */
export interface EventsTable extends TermsColumns {
  id: Generated<number>
  deal_id: number
  kind: EventKind
  at: Day
  /** 0 for an opening whose day nobody knows: `at` stands in for it. */
  day_known: Generated<0 | 1>
  recorded_at: string
  stage_id: number | null
  reason_id: number | null
  note: string | null
  /** The rate of its currency on its day, as far as it was known. */
  rate: Rate | null
}
