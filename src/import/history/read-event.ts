import type { Selectable } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { DealsTable, EventsTable } from '../../book/schema/deals.ts'
import { readChance } from '../../domain/chance/typed.ts'
import type { EventKind } from '../../domain/deal-state.ts'
import type { Rate } from '../../domain/rate.ts'
import type { Share } from '../../domain/share.ts'
import type { Cells } from '../row-cells.ts'
import { NO_TERMS } from '../../records/rows/event.ts'
import type { FileEvent } from '../events.ts'
import type { NameBook } from '../names.ts'
import type { HistoryEvent } from './events-from-rows.ts'
import { dealRate } from '../deals/terms.ts'
import { rowCurrency } from './money.ts'

type DealRow = Selectable<DealsTable>
/** An event as the book has it. */
export type EventRow = Selectable<EventsTable>

/** The kinds of events, as files name them. */
export const EVENT_KINDS: readonly EventKind[] = [
  'opened',
  'moved',
  'won',
  'lost',
  'reopened',
  'amended',
]

/** What kind of event a row names exactly, as in the files of funnel export. */
export function eventKind(cells: Cells): EventKind | null {
  const word = cells.one('event')?.toLowerCase()
  return EVENT_KINDS.find((kind) => kind === word) ?? null
}

function chanceIn(cells: Cells): Share | null {
  const cell = cells.one('chance')
  return cell === null ? null : readChance(cell)
}

/** A move to another stage states no rate, as the deal goes on. */
const UNRATED = { currency: null, rate: null }

/**
 * Reads a row that names its event. Terms without a column in the file are those of the deal.
 * @param deal amount and cost in its own currency.
 * @param book the code of the book's currency.
 * @throws Fault `usage` if a cell cannot be read.
 */
export function readEvent(
  cells: Cells,
  event: Pick<FileEvent, 'kind' | 'at' | 'stage_id'>,
  deal: DealRow,
  names: NameBook,
  book: string,
): FileEvent {
  const statesTerms = event.kind === 'opened' || event.kind === 'amended'
  const currency = rowCurrency(cells, deal, book)
  const terms = {
    amount: cells.has('amount') ? cells.money('amount', currency) : deal.amount,
    cost: cells.has('cost') ? cells.money('cost', currency) : deal.cost,
    owner_id: cells.has('owner') ? names.id('owners', cells.one('owner')) : deal.owner_id,
    expected_close: cells.has('expected-close') ? cells.day('expected-close') : deal.expected_close,
    chance: cells.has('chance') ? chanceIn(cells) : deal.chance,
  }
  return {
    ...event,
    ...(statesTerms ? terms : NO_TERMS),
    ...(event.kind === 'moved' ? UNRATED : { currency, rate: dealRate(cells) }),
    reason_id: event.kind === 'lost' ? names.id('reasons', cells.one('reason')) : null,
    note: cells.all('note').join('\n') || null,
  }
}

/** Events made from stages and days, with what else the deal and its events knew. */
export function toFileEvents(
  history: readonly HistoryEvent[],
  deal: DealRow,
  events: readonly EventRow[],
): FileEvent[] {
  const opened = events.find((event) => event.kind === 'opened')
  const lost = events.findLast((event) => event.kind === 'lost')
  const { currency } = deal
  /** The rate that an event of the book states, which the same event keeps. */
  const rateOn = (kind: EventKind, day: Day): Rate | null | undefined =>
    events.find((event) => event.kind === kind && event.at === day && event.currency === currency)
      ?.rate
  const lostOn = (day: Day): EventRow | undefined =>
    events.find(({ kind, at }) => kind === 'lost' && at === day) ?? lost
  return history.map(({ kind, at, stageId, terms, dayKnown }) => ({
    kind,
    at,
    day_known: dayKnown ? 1 : 0,
    stage_id: stageId,
    reason_id: kind === 'lost' ? (lostOn(at)?.reason_id ?? null) : null,
    note: kind === 'opened' ? (opened?.note ?? null) : null,
    ...(terms
      ? {
          amount: terms.amount,
          cost: deal.cost,
          owner_id: terms.ownerId,
          expected_close: deal.expected_close,
          chance: deal.chance,
        }
      : NO_TERMS),
    ...(kind === 'moved' ? UNRATED : { currency, rate: rateOn(kind, at) }),
  }))
}

/**
 * Does a history say no more about a deal than its outcome, with no stage that it was in, when that
 * is all the book has of it?
 */
export function isOutcomeAlone(
  deal: DealRow,
  rows: readonly { stageId: number | null; from?: number | null }[],
): boolean {
  const namesStage = rows.some(({ stageId, from = null }) => stageId !== null || from !== null)
  return deal.outcome_only === 1 && deal.status !== 'open' && !namesStage
}

// A history of stages says nothing of reasons and notes.
const STEP = ['kind', 'at', 'stage_id', 'amount', 'owner_id'] as const
const ALL = [...STEP, 'cost', 'expected_close', 'chance', 'currency', 'reason_id', 'note'] as const

/** True if the deal's events are those given. @param toTheLetter in everything that an event has. */
export function isSame(
  events: readonly EventRow[],
  fileEvents: readonly FileEvent[],
  toTheLetter: boolean,
): boolean {
  const keys = toTheLetter ? ALL : STEP
  return (
    events.length === fileEvents.length &&
    events.every(
      (event, index) =>
        event.day_known === (fileEvents[index]?.day_known ?? 1) &&
        (!toTheLetter || [event.rate, undefined].includes(fileEvents[index]?.rate)) &&
        keys.every((key) => event[key] === fileEvents[index]?.[key]),
    )
  )
}
