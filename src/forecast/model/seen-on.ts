import type { Seen } from '../../domain/chance/seen.ts'
import { countStay, noStays, OPEN, WON } from '../../domain/chance/stay-counts.ts'
import { standsClosed } from './deals-on-day.ts'
import type { Ledger } from './ledger.ts'

/** Counts what was known at the end of a day of the stays of all deals. */
export function seenOn(ledger: Ledger, day: number): Seen {
  const { visitDeal, visitFrom, visitTo, visitPlace, visitExit, visitEndKnown, visitNext } = ledger
  const withWay = ledger.places.map(noStays)
  const outcomeOnly = ledger.places.map(noStays)
  const standing = { won: 0, lost: 0 }
  for (let v = 0; v < visitDeal.length; v += 1) {
    const from = visitFrom[v] as number
    if (from > day) continue
    const deal = visitDeal[v] as number
    const to = visitTo[v] as number
    const left = to <= day
    const end = left ? (visitExit[v] as number) : OPEN
    const isAgeless = ledger.openedKnown[deal] === 0 && visitDeal[v - 1] !== deal
    const isUntimed = (isAgeless && to === from) || (left && visitEndKnown[v] === 0)
    const counts = ledger.outcomeOnly[deal] === 1 ? outcomeOnly : withWay
    const here = counts[visitPlace[v] as number]
    const days = Math.min(to, day) - from + 1
    if (here) countStay(here, days, end, isAgeless, isUntimed, visitNext[v] as number)
    if (standsClosed(ledger, v, day)) standing[end === WON ? 'won' : 'lost'] += 1
  }
  return { places: ledger.places, withWay, outcomeOnly, standing }
}
