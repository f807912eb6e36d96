import type { Selectable } from 'kysely'
import { type DealState, type StageRanks, stateOf } from '../domain/deal-state.ts'
import { Fault } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'
import { ranksOf, stateColumns, toDealEvent } from './projection.ts'
import type { DealsTable, EventsTable, StateColumns } from './schema/deals.ts'
import type { Statements } from './store/store.ts'

/** How many deals are read at once, with their events. */
const AT_ONCE = 1024

/** How many deals to name; more would add nothing. */
const MOST_NAMED = 20

type DealRow = Selectable<Pick<DealsTable, 'id' | 'process_id'>> & StateColumns
type EventRow = Omit<Selectable<EventsTable>, 'recorded_at' | 'note'>

/** A deal whose state does not match its events; the state is null if it has no usable events. */
interface WrongDeal {
  id: number
  wrong: string
  state: DealState | null
}

/**
 * Compares every deal with its events, some of them in memory at a time.
 * @param ranks the order of each process's stages.
 * @param digits decimals of the book's currency.
 */
export function* wrongDeals(
  store: Statements,
  ranks: Map<number, StageRanks>,
  digits: number,
): Generator<WrongDeal> {
  const dealsAfter = store.prepare('SELECT * FROM deals WHERE id > ? ORDER BY id LIMIT ?')
  const eventsFrom = store.prepare(
    `SELECT id, deal_id, kind, at, stage_id, reason_id, amount, cost, owner_id, expected_close, chance, day_known,
       currency, rate
     FROM events WHERE deal_id BETWEEN ? AND ? ORDER BY deal_id, at, id`,
  )
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const deals = dealsAfter.all(after, AT_ONCE) as DealRow[]
    const [first, last] = [deals[0], deals.at(-1)]
    if (!first || !last) return
    const events = eventsFrom.all(first.id, last.id) as EventRow[]
    let at = 0
    for (const deal of deals) {
      // A damaged book may have events of deals that are missing.
      while (at < events.length && (events[at] as EventRow).deal_id < deal.id) at += 1
      const from = at
      while (at < events.length && (events[at] as EventRow).deal_id === deal.id) at += 1
      const found = examine(deal, events.slice(from, at), ranksOf(ranks, deal.process_id), digits)
      if (found.wrong !== '') yield { id: deal.id, ...found }
    }
    after = last.id
  }
}

function examine(
  deal: DealRow,
  events: readonly EventRow[],
  ranks: StageRanks,
  digits: number,
): Omit<WrongDeal, 'id'> {
  try {
    const state = stateOf(events.map(toDealEvent), ranks)
    return { wrong: differences(deal, state, digits), state }
  } catch (error) {
    if (error instanceof Fault) return { wrong: error.message, state: null }
    throw error
  }
}

function differences(deal: DealRow, state: DealState, digits: number): string {
  return Object.entries(stateColumns(state, digits))
    .filter(([column, value]) => deal[column as keyof DealRow] !== value)
    .map(([column, value]) => `${column} is ${deal[column as keyof DealRow]}, not ${value}`)
    .join('; ')
}

/** Names the first deals whose state does not match their events, and counts the others. */
export function checkDealStates(
  store: Statements,
  ranks: Map<number, StageRanks>,
  digits: number,
): string[] {
  const found: string[] = []
  let more = 0
  for (const { id, wrong } of wrongDeals(store, ranks, digits)) {
    if (found.length < MOST_NAMED) found.push(`deal ${id}: ${wrong}`)
    else more += 1
  }
  if (more > 0)
    found.push(`${counted(more, 'more deal is', 'more deals are')} not as the events say`)
  return found
}
