import { WON } from '../../domain/chance/stay-counts.ts'
import { growing } from './column.ts'
import type { Ledger } from './ledger.ts'

/** Where in a ledger to find some of its visits, which every origin of a backtest asks for. */
interface VisitIndex {
  /** The first day of the book's history; infinite if there is none. */
  since: number
  /** Of the first visit of each deal: the day it began, and its place. */
  opened: { day: Int32Array; place: Int32Array }
  /** Those that began when a deal was reopened. */
  reopened: Int32Array
}

function made(ledger: Ledger): VisitIndex {
  const { visitDeal, visitFrom, visitExit, visitPlace } = ledger
  const list = () => growing((size) => new Int32Array(size))
  const opened = { day: list(), place: list() }
  const reopened = list()
  let since = Infinity
  for (let v = 0; v < visitDeal.length; v += 1) {
    const from = visitFrom[v] as number
    if (from < since) since = from
    if (visitDeal[v - 1] !== visitDeal[v]) {
      opened.day.push(from)
      opened.place.push(visitPlace[v] as number)
    } else if ((visitExit[v - 1] as number) >= WON) reopened.push(v)
  }
  return {
    since,
    opened: {
      day: opened.day.take(),
      place: opened.place.take(),
    },
    reopened: reopened.take(),
  }
}

const indexes = new WeakMap<Ledger, VisitIndex>()

/** The index of a ledger, made once. */
export function visitIndex(ledger: Ledger): VisitIndex {
  const known = indexes.get(ledger)
  if (known) return known
  const index = made(ledger)
  indexes.set(ledger, index)
  return index
}
