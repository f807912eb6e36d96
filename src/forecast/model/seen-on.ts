import type { Seen } from '../../domain/chance/seen.ts'
import { type StayCounts, WON } from '../../domain/chance/stay-counts.ts'
import type { Ledger } from './ledger.ts'
import { visitIndex } from './visit-index.ts'
import { countVisit, moveKey, visitsOn, type VisitsOn } from './visits-on.ts'

function copyOf(counts: StayCounts): StayCounts {
  const { days, moved, won, lost, next } = counts
  return {
    ...counts,
    days: days.slice(),
    moved: moved.slice(),
    won: won.slice(),
    lost: lost.slice(),
    next: new Map(next),
  }
}

/** Counts with where deals were moved to in the order of the visits: the last digit of a sum depends on it. */
function inOrder(
  counts: readonly StayCounts[],
  { firstMoves }: VisitsOn,
  outcomeOnly: number,
): StayCounts[] {
  return counts.map((one, place) => {
    const first = (next: number): number =>
      firstMoves.get(moveKey(counts.length, place, next, outcomeOnly)) ?? 0
    return { ...one, next: new Map([...one.next].toSorted(([a], [b]) => first(a) - first(b))) }
  })
}

/** Counts what was known about the stays of all deals at the end of a day. */
export function seenOn(ledger: Ledger, day: number): Seen {
  const on = visitsOn(ledger, day)
  const counts = {
    withWay: on.ended.withWay.map(copyOf),
    outcomeOnly: on.ended.outcomeOnly.map(copyOf),
  }
  for (const v of on.open) countVisit(ledger, v, day, counts)
  const standing = { ...on.closed }
  for (const v of visitIndex(ledger).reopened) {
    if ((ledger.visitFrom[v] as number) > day) continue
    standing[ledger.visitExit[v - 1] === WON ? 'won' : 'lost'] -= 1
  }
  return {
    places: ledger.places,
    withWay: inOrder(counts.withWay, on, 0),
    outcomeOnly: inOrder(counts.outcomeOnly, on, 1),
    standing,
  }
}
