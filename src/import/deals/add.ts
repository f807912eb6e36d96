import type { RateFinder } from '../../book/rates.ts'
import type { Day } from '../../domain/day.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { openingStage } from '../../records/deals.ts'
import type { Process } from '../../records/processes.ts'
import { dealRow } from '../../records/rows/deal.ts'
import { NO_TERMS } from '../../records/rows/event.ts'
import { eventAdder, stateAfter, type FileEvent } from '../events.ts'
import type { Origin } from '../outcome.ts'
import type { DealDraft, dealIds } from './draft.ts'
import type { DealTables } from './tables.ts'

/** A row's deal, its names found in the book. */
export interface FoundDeal {
  draft: DealDraft
  ids: ReturnType<typeof dealIds>
  client: number
  /** The person at the client, by number. */
  contact: number | null
  process: Process
  /** The stage that the row names; null is the first. */
  stage: number | null
  /** The day it was opened, or what stands in for it; and the day of its outcome if it has one. */
  opened: Day
  openedKnown: boolean
  closed: Day
}

/** The stage that a row's deal is put in: a closed one may have been in a stage that is retired since. */
function stageOf({ draft, process, stage }: FoundDeal): number | null {
  const had = process.stages.some(({ stageId }) => stageId === stage)
  return draft.status !== 'open' && had ? stage : openingStage(process, stage)
}

function eventsOf(deal: FoundDeal, rateOf: RateFinder): FileEvent[] {
  const { draft, ids, ...days } = deal
  const { currency } = draft
  const rated = (on: Day) =>
    currency === null ? {} : { currency, rate: rateOf(currency, on)?.rate ?? null }
  const opening: FileEvent = {
    kind: 'opened',
    at: days.opened,
    day_known: days.openedKnown ? 1 : 0,
    stage_id: stageOf(deal),
    reason_id: null,
    amount: draft.amount,
    cost: draft.cost,
    owner_id: ids.owner,
    expected_close: draft.expectedClose,
    chance: draft.chance,
    note: null,
    ...rated(days.opened),
  }
  if (draft.status === 'open') return [opening]
  const outcome = { kind: draft.status, at: days.closed, stage_id: null, reason_id: ids.reason }
  const closing = {
    ...rated(days.closed),
    ...(draft.rate === undefined ? {} : { rate: draft.rate }),
  }
  return [opening, { note: null, ...NO_TERMS, ...outcome, ...closing }]
}

/** A deal that enters no second stage has reached no other. */
const NO_RANKS = new Map<number, number>()

/**
 * Adds deals that the book does not have, each with its events and its state after them.
 * Returns the deal's number.
 * @param how `recordedAt` the moment of entry; `digits` decimals of the book's currency; `rateOf` its rates.
 * @throws Fault `usage` if the process no longer has the stage of an open deal.
 */
export function dealAdder(
  to: DealTables,
  { recordedAt, digits, rateOf }: { recordedAt: string; digits: number; rateOf: RateFinder },
): (deal: FoundDeal, origin: Origin) => number {
  const addEvents = eventAdder(to.events.add, recordedAt)
  return (deal, { importId, row }) => {
    const { draft } = deal
    const events = eventsOf(deal, rateOf)
    const columns = {
      ref: draft.ref,
      clientId: deal.client,
      processId: deal.process.id,
      title: draft.title,
      ...perField(DEAL_TEXTS, (name) => draft[name]),
      sourceId: deal.ids.source,
      contactId: deal.contact,
      outcomeOnly: draft.status !== 'open',
      stageKnown: draft.status !== 'won' || deal.stage !== null,
      origin: { importId: importId(), row },
    }
    const id = to.deals.add(dealRow(columns, stateAfter(events, NO_RANKS), digits))
    addEvents(id, events)
    return id
  }
}
