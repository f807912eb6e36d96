import type { Place } from '../../domain/chance/seen.ts'
import { LOST, MOVED, OPEN, WON } from '../../domain/chance/stay-counts.ts'
import type { EventKind } from '../../domain/deal-state.ts'

/** What a visit that has not ended is given as its last day. */
export const NEVER = 2_147_483_647

/**
 * The history of all deals, as visits of places. Days are whole days since 1970-01-01, values what
 * is forecast (minor units, or 1 a deal). Visits and terms stand in the order of deals, then days,
 * so that what was known on a day is had by leaving out what is later.
 */
export interface Ledger {
  /** In the order of process, then position. */
  places: readonly Place[]
  dealId: Int32Array
  process: Int32Array
  source: Int32Array
  /** 1 for a deal whose way to its outcome is not known. */
  outcomeOnly: Uint8Array
  /** 0 for a deal whose opening day nobody knows: its first visit begins on a day that stands in. */
  openedKnown: Uint8Array
  /** The day on which the book's first deal was entered; null where there is none. */
  begunOn: number | null
  /** Terms of deal d: from `termStart[d]` to before `termStart[d + 1]`. */
  termStart: Int32Array
  termDay: Int32Array
  termValue: Float64Array
  termOwner: Int32Array
  visitDeal: Int32Array
  visitPlace: Int32Array
  visitFrom: Int32Array
  /** The day on which the visit ended, `NEVER` if it has not. */
  visitTo: Int32Array
  visitExit: Uint8Array
  /** The place moved to; −1 where the visit did not end so. */
  visitNext: Int32Array
  /** 0 where nobody knows the day on which the visit ended: that of an import stands in. */
  visitEndKnown: Uint8Array
}

/** A deal as the ledger wants it. */
export interface LedgerDeal {
  id: number
  processId: number
  sourceId: number | null
  outcomeOnly: boolean
  /** True where nothing is said. */
  openedKnown?: boolean
}

/** An event as the ledger wants it; `value` and `owner` count where terms are stated. */
export interface LedgerEvent {
  kind: EventKind
  day: number
  stageId: number | null
  value: number
  ownerId: number | null
  /** False for an outcome whose day nobody knows, and that of an import stands in; else true. */
  dayKnown?: boolean
}

/** Makes a ledger of deals and their events, given deal by deal in the order they happened. */
export function ledgerBuilder(known: readonly Place[]) {
  const places = [...known]
  const index = new Map(places.map((place, at) => [`${place.processId}:${place.stageId}`, at]))
  const deals = {
    id: [] as number[],
    process: [] as number[],
    source: [] as number[],
    only: [] as number[],
    known: [] as number[],
  }
  const terms = {
    start: [] as number[],
    day: [] as number[],
    value: [] as number[],
    owner: [] as number[],
  }
  const visits = {
    deal: [] as number[],
    place: [] as number[],
    from: [] as number[],
    to: [] as number[],
    exit: [] as number[],
    next: [] as number[],
    endKnown: [] as number[],
  }

  const placeOf = (processId: number, stageId: number | null): number => {
    const key = `${processId}:${stageId}`
    const found = index.get(key)
    if (found !== undefined) return found
    index.set(key, places.length)
    places.push({ processId, stageId, name: '', template: null })
    return places.length - 1
  }
  const enter = (place: number, day: number): void => {
    visits.deal.push(deals.id.length - 1)
    visits.place.push(place)
    visits.from.push(day)
    visits.to.push(NEVER)
    visits.exit.push(OPEN)
    visits.next.push(-1)
    visits.endKnown.push(1)
  }
  const leave = (exit: number, day: number, next: number, dayKnown = true): void => {
    const last = visits.to.length - 1
    visits.to[last] = day
    visits.exit[last] = exit
    visits.next[last] = next
    visits.endKnown[last] = dayKnown ? 1 : 0
  }
  const agree = ({ day, value, ownerId }: LedgerEvent): void => {
    terms.day.push(day)
    terms.value.push(value)
    terms.owner.push(ownerId ?? -1)
  }

  return {
    deal({ id, processId, sourceId, outcomeOnly, openedKnown = true }: LedgerDeal): void {
      deals.id.push(id)
      deals.process.push(processId)
      deals.source.push(sourceId ?? -1)
      deals.only.push(outcomeOnly ? 1 : 0)
      deals.known.push(openedKnown ? 1 : 0)
      terms.start.push(terms.day.length)
    },
    event(event: LedgerEvent): void {
      const { kind, day, stageId, dayKnown } = event
      const processId = deals.process.at(-1) as number
      if (kind === 'opened') {
        agree(event)
        enter(placeOf(processId, stageId), day)
      } else if (kind === 'amended') agree(event)
      else if (kind === 'moved') {
        const place = placeOf(processId, stageId)
        leave(MOVED, day, place)
        enter(place, day)
      } else if (kind === 'reopened') enter(visits.place.at(-1) as number, day)
      else leave(kind === 'won' ? WON : LOST, day, -1, dayKnown)
    },
    finish(begunOn: number | null = null): Ledger {
      return {
        places,
        dealId: Int32Array.from(deals.id),
        process: Int32Array.from(deals.process),
        source: Int32Array.from(deals.source),
        outcomeOnly: Uint8Array.from(deals.only),
        openedKnown: Uint8Array.from(deals.known),
        begunOn,
        termStart: Int32Array.from([...terms.start, terms.day.length]),
        termDay: Int32Array.from(terms.day),
        termValue: Float64Array.from(terms.value),
        termOwner: Int32Array.from(terms.owner),
        visitDeal: Int32Array.from(visits.deal),
        visitPlace: Int32Array.from(visits.place),
        visitFrom: Int32Array.from(visits.from),
        visitTo: Int32Array.from(visits.to),
        visitExit: Uint8Array.from(visits.exit),
        visitNext: Int32Array.from(visits.next),
        visitEndKnown: Uint8Array.from(visits.endKnown),
      }
    },
  }
}
