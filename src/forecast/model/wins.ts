import { WON } from '../../domain/chance/stay-counts.ts'
import { growing } from './column.ts'
import { ownedBy, type Selection, selected, termsOn } from './deals-on-day.ts'
import { type Ledger, NEVER } from './ledger.ts'
import { oncePerSelection } from './per-selection.ts'

/**
 * Won deals: the day of winning, the value, and whether that day is known (1) or that of an import
 * stands in for it (0). Parallel columns, in the order of the ledger.
 */
export interface Wins {
  day: Int32Array
  value: Float64Array
  dated: Uint8Array
}

/** All wins of the deals selected, some of which were taken back or given other terms later. */
interface AllWins extends Wins {
  /** The day on which the deal was reopened. */
  until: Int32Array
  /** The deal, if its terms changed after the win; −1 if they did not. */
  changed: Int32Array
}

const allWins = oncePerSelection((ledger, wish): AllWins => {
  const { visitDeal, visitFrom, visitTo, visitExit, visitEndKnown } = ledger
  const ids = () => growing((size) => new Int32Array(size))
  const [day, until, changed] = [ids(), ids(), ids()]
  const value = growing((size) => new Float64Array(size))
  const dated = growing((size) => new Uint8Array(size))
  for (let v = 0; v < visitDeal.length; v += 1) {
    if (visitExit[v] !== WON) continue
    const deal = visitDeal[v] as number
    if (ownedBy(ledger, wish, deal) === 'never') continue
    const won = visitTo[v] as number
    const term = termsOn(ledger, deal, won)
    const isLast = term + 1 === ledger.termStart[deal + 1]
    if (isLast && !selected(ledger, wish, deal, term)) continue
    day.push(won)
    value.push(ledger.termValue[term] as number)
    dated.push(visitEndKnown[v] as number)
    until.push(visitDeal[v + 1] === deal ? (visitFrom[v + 1] as number) : NEVER)
    changed.push(isLast ? -1 : deal)
  }
  return {
    day: day.take(),
    value: value.take(),
    dated: dated.take(),
    until: until.take(),
    changed: changed.take(),
  }
})

/** The selected deals won from day `from` to day `to`, as they stood at the end of `to`. */
export function winsIn(ledger: Ledger, from: number, to: number, wish: Selection): Wins {
  const all = allWins(ledger, wish)
  const size = all.day.length
  const day = new Int32Array(size)
  const value = new Float64Array(size)
  const dated = new Uint8Array(size)
  let count = 0
  for (let at = 0; at < size; at += 1) {
    const won = all.day[at] as number
    if (won < from || won > to || (all.until[at] as number) <= to) continue
    const deal = all.changed[at] as number
    if (deal >= 0) {
      const term = termsOn(ledger, deal, to)
      if (!selected(ledger, wish, deal, term)) continue
      value[count] = ledger.termValue[term] as number
    } else value[count] = all.value[at] as number
    day[count] = won
    dated[count] = all.dated[at] as number
    count += 1
  }
  return {
    day: day.subarray(0, count),
    value: value.subarray(0, count),
    dated: dated.subarray(0, count),
  }
}

/** Those of the wins whose day is known. */
export function datedWins(wins: Wins): Wins {
  if (wins.dated.every((isKnown) => isKnown === 1)) return wins
  const isDated = (_: number, at: number): boolean => wins.dated[at] === 1
  return {
    day: wins.day.filter(isDated),
    value: wins.value.filter(isDated),
    dated: wins.dated.filter(isDated),
  }
}

/** The sum of wins from a day to a day, both included. */
export function wonIn({ day, value }: Wins, from: number, to: number): number {
  let won = 0
  for (let at = 0; at < day.length; at += 1) {
    if ((day[at] as number) >= from && (day[at] as number) <= to) won += value[at] as number
  }
  return won
}
