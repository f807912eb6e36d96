import type { Book } from '../book/open.ts'
import { LOST, MOVED, WON } from '../domain/chance/stay-counts.ts'
import { type Day, toEpochDay } from '../domain/day.ts'
import { type Money, profitOf } from '../domain/money.ts'
import { knownZone } from '../domain/zone.ts'
import { eachDeal } from '../reports/pace/deals.ts'
import { inProcessOrder, loadPlaces } from '../reports/stage-order.ts'
import { within, type Scope } from '../reports/scope.ts'
import { type Ledger, ledgerBuilder } from './model/ledger.ts'
import type { Place } from '../domain/chance/seen.ts'
import type { Selection } from './model/deals-on-day.ts'

/** What is forecast: minor units of profit or amount, or the number of deals. */
export type ForecastMeasure = 'profit' | 'amount' | 'deals'

/** The history of a book up to a day, and what to say about it. */
export interface Loaded {
  ledger: Ledger
  /** Deals that are only opened after the day. */
  future: number
  /** Deals that were imported with an outcome but no history. */
  outcomeOnly: number
  /** Deals with an unknown closing day: that of their import stands in. */
  undated: number
  /** Deals with an amount, and those of them without a cost. */
  valued: number
  withoutCost: number
}

/**
 * The day on which the first deal was entered, in the book's zone. Events are numbered as they were
 * recorded.
 */
function begunOn({ store }: Book, dayOf: (moment: string) => number): number | null {
  const first = store.prepare('SELECT recorded_at FROM events ORDER BY id LIMIT 1').pluck().get()
  return typeof first === 'string' ? dayOf(first) : null
}

/** The day of a moment (UTC, ISO text) in the book's zone; each is worked out once. */
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
  return inProcessOrder((await loadPlaces(db)).filter((place) => used.has(place.processId)))
}

/** Which deals a scope means: of a process, source or owner, and of clients that meet a condition. */
export async function selectionOf({ db }: Book, scope: Scope): Promise<Selection> {
  const { clients, deals, asOf, settings } = scope
  const rows =
    clients || deals
      ? await within(() => db.selectFrom('deals as d'), { clients, deals, asOf, settings })
          .select('d.id')
          .execute()
      : undefined
  return {
    processId: scope.process?.id,
    sourceId: scope.source?.id,
    ownerId: scope.owner?.id,
    deals: rows && new Set(rows.map(({ id }) => id)),
  }
}

const EXITS = { moved: MOVED, won: WON, lost: LOST } as const

/** Reads the history of all deals, as known at the end of a day, in one pass over their stays. */
export async function loadLedger(book: Book, asOf: Day, measure: ForecastMeasure): Promise<Loaded> {
  const deals = book.store.prepare('SELECT count(*) FROM deals').pluck().get() as number
  const builder = ledgerBuilder(await usedPlaces(book), deals)
  const { margin } = book.settings
  const dayOf = daysOfMoments(book)
  const count = { outcomeOnly: 0, undated: 0, valued: 0, withoutCost: 0 }
  const valueOf = (amount: Money | null, cost: Money | null): number => {
    if (measure === 'deals') return 1
    return (measure === 'amount' ? amount : profitOf(amount, cost, margin)) ?? 0
  }
  await eachDeal(book.db, { asOf }, (deal) => {
    const { id, process: processId, source: sourceId, outcomeOnly, openedKnown } = deal
    builder.deal({ id, processId, sourceId, outcomeOnly, openedKnown })
    if (outcomeOnly) count.outcomeOnly += 1
    if (deal.amount !== null) count.valued += 1
    if (deal.amount !== null && deal.cost === null) count.withoutCost += 1
    for (let term = 0; term < deal.terms; term += 1) {
      const amount = (deal.amounts[term] ?? null) as Money | null
      const cost = (deal.costs[term] ?? null) as Money | null
      builder.agree(deal.termDays[term] as number, valueOf(amount, cost), deal.owners[term] ?? null)
    }
    for (let stay = 0; stay < deal.stays; stay += 1) {
      builder.enter(deal.stages[stay] || null, deal.came[stay] as number)
      const end = deal.ends[stay] ?? null
      if (end === null) continue
      const isKnown = deal.endsKnown[stay] !== false
      if (!isKnown) count.undated += 1
      builder.leave(EXITS[end], deal.gone[stay] as number, isKnown)
    }
  })
  const future = book.store
    .prepare("SELECT count(*) FROM events WHERE at > ? AND kind = 'opened'")
    .pluck()
    .get(asOf) as number
  return { ledger: builder.finish(begunOn(book, dayOf)), future, ...count }
}
