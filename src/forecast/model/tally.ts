import { type Ledger, MOVED, WON } from './ledger.ts'

/** How often visits ended, each by place or cell: moved on, won, lost. */
type Exits = [moved: Float64Array, won: Float64Array, lost: Float64Array]

/** Days at risk and ways of leaving. Cells are by place and bin, `place * bins + bin`. */
export interface Tally {
  exposure: Float64Array
  exits: Exits
  /** The same of stays whose age nobody knows, as they began on a day that stands in: by place. */
  ageless: { exposure: Float64Array; exits: Float64Array }
  /** Ways of leaving at an age that nobody knows, by place; those of `ageless.exits` among them. */
  unaged: Exits
  /** Closed deals that tell nothing of how long one takes. */
  untimed: number
  moves: Map<number, number>[]
}

/** Where each bin of ages ends. */
export function binEnds(bins: readonly number[]): number[] {
  return [...bins.slice(1), Infinity]
}

function add(column: Float64Array, at: number, count = 1): void {
  column[at] = (column[at] as number) + count
}

/**
 * Counts what was known at the end of a day. A visit is at risk on each day from the one it began,
 * that day included: entered on the 3rd and left on the 5th is three days at risk and one exit. Days
 * that an import filled in tell nothing: where the closing day stands in for an opening day, or the
 * import's day for the closing day, there is an exit and no day at risk. A stay that was there already
 * when it was imported, and whose age nobody knows, is at risk from that day on, at no age.
 * @param bins the ages at which they begin.
 * @param leaveOut leave out deals that came with an outcome only.
 */
export function tally(
  ledger: Ledger,
  day: number,
  bins: readonly number[],
  leaveOut: boolean,
): Tally {
  const places = ledger.places.length
  const zeros = (length = places * bins.length): Float64Array => new Float64Array(length)
  const { visitDeal, visitFrom, visitTo, visitPlace, visitExit, visitEndKnown } = ledger
  const tallied: Tally = {
    exposure: zeros(),
    exits: [zeros(), zeros(), zeros()],
    ageless: { exposure: zeros(places), exits: zeros(places) },
    unaged: [zeros(places), zeros(places), zeros(places)],
    untimed: 0,
    moves: ledger.places.map(() => new Map<number, number>()),
  }
  const ends = binEnds(bins)
  for (let v = 0; v < visitDeal.length; v += 1) {
    const from = visitFrom[v] as number
    if (from > day) continue
    const deal = visitDeal[v] as number
    if (leaveOut && ledger.outcomeOnly[deal] === 1) continue
    const place = visitPlace[v] as number
    const exit = visitExit[v] as number
    const to = visitTo[v] as number
    const left = to <= day
    const days = Math.min(to, day) - from + 1
    const isAgeless = ledger.openedKnown[deal] === 0 && visitDeal[v - 1] !== deal
    const isUntimed = (isAgeless && to === from) || (left && visitEndKnown[v] === 0)
    if (isAgeless || isUntimed) {
      if (!isUntimed) add(tallied.ageless.exposure, place, days)
      if (!left) continue
      if (!isUntimed) add(tallied.ageless.exits, place)
      else if (exit >= WON) tallied.untimed += 1
      add(tallied.unaged[(exit - 1) as 0 | 1 | 2], place)
    } else {
      let bin = 0
      for (; bin < bins.length; bin += 1) {
        const start = bins[bin] as number
        if (days <= start) break
        add(
          tallied.exposure,
          place * bins.length + bin,
          Math.min(days, ends[bin] as number) - start,
        )
      }
      if (!left) continue
      add(tallied.exits[(exit - 1) as 0 | 1 | 2], place * bins.length + bin - 1)
    }
    if (exit !== MOVED || isUntimed) continue
    const next = ledger.visitNext[v] as number
    const moves = tallied.moves[place] as Map<number, number>
    moves.set(next, (moves.get(next) ?? 0) + 1)
  }
  return tallied
}
