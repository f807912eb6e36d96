import type { Ledger } from './ledger.ts'
import { isSelected, type Selection } from './deals-on-day.ts'
import { visitIndex } from './visit-index.ts'

/**
 * New deals as they came in, and from when they can be counted. Days of opening and places in
 * parallel columns.
 */
export interface Stream {
  day: Int32Array
  place: Int32Array
  /** The earliest known opening day of any deal in the book; null if none is known. */
  begin: number | null
  /** Opened, but not new deals: those without an opening day, and those that the book began with. */
  leftOut: { unknown: number; begunWith: number }
}

/**
 * The selected deals that came in one after another, as known at the end of a day. Not counted are
 * deals whose opening day nobody knows, and those that the book began with: the deals of its earliest
 * known opening day and of the day on which its first deal was entered. They were there
 * already, typed in or imported from a list, and do not say how many come in per day.
 */
export function streamOf(ledger: Ledger, now: number, wish: Selection): Stream {
  const { openedKnown, begunOn } = ledger
  const { opened } = visitIndex(ledger)
  let begin = Infinity
  opened.day.forEach((from, deal) => {
    if (from <= now && from < begin && openedKnown[deal] === 1) begin = from
  })
  const leftOut = { unknown: 0, begunWith: 0 }
  const [day, place] = [new Int32Array(opened.day.length), new Int32Array(opened.day.length)]
  let count = 0
  opened.day.forEach((from, deal) => {
    if (from > now || !isSelected(ledger, wish, deal, now)) return
    if (openedKnown[deal] === 0) leftOut.unknown += 1
    else if (from === begin || from === begunOn) leftOut.begunWith += 1
    else {
      day[count] = from
      place[count] = opened.place[deal] as number
      count += 1
    }
  })
  return {
    day: day.subarray(0, count),
    place: place.subarray(0, count),
    begin: begin === Infinity ? null : begin,
    leftOut,
  }
}
