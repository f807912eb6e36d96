import type { Place } from '../../domain/chance/seen.ts'
import { OPEN } from '../../domain/chance/stay-counts.ts'
import { growing } from './column.ts'

/** The last day of a visit that has not ended. */
export const NEVER = 2_147_483_647

/**
 * The history of all deals, as visits of places. Days are whole days since 1970-01-01, values what
 * is forecast (minor units, or 1 per deal). Visits and terms are in the order of deals, then days,
 * so that leaving out what is later gives what was known on a day.
 */
export interface Ledger {
  /** In the order of process, then position. */
  places: readonly Place[]
  dealId: Int32Array
  process: Int32Array
  source: Int32Array
  /** 1 for a deal whose history is not known. */
  outcomeOnly: Uint8Array
  /** 0 for a deal whose opening day nobody knows: its first visit begins on a day that stands in. */
  openedKnown: Uint8Array
  /** The day on which the book's first deal was entered; null if there is none. */
  begunOn: number | null
  /** Terms of deal d: from `termStart[d]` to before `termStart[d + 1]`. */
  termStart: Int32Array
  termDay: Int32Array
  termValue: Float64Array
  termOwner: Int32Array
  visitDeal: Int32Array
  visitPlace: Uint16Array
  visitFrom: Int32Array
  /** The day on which the visit ended, `NEVER` if it has not. */
  visitTo: Int32Array
  visitExit: Uint8Array
  /** 0 if nobody knows the day on which the visit ended: that of an import stands in. */
  visitEndKnown: Uint8Array
}

/** A deal as the ledger takes it. */
export interface LedgerDeal {
  id: number
  processId: number
  sourceId: number | null
  outcomeOnly: boolean
  /** True by default. */
  openedKnown?: boolean
}

/** Average number of terms and visits per deal, on the high side. */
const TERMS = 2
const VISITS = 8

/**
 * Makes a ledger of deals, given one after another: each with its terms and its visits in their order.
 * @param count roughly how many deals there are.
 */
export function ledgerBuilder(known: readonly Place[], count = 0) {
  const places = [...known]
  /** The places of each process, by stage. */
  const index = new Map<number, Map<number | null, number>>()
  places.forEach(({ processId, stageId }, at) => {
    index.set(processId, (index.get(processId) ?? new Map()).set(stageId, at))
  })
  const ids = (each: number) => growing((size) => new Int32Array(size), each * count)
  const marks = (each: number) => growing((size) => new Uint8Array(size), each * count)
  const deals = { id: ids(1), process: ids(1), source: ids(1), only: marks(1), known: marks(1) }
  const terms = {
    start: ids(1),
    day: ids(TERMS),
    value: growing((size) => new Float64Array(size), TERMS * count),
    owner: ids(TERMS),
  }
  const visits = {
    deal: ids(VISITS),
    place: growing((size) => new Uint16Array(size), VISITS * count),
    from: ids(VISITS),
    to: ids(VISITS),
    exit: marks(VISITS),
    endKnown: marks(VISITS),
  }

  const placeOf = (processId: number, stageId: number | null): number => {
    const ofProcess = index.get(processId) ?? new Map<number | null, number>()
    const found = ofProcess.get(stageId)
    if (found !== undefined) return found
    index.set(processId, ofProcess.set(stageId, places.length))
    places.push({ processId, stageId, name: '', template: null })
    return places.length - 1
  }

  return {
    deal({ id, processId, sourceId, outcomeOnly, openedKnown = true }: LedgerDeal): void {
      deals.id.push(id)
      deals.process.push(processId)
      deals.source.push(sourceId ?? -1)
      deals.only.push(outcomeOnly ? 1 : 0)
      deals.known.push(openedKnown ? 1 : 0)
      terms.start.push(terms.day.length())
    },
    /** The terms of the last deal from a day on. */
    agree(day: number, value: number, ownerId: number | null): void {
      terms.day.push(day)
      terms.value.push(value)
      terms.owner.push(ownerId ?? -1)
    },
    /** The last deal enters a stage. */
    enter(stageId: number | null, day: number): void {
      visits.deal.push(deals.id.length() - 1)
      visits.place.push(placeOf(deals.process.last(), stageId))
      visits.from.push(day)
      visits.to.push(NEVER)
      visits.exit.push(OPEN)
      visits.endKnown.push(1)
    },
    /**
     * It leaves the stage: `MOVED`, `WON` or `LOST`.
     * @param dayKnown false for an outcome whose day nobody knows, so that the import’s day stands in.
     */
    leave(exit: number, day: number, dayKnown = true): void {
      visits.to.setLast(day)
      visits.exit.setLast(exit)
      visits.endKnown.setLast(dayKnown ? 1 : 0)
    },
    finish(begunOn: number | null = null): Ledger {
      terms.start.push(terms.day.length())
      return {
        places,
        dealId: deals.id.take(),
        process: deals.process.take(),
        source: deals.source.take(),
        outcomeOnly: deals.only.take(),
        openedKnown: deals.known.take(),
        begunOn,
        termStart: terms.start.take(),
        termDay: terms.day.take(),
        termValue: terms.value.take(),
        termOwner: terms.owner.take(),
        visitDeal: visits.deal.take(),
        visitPlace: visits.place.take(),
        visitFrom: visits.from.take(),
        visitTo: visits.to.take(),
        visitExit: visits.exit.take(),
        visitEndKnown: visits.endKnown.take(),
      }
    },
  }
}
