import type { Store } from '../../book/store/store.ts'
import type { Selectable } from 'kysely'
import type { DealsTable } from '../../book/schema/deals.ts'
import {
  eventsFromRows,
  type HistoryEvent,
  type KnownOutcome,
  type HistoryRow,
} from './events-from-rows.ts'
import { joined, rowsFromEvents } from './join-rows.ts'
import type { FileEvent } from '../events.ts'
import { type EventRow, toFileEvents, isSame } from './read-event.ts'

type DealRow = Selectable<DealsTable>

/** Deals whose events came with a history. */
const DEALS_WITH_HISTORY = `
  SELECT DISTINCT e.deal_id FROM imports m
  JOIN operation_inserts f
    ON f.table_name = 'imports' AND m.id BETWEEN f.first_id AND f.last_id
  JOIN operation_inserts i ON i.operation_id = f.operation_id AND i.table_name = 'events'
  JOIN events e ON e.id BETWEEN i.first_id AND i.last_id
  WHERE m.what = 'history'`

/** Deals with events that were entered in this book, and not imported, and deals with lines, which make up the amount. */
const WORKED_ON = `
  SELECT DISTINCT e.deal_id FROM operation_inserts i
  JOIN events e ON e.id BETWEEN i.first_id AND i.last_id
  WHERE i.table_name = 'events' AND NOT EXISTS (
    SELECT 1 FROM operation_inserts f
    WHERE f.operation_id = i.operation_id AND f.table_name = 'imports')
  UNION SELECT deal_id FROM deal_lines`

/** The events that a deal is to have, and the indexes of those that no row gives. */
interface Combined {
  events: FileEvent[]
  inferred: number[]
  /** Why they must not replace those that are known. */
  refusal: string | null
}

const ROWS = {
  isSame: (one: HistoryRow, other: HistoryRow): boolean =>
    one.outcome === other.outcome && one.stageId === other.stageId,
  isEnd: ({ outcome }: HistoryRow): boolean => outcome !== 'open',
  both: (inBook: HistoryRow, inFile: HistoryRow): HistoryRow => ({
    ...inFile,
    amount: inFile.amount ?? inBook.amount,
    ownerId: inFile.ownerId ?? inBook.ownerId,
  }),
}

const EVENTS = {
  isSame(one: FileEvent, other: FileEvent): boolean {
    if (one.kind === 'opened') return other.kind === 'opened'
    const keys = ['kind', 'stage_id', 'amount', 'cost', 'currency', 'owner_id'] as const
    return [...keys, 'expected_close' as const].every((key) => one[key] === other[key])
  },
  isEnd: ({ kind }: FileEvent): boolean => kind === 'won' || kind === 'lost',
  both: (_: FileEvent, inFile: FileEvent): FileEvent => inFile,
  overrides: (inBook: FileEvent, inFile: FileEvent): boolean =>
    inBook.kind === 'amended' && inFile.kind === 'amended',
}

function asFileEvent({
  id: _id,
  deal_id: _deal,
  recorded_at: _moment,
  ...event
}: EventRow): FileEvent {
  return event
}

/** Do the events contain what rows of stages, amounts and owners cannot say? */
function saysMore(events: readonly EventRow[], deal: DealRow): boolean {
  return events.some(
    ({ kind, note, cost, currency, expected_close: expected, chance }) =>
      (note !== null && kind !== 'opened') ||
      ((kind === 'opened' || kind === 'amended') &&
        (cost !== deal.cost ||
          currency !== deal.currency ||
          expected !== deal.expected_close ||
          chance !== deal.chance)),
  )
}

/**
 * What earlier histories gave. Later ones are added to it: a rejected row that was corrected,
 * or a history in several files, loses nothing. An event that no row gave, but that follows from what
 * was known of the deal before (how it ended), keeps the moment at which that was entered, and gives way
 * when a later file says more.
 */
export function earlierHistories(store: Store) {
  const deals = new Set(store.prepare(DEALS_WITH_HISTORY).pluck().all() as number[])
  const moments = new Set(
    store.prepare("SELECT at FROM imports WHERE what = 'history'").pluck().all() as string[],
  )
  const idsOf = store.prepare('SELECT id FROM events WHERE deal_id = ? ORDER BY at, id').pluck()
  const setMoment = store.prepare('UPDATE events SET recorded_at = ? WHERE id = ?')
  const isFromFile = ({ recorded_at: moment }: EventRow): boolean => moments.has(moment)

  /** What is known of the deal besides its history. */
  const endOf = (deal: DealRow, events: readonly EventRow[]): KnownOutcome => {
    const { status, closed_on: closedOn, amount, owner_id: ownerId } = deal
    const on = deal.opened_known === 1 ? deal.opened_on : null
    if (!deals.has(deal.id)) {
      const opening = { on, stageId: null }
      return { status, closedOn, amount, ownerId, termsStand: true, opening }
    }
    const opened = events.find(({ kind }) => kind === 'opened')
    const last = events.findLast(EVENTS.isEnd)
    const isOpen = last !== undefined && isFromFile(last)
    return {
      status: isOpen ? 'open' : status,
      closedOn: isOpen ? null : closedOn,
      amount,
      ownerId,
      termsStand: events.some((event) => event.kind === 'amended' && !isFromFile(event)),
      opening: { on, stageId: opened?.stage_id ?? null },
    }
  }

  /** If no row gave the opening, the first row gets those of its terms that differ from the deal's final ones. */
  const withOpeningTerms = (
    rows: HistoryRow[],
    [opened]: readonly EventRow[],
    deal: DealRow,
  ): HistoryRow[] => {
    const [first, ...rest] = rows
    if (!first || !opened || isFromFile(opened)) return rows
    const { amount, ownerId } = first
    const own = {
      amount: opened.amount === deal.amount ? null : opened.amount,
      ownerId: opened.owner_id === deal.owner_id ? null : opened.owner_id,
    }
    return [{ ...first, amount: amount ?? own.amount, ownerId: ownerId ?? own.ownerId }, ...rest]
  }

  return {
    /** Do all of the deal's events, except those that `inferred` lists, come from a history? */
    isFull: (deal: DealRow, events: readonly EventRow[], inferred: readonly number[]): boolean =>
      deals.has(deal.id) &&
      events.every((event, index) => isFromFile(event) || inferred.includes(index)),

    /** Are the rows, which name their event, already among the deal's events, exactly? */
    holds: (events: readonly EventRow[], rows: readonly FileEvent[]): boolean =>
      isSame(events, joined(events.map(asFileEvent), rows, EVENTS), true),

    /** The events of a deal with rows that name their event. */
    withEvents(deal: DealRow, events: readonly EventRow[], rows: readonly FileEvent[]): Combined {
      const isWhole = rows.some(({ kind }) => kind === 'opened')
      const before = isWhole ? [] : events
      const fromFiles = deals.has(deal.id) ? events.filter(isFromFile) : before
      const all = joined(fromFiles.map(asFileEvent), rows, EVENTS)
      return { events: all, inferred: [], refusal: null }
    },

    /** The events of a deal with rows of stages and outcomes. */
    withRows(
      deal: DealRow,
      events: readonly EventRow[],
      rows: readonly HistoryRow[],
      first: number | null,
    ): Combined {
      const fromFiles = deals.has(deal.id) ? events.filter(isFromFile) : []
      const all = joined(withOpeningTerms(rowsFromEvents(fromFiles), events, deal), rows, ROWS)
      const rebuilt: HistoryEvent[] = eventsFromRows(all, endOf(deal, events), first)
      return {
        events: toFileEvents(rebuilt, deal, events),
        inferred: rebuilt.flatMap((event, index) => (event.isFromFile ? [] : [index])),
        refusal: saysMore(fromFiles, deal)
          ? `the course of deal ${deal.id} has costs, days, chances or remarks that a list of stages would lose ` +
            '(undo the import that told it, or name the event in each row)'
          : null,
      }
    },

    /** Marks the events that no row gave, once they are written. */
    mark(deal: DealRow, before: readonly EventRow[], inferred: readonly number[]): void {
      const moment = before.find((event) => !isFromFile(event))?.recorded_at
      if (moment === undefined || inferred.length === 0) return
      const ids = idsOf.all(deal.id)
      for (const index of inferred) setMoment.run(moment, ids[index])
    },
  }
}

/** The numbers of deals with events that were entered in this book, and not imported. */
export function workedOnDeals(store: Store): Set<number> {
  return new Set(store.prepare(WORKED_ON).pluck().all() as number[])
}
