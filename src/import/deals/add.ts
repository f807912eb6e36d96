import type { Database } from 'better-sqlite3'
import { standingColumns } from '../../book/projection.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey, tidyText } from '../../domain/name.ts'
import { openingStage } from '../../records/deals.ts'
import type { Process } from '../../records/processes.ts'
import { eventAdder, NO_TERMS, standingAfter, type ToldEvent } from '../events.ts'
import type { Origin } from '../outcome.ts'
import type { DealDraft, dealIds } from './draft.ts'

/** A row's deal, its names found in the book. */
export interface FoundDeal {
  draft: DealDraft
  ids: ReturnType<typeof dealIds>
  client: number
  process: Process
  /** The stage that the row names; null is the first. */
  stage: number | null
  /** The day it was opened, or what stands in for it; and the day of its outcome if it has one. */
  opened: Day
  openedKnown: boolean
  closed: Day
}

function eventsOf({ draft, ids, process, stage, ...days }: FoundDeal): ToldEvent[] {
  const opening: ToldEvent = {
    kind: 'opened',
    at: days.opened,
    day_known: days.openedKnown ? 1 : 0,
    stage_id: openingStage(process, stage),
    reason_id: null,
    amount: draft.amount,
    cost: draft.cost,
    owner_id: ids.owner,
    expected_close: draft.expectedClose,
    note: tidyText(draft.note ?? '') || null,
  }
  if (draft.status === 'open') return [opening]
  const outcome = { kind: draft.status, at: days.closed, stage_id: null, reason_id: ids.reason }
  return [opening, { ...outcome, ...NO_TERMS, note: null }]
}

const COLUMNS = `ref, client_id, process_id, title, title_key, need, source_id, import_id, import_row,
  outcome_only, stage_known, amount, cost, owner_id, expected_close, status, stage_id, furthest_stage_id,
  stage_since, opened_on, opened_known, since_known, closed_on, reason_id`

/** A deal that enters no second stage has reached no other. */
const NO_RANKS = new Map<number, number>()

/**
 * Adds deals that the book does not have, each with its events and where it stands after them.
 * Returns the deal's number.
 * @throws Fault `usage` where the process has no such stage any more.
 */
export function dealAdder(
  raw: Database,
  recordedAt: string,
): (deal: FoundDeal, origin: Origin) => number {
  const places = COLUMNS.split(',').map(() => '?')
  const insert = raw.prepare(`INSERT INTO deals (${COLUMNS}) VALUES (${places.join(', ')})`)
  const addEvents = eventAdder(raw, recordedAt)
  return (deal, { importId, row }) => {
    const { draft } = deal
    const events = eventsOf(deal)
    const standing = standingColumns(standingAfter(events, NO_RANKS))
    const { lastInsertRowid } = insert.run(
      draft.ref,
      deal.client,
      deal.process.id,
      draft.title,
      nameKey(draft.title),
      tidyText(draft.need ?? '') || null,
      deal.ids.source,
      importId(),
      row,
      draft.status === 'open' ? 0 : 1,
      draft.status === 'won' && deal.stage === null ? 0 : 1,
      standing.amount,
      standing.cost,
      standing.owner_id,
      standing.expected_close,
      standing.status,
      standing.stage_id,
      standing.furthest_stage_id,
      standing.stage_since,
      standing.opened_on,
      standing.opened_known,
      standing.since_known,
      standing.closed_on,
      standing.reason_id,
    )
    const id = Number(lastInsertRowid)
    addEvents(id, events)
    return id
  }
}
