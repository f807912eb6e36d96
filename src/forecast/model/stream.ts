import type { Ledger } from './ledger.ts'
import { selected, type Selection, termsOn } from './deals-on-day.ts'

/**
 * New deals as they came in, and from when on they can be counted. Days of opening and places in
 * parallel columns.
 */
export interface Stream {
  day: number[]
  place: number[]
  /** The earliest known opening day of any deal in the book; null where none is known. */
  begin: number | null
  /** Opened, but no new deals: those without an opening day, and those that the book began with. */
  leftOut: { unknown: number; begunWith: number }
}

/**
 * The selected deals that came in one after another, as known at the end of a day. Not counted are
 * deals whose opening day nobody knows, and those that the book began with: the deals of its earliest
 * known opening day and of the day on which its first deal was entered. They are what was there
 * already, keyed in or imported from a list, and say nothing of how many come in a day.
 */
export function streamOf(ledger: Ledger, now: number, wish: Selection): Stream {
  const { visitDeal, visitFrom, visitPlace, openedKnown, begunOn } = ledger
  const opened: number[] = []
  let begin = Infinity
  for (let v = 0; v < visitDeal.length; v += 1) {
    const deal = visitDeal[v] as number
    const from = visitFrom[v] as number
    if (visitDeal[v - 1] === deal || from > now) continue
    opened.push(v)
    if (openedKnown[deal] === 1 && from < begin) begin = from
  }
  const stream: Stream = {
    day: [],
    place: [],
    begin: begin === Infinity ? null : begin,
    leftOut: { unknown: 0, begunWith: 0 },
  }
  for (const v of opened) {
    const deal = visitDeal[v] as number
    if (!selected(ledger, wish, deal, termsOn(ledger, deal, now))) continue
    const from = visitFrom[v] as number
    if (openedKnown[deal] === 0) stream.leftOut.unknown += 1
    else if (from === begin || from === begunOn) stream.leftOut.begunWith += 1
    else {
      stream.day.push(from)
      stream.place.push(visitPlace[v] as number)
    }
  }
  return stream
}
