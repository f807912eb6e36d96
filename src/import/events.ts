import type { Insertable, Selectable } from 'kysely'
import { toDealEvent, type Unstated } from '../book/projection.ts'
import type { EventsTable } from '../book/schema/deals.ts'
import { inOrder, type DealState, stateOf, type StageRanks } from '../domain/deal-state.ts'
import { eventRow } from '../records/rows/event.ts'

/** An event as a file states it, in the columns of the book. */
export type FileEvent = Omit<
  Selectable<EventsTable>,
  'id' | 'deal_id' | 'recorded_at' | keyof Unstated
> &
  Unstated

/**
 * Where a deal stands after its events from a file; events on one day happened in the
 * order in which they are given.
 * @param ranks the order of the stages of the deal's process.
 * @throws Fault `failed` if an event cannot follow those before it.
 */
export function stateAfter(events: readonly FileEvent[], ranks: StageRanks): DealState {
  const numbered = events.map((event, id) => toDealEvent({ id, ...event }))
  return stateOf(inOrder(numbered), ranks)
}

/**
 * Adds the events of deals as given; the caller writes what follows from them.
 * @param add writes an event to the book, or collects it.
 */
export function eventAdder(
  add: (event: Insertable<EventsTable>) => number,
  recordedAt: string,
): (dealId: number, events: readonly FileEvent[]) => void {
  return (dealId, events) => {
    for (const event of events) add(eventRow(dealId, event, { on: event.at, recordedAt }))
  }
}
