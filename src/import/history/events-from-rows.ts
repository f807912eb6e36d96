import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { DealStatus } from '../../domain/deal-state.ts'

/** What a history may say about a deal besides its stage; null for nothing. */
interface Terms {
  amount: Money | null
  ownerId: number | null
}

/** A row of a history: the day a deal entered a stage, or was won or lost. */
export interface HistoryRow extends Terms {
  at: Day
  outcome: DealStatus
  /** Null if the row names an outcome. */
  stageId: number | null
  /** The stage it was in before, if the row says so. */
  from?: number | null
}

/** What is known of the deal's end before its history is read. */
export interface KnownOutcome extends Terms {
  status: DealStatus
  closedOn: Day | null
  /** Do the terms hold at the end, whatever the last row says? */
  termsStand: boolean
  /** The day it was opened, if that is known, and the stage, if a history gave it. */
  opening?: { on: Day | null; stageId: number | null }
}

/** An event of a history; the first is always `opened`. */
export interface HistoryEvent {
  kind: 'opened' | 'moved' | 'won' | 'lost' | 'reopened' | 'amended'
  at: Day
  stageId: number | null
  /** From then on; only where it was opened or amended. */
  terms: Terms | null
  /** False if no row says so, but only what was known of the deal before. */
  isFromFile: boolean
  /** False for an opening on an unknown day. */
  dayKnown: boolean
}

function same(a: Terms, b: Terms): boolean {
  return a.amount === b.amount && a.ownerId === b.ownerId
}

type Opening = Pick<HistoryEvent, 'at' | 'stageId' | 'isFromFile' | 'dayKnown'>

/**
 * The opening of a deal whose history begins with a row. An earlier day in the book stays: the
 * row reports a later change, and until then the deal was in the stage that the row says it came from,
 * else in the first one. Without such a day, a row that says where the deal came from, or that it
 * ended, leaves the opening day unknown.
 */
function openingOf(
  start: HistoryRow,
  { opening = { on: null, stageId: null } }: KnownOutcome,
  first: number | null,
): Opening {
  const { at, from = null, outcome } = start
  const stageId = from ?? opening.stageId ?? first
  if (opening.on !== null && opening.on < at) {
    return { at: opening.on, stageId, isFromFile: false, dayKnown: true }
  }
  const isLater = from !== null && from !== start.stageId
  if (!isLater && outcome === 'open') {
    return { at, stageId: start.stageId ?? first, isFromFile: true, dayKnown: true }
  }
  return { at, stageId, isFromFile: false, dayKnown: opening.on === at }
}

/** The events so far, and what follows from the next row. */
class EventBuilder {
  readonly events: HistoryEvent[]
  #stage: number | null
  #status: DealStatus = 'open'
  #terms: Terms

  constructor({ at, stageId, isFromFile, dayKnown }: Opening, terms: Terms) {
    this.events = [{ kind: 'opened', at, stageId, terms, isFromFile, dayKnown }]
    this.#stage = stageId
    this.#terms = terms
  }

  get status(): DealStatus {
    return this.#status
  }

  add(kind: HistoryEvent['kind'], at: Day, stageId: number | null = null, isFromFile = true): void {
    this.events.push({ kind, at, stageId, terms: null, isFromFile, dayKnown: true })
  }

  amend(at: Day, { amount, ownerId }: Terms, isFromFile = true): void {
    const terms = {
      amount: amount ?? this.#terms.amount,
      ownerId: ownerId ?? this.#terms.ownerId,
    }
    if (same(terms, this.#terms)) return
    this.events.push({ kind: 'amended', at, stageId: null, terms, isFromFile, dayKnown: true })
    this.#terms = terms
  }

  close(at: Day, outcome: 'won' | 'lost', isFromFile = true): void {
    if (outcome === this.#status) return
    if (this.#status !== 'open') this.add('reopened', at)
    this.add(outcome, at, null, isFromFile)
    this.#status = outcome
  }

  enter(at: Day, stageId: number | null): void {
    if (this.#status !== 'open') this.add('reopened', at)
    this.#status = 'open'
    if (stageId === null || stageId === this.#stage) return
    this.add('moved', at, stageId)
    this.#stage = stageId
  }
}

/**
 * Turns the rows of one deal's history into its events: opened as `openingOf` says, moved where the
 * stage changes, amended where the amount or the owner does, won or lost if a row says so,
 * reopened if a stage follows an outcome. If the history ends open but the deal is known to be
 * closed, it closes on the known day, or the last day of the history. The known amount and owner of
 * the deal hold at the end, unless `termsStand` is false.
 * @param rows by day, and within a day in the order of the file.
 * @param first the first stage of the process, for a deal whose history begins with an outcome.
 */
export function eventsFromRows(
  rows: readonly HistoryRow[],
  end: KnownOutcome,
  first: number | null,
): HistoryEvent[] {
  const [start] = rows
  if (!start) return []
  const terms = { amount: start.amount ?? end.amount, ownerId: start.ownerId ?? end.ownerId }
  const builder = new EventBuilder(openingOf(start, end, first), terms)
  let lastDay = start.at
  for (const [place, row] of rows.entries()) {
    lastDay = row.at
    builder.amend(row.at, row)
    const isLast = place === rows.length - 1
    if (isLast && end.termsStand) builder.amend(row.at, end, false)
    if (row.outcome === 'open') builder.enter(row.at, row.stageId)
    else builder.close(row.at, row.outcome)
  }
  if (builder.status === 'open' && end.status !== 'open') {
    builder.close(
      end.closedOn !== null && end.closedOn > lastDay ? end.closedOn : lastDay,
      end.status,
      false,
    )
  }
  return builder.events
}
