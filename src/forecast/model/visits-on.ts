import type { Outcomes } from '../../domain/chance/seen.ts'
import {
  countStay,
  MOVED,
  noStays,
  OPEN,
  type StayCounts,
  together,
  WON,
} from '../../domain/chance/stay-counts.ts'
import { type Growing, growing } from './column.ts'
import type { Ledger } from './ledger.ts'

/** Stays by place: of deals whose history is known, and of those imported with only an outcome. */
export interface Counts {
  withWay: StayCounts[]
  outcomeOnly: StayCounts[]
}

/** What the end of a day saw of the visits. */
export interface VisitsOn {
  /** The visits that had begun and not ended. */
  open: Int32Array
  /** Those that had ended. */
  ended: Counts
  /** How many had ended with a win and with a loss, reopened or not. */
  closed: Outcomes
  /** The first visit that moved from one place to another, by `moveKey`. */
  firstMoves: Map<number, number>
}

/** The key of a move: the places, and whether the deal's history is known. */
export function moveKey(places: number, place: number, next: number, outcomeOnly: number): number {
  return (place * places + next) * 2 + outcomeOnly
}

/** The place that a visit's deal was moved to: that of the next visit; −1 if it did not end with a move. */
function nextOf({ visitExit, visitPlace }: Ledger, v: number): number {
  return visitExit[v] === MOVED ? (visitPlace[v + 1] as number) : -1
}

/** Counts a visit as it stood at the end of a day. @returns whether it says where deals are moved to. */
export function countVisit(ledger: Ledger, v: number, day: number, into: Counts): boolean {
  const from = ledger.visitFrom[v] as number
  const deal = ledger.visitDeal[v] as number
  const to = ledger.visitTo[v] as number
  const left = to <= day
  const end = left ? (ledger.visitExit[v] as number) : OPEN
  const isAgeless = ledger.openedKnown[deal] === 0 && ledger.visitDeal[v - 1] !== deal
  const isUntimed = (isAgeless && to === from) || (left && ledger.visitEndKnown[v] === 0)
  const counts = ledger.outcomeOnly[deal] === 1 ? into.outcomeOnly : into.withWay
  const here = counts[ledger.visitPlace[v] as number] as StayCounts
  const days = Math.min(to, day) - from + 1
  countStay(here, days, end, isAgeless, isUntimed, nextOf(ledger, v))
  return end === MOVED && !isUntimed
}

function noCounts({ places }: Ledger): Counts {
  return { withWay: places.map(noStays), outcomeOnly: places.map(noStays) }
}

/** The visits up to the ends of some days, each counted on the first day by which it had ended. */
function visitsByDay(ledger: Ledger, days: readonly number[]): VisitsOn[] {
  const { visitFrom, visitTo, visitExit, visitPlace, visitDeal, outcomeOnly } = ledger
  const open = days.map(() => growing((size) => new Int32Array(size)))
  const found = days.map(() => ({
    ended: noCounts(ledger),
    closed: { won: 0, lost: 0 },
    firstMoves: new Map<number, number>(),
  }))
  const [least, most] = [days[0] as number, days.at(-1) as number]
  // The first of the days that is not before a day, by the day.
  const since = new Int32Array(most - least + 1)
  for (let day = least, at = 0; day <= most; day += 1) {
    if (day > (days[at] as number)) at += 1
    since[day - least] = at
  }
  for (let v = 0; v < visitFrom.length; v += 1) {
    const [from, to] = [visitFrom[v] as number, visitTo[v] as number]
    if (from > most) continue
    let at = from <= least ? 0 : (since[from - least] as number)
    for (; at < days.length && (days[at] as number) < to; at += 1) open[at]?.push(v)
    const on = found[at]
    if (!on) continue
    if (countVisit(ledger, v, days[at] as number, on.ended)) {
      const only = outcomeOnly[visitDeal[v] as number] as number
      const places = ledger.places.length
      const key = moveKey(places, visitPlace[v] as number, nextOf(ledger, v), only)
      if (!on.firstMoves.has(key)) on.firstMoves.set(key, v)
    }
    const exit = visitExit[v] as number
    if (exit >= WON) on.closed[exit === WON ? 'won' : 'lost'] += 1
  }
  return found.map((on, at) => ({ ...on, open: (open[at] as Growing<Int32Array>).take() }))
}

/** Adds what had ended by the day before to what has ended since. */
function addBefore(now: VisitsOn, before: VisitsOn): void {
  for (const kind of ['withWay', 'outcomeOnly'] as const) {
    now.ended[kind] = now.ended[kind].map((since, place) =>
      together(since, before.ended[kind][place] as StayCounts),
    )
  }
  now.closed.won += before.closed.won
  now.closed.lost += before.closed.lost
  for (const [key, v] of before.firstMoves) {
    now.firstMoves.set(key, Math.min(v, now.firstMoves.get(key) ?? v))
  }
}

const known = new WeakMap<Ledger, Map<number, VisitsOn>>()

/**
 * Goes through the visits once for all the days that will be asked for: a backtest asks for about fifty.
 * @param days in any order, some of them perhaps more than once.
 */
export function readVisits(ledger: Ledger, days: readonly number[]): void {
  const read = known.get(ledger) ?? new Map<number, VisitsOn>()
  known.set(ledger, read)
  const wanted = [...new Set(days)].filter((day) => !read.has(day)).toSorted((a, b) => a - b)
  if (wanted.length === 0) return
  const found = visitsByDay(ledger, wanted)
  found.forEach((on, at) => {
    const before = found[at - 1]
    if (before) addBefore(on, before)
    read.set(wanted[at] as number, on)
  })
}

/** What the end of a day saw of the visits of all deals. */
export function visitsOn(ledger: Ledger, day: number): VisitsOn {
  readVisits(ledger, [day])
  return known.get(ledger)?.get(day) as VisitsOn
}
