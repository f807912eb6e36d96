import type { Insertable } from 'kysely'
import type { EventsTable } from '../../book/schema/deals.ts'
import type { Day } from '../../domain/day.ts'
import type { Rate } from '../../domain/rate.ts'
import type { EventKind, Terms } from '../../domain/deal-state.ts'

/** What is agreed about a deal, in the columns of the book. */
export function termsColumns(terms: Terms) {
  return {
    amount: terms.amount,
    cost: terms.cost,
    owner_id: terms.ownerId,
    expected_close: terms.expectedClose,
    chance: terms.chance,
    currency: terms.currency,
  }
}

/** The terms of an event that states none. */
export const NO_TERMS = {
  amount: null,
  cost: null,
  owner_id: null,
  expected_close: null,
  chance: null,
  currency: null,
}

/** What happened to a deal; what is left out is not stated. */
export interface EventColumns extends Partial<Omit<ReturnType<typeof termsColumns>, 'currency'>> {
  /** What amount and cost are in; null is the book's. */
  currency?: string | null | undefined
  kind: EventKind
  stage_id?: number | null
  reason_id?: number | null
  note?: string | null
  /** 0 for an opening whose day nobody knows. */
  day_known?: 0 | 1 | undefined
  /** The rate of its currency on its day. */
  rate?: Rate | null | undefined
}

/** An event in the columns of the book, its note as it is. @param when the day it happened, and the moment of entry. */
export function eventRow(
  dealId: number,
  event: EventColumns,
  when: { on: Day; recordedAt: string },
): Insertable<EventsTable> {
  return {
    deal_id: dealId,
    recorded_at: when.recordedAt,
    kind: event.kind,
    at: when.on,
    stage_id: event.stage_id ?? null,
    reason_id: event.reason_id ?? null,
    amount: event.amount ?? null,
    cost: event.cost ?? null,
    owner_id: event.owner_id ?? null,
    expected_close: event.expected_close ?? null,
    chance: event.chance ?? null,
    note: event.note ?? null,
    day_known: event.day_known ?? 1,
    currency: event.currency ?? null,
    rate: event.rate ?? null,
  }
}
