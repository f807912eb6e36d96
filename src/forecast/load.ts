import type { Book } from '../book/open.ts'
import { sql } from 'kysely'
import { epochDayText } from '../book/store/sql.ts'
import { type Day, toEpochDay } from '../domain/day.ts'
import { type Money, profitOf } from '../domain/money.ts'
import type { EventKind } from '../domain/deal-state.ts'
import { knownZone } from '../domain/zone.ts'
import { loadPlaces } from '../reports/stage-order.ts'
import { ofClients, type Scope } from '../reports/scope.ts'
import { type Ledger, ledgerBuilder } from './model/ledger.ts'
import type { Place } from '../domain/chance/seen.ts'
import type { Selection } from './model/deals-on-day.ts'

/** What is forecast: minor units of profit or amount, or the number of deals. */
export type ForecastMeasure = 'profit' | 'amount' | 'deals'

/** The history of a book up to a day, and what is to be said about it. */
export interface Loaded {
  ledger: Ledger
  /** Deals that are only opened after the day. */
  future: number
  /** Deals that came with an outcome and no way to it. */
  outcomeOnly: number
  /** Deals whose closing day nobody knows: that of their import stands in. */
  undated: number
  /** Deals with an amount, and those of them without a cost. */
  valued: number
  withoutCost: number
}

type EventLine = [
  deal: number,
  process: number,
  source: number | null,
  outcomeOnly: number,
  openedKnown: number,
  kind: EventKind,
  day: number,
  stage: number | null,
  amount: Money | null,
  cost: Money | null,
  owner: number | null,
  closingKnown: number,
]

const COLUMNS = [
  'deal_id',
  'process_id',
  'source_id',
  'outcome_only',
  'opened_known',
  'kind',
  'day',
  'stage_id',
  'amount',
  'cost',
  'owner_id',
  'closing_known',
]
const EVENTS = `
    SELECT e.deal_id, d.process_id, d.source_id, d.outcome_only, d.opened_known, e.kind,
      ${epochDayText('e.at')} AS day, e.stage_id, e.amount, e.cost,
      e.owner_id,
      CASE WHEN e.kind IN ('won', 'lost') AND d.import_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM imports m WHERE m.id = d.import_id AND m.at = e.recorded_at AND m.day = e.at
      ) THEN 0 ELSE 1 END AS closing_known
    FROM events e JOIN deals d ON d.id = e.deal_id
    WHERE e.at <= ?
    ORDER BY e.deal_id, e.at, e.id`

/** Hands over what is known of every event up to a day: deal by deal, in the order they happened. */
function readEvents({ store }: Book, asOf: Day, take: (...line: EventLine) => void): void {
  store.stream(COLUMNS, EVENTS, [asOf], take)
}

/**
 * The day on which the first deal was entered, in the book's zone. Events are numbered as they were
 * recorded.
 */
function begunOn({ store }: Book, dayOf: (moment: string) => number): number | null {
  const first = store.prepare('SELECT recorded_at FROM events ORDER BY id LIMIT 1').pluck().get()
  return typeof first === 'string' ? dayOf(first) : null
}

/** The day in the book's zone of a moment, UTC as ISO text; each is worked out once. */
function daysOfMoments({ settings }: Book): (moment: string) => number {
  const timeZone = knownZone(settings.timezone)
  // Swedish writes days as ISO does.
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' })
  const days = new Map<string, number>()
  return (moment) => {
    const known = days.get(moment)
    if (known !== undefined) return known
    const day = toEpochDay(format.format(new Date(moment)) as Day)
    days.set(moment, day)
    return day
  }
}

/** The places of the processes that have deals, in the order of process and position. */
async function usedPlaces({ db, store }: Book): Promise<Place[]> {
  const used = new Set(store.prepare('SELECT DISTINCT process_id FROM deals').pluck().all())
  return (await loadPlaces(db))
    .filter((place) => used.has(place.processId))
    .toSorted((a, b) => a.processId - b.processId || a.position - b.position)
    .map(({ processId, stageId, name, probability }) => ({
      processId,
      stageId,
      name,
      template: probability,
    }))
}

/** Which deals a scope means: of a process, source or owner, and of clients that meet a condition. */
export async function selectionOf({ db }: Book, scope: Scope): Promise<Selection> {
  const test = ofClients(scope, 'd.client_id')
  const rows = test
    ? (await sql<{ id: number }>`SELECT d.id FROM deals AS d WHERE ${test}`.execute(db)).rows
    : undefined
  return {
    processId: scope.process?.id,
    sourceId: scope.source?.id,
    ownerId: scope.owner?.id,
    deals: rows && new Set(rows.map(({ id }) => id)),
  }
}

/** Reads the history of all deals, as known at the end of a day, in one pass over the events. */
export async function loadLedger(book: Book, asOf: Day, measure: ForecastMeasure): Promise<Loaded> {
  const builder = ledgerBuilder(await usedPlaces(book))
  const { margin } = book.settings
  const dayOf = daysOfMoments(book)
  let last = -1
  const count = { outcomeOnly: 0, undated: 0, valued: 0, withoutCost: 0 }
  let terms = { amount: null as Money | null, cost: null as Money | null }
  const countTerms = (): void => {
    if (terms.amount === null) return
    count.valued += 1
    if (terms.cost === null) count.withoutCost += 1
  }
  readEvents(
    book,
    asOf,
    (
      id,
      processId,
      sourceId,
      only,
      known,
      kind,
      day,
      stageId,
      amount,
      cost,
      ownerId,
      closingKnown,
    ) => {
      if (id !== last) {
        countTerms()
        builder.deal({ id, processId, sourceId, outcomeOnly: only === 1, openedKnown: known === 1 })
        count.outcomeOnly += only
        last = id
      }
      if (kind === 'opened' || kind === 'amended') terms = { amount, cost }
      const value =
        measure === 'deals' ? 1 : measure === 'amount' ? amount : profitOf(amount, cost, margin)
      // A deal that came closed, on the day of its import, came without the day.
      const dayKnown = closingKnown === 1
      if (!dayKnown) count.undated += 1
      builder.event({ kind, day, stageId, value: value ?? 0, ownerId, dayKnown })
    },
  )
  countTerms()
  const future = book.store
    .prepare("SELECT count(*) FROM events WHERE at > ? AND kind = 'opened'")
    .pluck()
    .get(asOf) as number
  return { ledger: builder.finish(begunOn(book, dayOf)), future, ...count }
}
