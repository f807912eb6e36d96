import { countIn, type Daily } from './daily.ts'
import { ownedBy, type Selection, selected, termsOn } from './deals-on-day.ts'
import type { Ledger } from './ledger.ts'
import { oncePerSelection } from './per-selection.ts'
import { visitIndex } from './visit-index.ts'

/** New deals as they came in, and from when they can be counted. */
export interface Stream extends Daily {
  /** How many they are in all. */
  count: number
  /** The same by the place that they were opened in, from the same first day; no place without deals. */
  places: { place: number; counts: Int32Array }[]
  /** The earliest known opening day of any deal in the book; null if none is known. */
  begin: number | null
  /** Opened, but not new deals: those without an opening day, and those that the book began with. */
  leftOut: { unknown: number; begunWith: number }
}

/** How many of the deals selected were opened on each day, by place, whether or not they were new. */
interface Opened {
  first: number
  /** The earliest known opening day of any deal; infinite if none is known. */
  begin: number
  places: Int32Array[]
  /** Those without an opening day, by the day that stands in for it. */
  unknown: Int32Array
  /** Deals that are selected on some days only, as their owner has changed; they are not counted here. */
  sometimes: number[]
}

function count(column: Int32Array, at: number): void {
  column[at] = (column[at] as number) + 1
}

const openedBy = oncePerSelection((ledger, wish): Opened => {
  const { opened } = visitIndex(ledger)
  let [first, last, begin] = [Infinity, -Infinity, Infinity]
  opened.day.forEach((day, deal) => {
    first = Math.min(first, day)
    last = Math.max(last, day)
    if (ledger.openedKnown[deal] === 1) begin = Math.min(begin, day)
  })
  const days = first > last ? 0 : last - first + 1
  const column = (): Int32Array => new Int32Array(days)
  const found = { first, begin, places: ledger.places.map(column), unknown: column() }
  const sometimes: number[] = []
  opened.day.forEach((day, deal) => {
    const owned = ownedBy(ledger, wish, deal)
    if (owned === 'sometimes') sometimes.push(deal)
    if (owned === 'always') countOpened(ledger, found, deal, day)
  })
  return { ...found, sometimes }
})

function countOpened(
  ledger: Ledger,
  { first, places, unknown }: Pick<Opened, 'first' | 'places' | 'unknown'>,
  deal: number,
  day: number,
): void {
  const place = visitIndex(ledger).opened.place[deal] as number
  count(ledger.openedKnown[deal] === 1 ? (places[place] as Int32Array) : unknown, day - first)
}

/** Those opened up to a day, with the deals that are selected on that day only. */
function openedUpTo(ledger: Ledger, now: number, wish: Selection): Opened {
  const all = openedBy(ledger, wish)
  const days = Math.max(0, now - all.first + 1)
  const upTo = (column: Int32Array): Int32Array => {
    const cut = new Int32Array(days)
    cut.set(column.subarray(0, days))
    return cut
  }
  const found = {
    ...all,
    first: Math.min(all.first, now + 1),
    places: all.places.map(upTo),
    unknown: upTo(all.unknown),
  }
  const { day } = visitIndex(ledger).opened
  for (const deal of all.sometimes) {
    const on = day[deal] as number
    if (on > now || !selected(ledger, wish, deal, termsOn(ledger, deal, now))) continue
    countOpened(ledger, found, deal, on)
  }
  return found
}

/**
 * The selected deals that came in one after another, as known at the end of a day. Not counted are
 * deals whose opening day nobody knows, and those that the book began with: the deals of its earliest
 * known opening day and of the day on which its first deal was entered. They were there
 * already, typed in or imported from a list, and do not say how many come in per day.
 */
export function streamOf(ledger: Ledger, now: number, wish: Selection): Stream {
  const { first, begin, places, unknown } = openedUpTo(ledger, now, wish)
  const leftOut = { unknown: countIn({ first, counts: unknown }, first, now), begunWith: 0 }
  for (const counts of places) {
    for (const day of new Set([begin, ledger.begunOn ?? begin])) {
      leftOut.begunWith += countIn({ first, counts }, day, day)
      if (day >= first && day <= now) counts[day - first] = 0
    }
  }
  const all = new Int32Array(unknown.length)
  for (const counts of places) {
    counts.forEach((more, at) => (all[at] = (all[at] as number) + more))
  }
  const isAny = (counts: Int32Array): boolean => counts.some((on) => on > 0)
  return {
    first,
    counts: all,
    count: countIn({ first, counts: all }, first, now),
    places: places.flatMap((counts, place) => (isAny(counts) ? [{ place, counts }] : [])),
    begin: begin <= now ? begin : null,
    leftOut,
  }
}
