import type { Outcomes } from '../../domain/chance/seen.ts'
import { WON } from '../../domain/chance/stay-counts.ts'
import type { Ledger } from './ledger.ts'
import { visitIndex } from './visit-index.ts'
import { visitsOn } from './visits-on.ts'

/** The deals to forecast; by default all of them. */
export interface Selection {
  processId?: number | undefined
  sourceId?: number | undefined
  ownerId?: number | undefined
  /** Ids of the only deals that count. */
  deals?: ReadonlySet<number> | undefined
}

/** Deals by their value and where they are. Parallel columns. */
export interface OpenDeals {
  deal: number[]
  place: number[]
  /** Days since the place was entered, 0 on the day itself. */
  age: number[]
  value: number[]
}

/**
 * Won deals: the day of winning, the value, and whether that day is known or that of an import stands
 * in for it. Parallel columns.
 */
export interface Wins {
  day: number[]
  value: number[]
  dated: boolean[]
}

/** The terms of a deal that held at the end of a day: an index into the ledger's terms. */
function termsOn(ledger: Ledger, deal: number, day: number): number {
  const first = ledger.termStart[deal] as number
  let term = (ledger.termStart[deal + 1] as number) - 1
  while (term > first && (ledger.termDay[term] as number) > day) term -= 1
  return term
}

/** Is a deal, on certain terms, among those to forecast? */
export function selected(ledger: Ledger, wish: Selection, deal: number, term: number): boolean {
  return (
    (wish.processId === undefined || ledger.process[deal] === wish.processId) &&
    (wish.sourceId === undefined || ledger.source[deal] === wish.sourceId) &&
    (wish.ownerId === undefined || ledger.termOwner[term] === wish.ownerId) &&
    (wish.deals === undefined || wish.deals.has(ledger.dealId[deal] as number))
  )
}

/** Is a deal, on its terms at the end of a day, among those to forecast? */
export function isSelected(ledger: Ledger, wish: Selection, deal: number, day: number): boolean {
  // Terms are looked up only if they matter.
  const term = wish.ownerId === undefined ? 0 : termsOn(ledger, deal, day)
  return selected(ledger, wish, deal, term)
}

/** Did visit `v` end by `day`, and with it the deal's history, as far as was known on that day? */
function standsClosed(ledger: Ledger, v: number, day: number): boolean {
  if ((ledger.visitTo[v] as number) > day || (ledger.visitExit[v] as number) < WON) return false
  return !(
    ledger.visitDeal[v + 1] === ledger.visitDeal[v] && (ledger.visitFrom[v + 1] as number) <= day
  )
}

/** The selected deals that were open at the end of a day. */
export function openOn(ledger: Ledger, day: number, wish: Selection): OpenDeals {
  const open: OpenDeals = { deal: [], place: [], age: [], value: [] }
  const { visitDeal, visitFrom, visitPlace } = ledger
  for (const v of visitsOn(ledger, day).open) {
    const deal = visitDeal[v] as number
    const term = termsOn(ledger, deal, day)
    if (!selected(ledger, wish, deal, term)) continue
    open.deal.push(deal)
    open.place.push(visitPlace[v] as number)
    open.age.push(day - (visitFrom[v] as number))
    open.value.push(ledger.termValue[term] as number)
  }
  return open
}

/** The selected deals won from day `from` to day `to`, as they stood at the end of `to`. */
export function winsIn(ledger: Ledger, from: number, to: number, wish: Selection): Wins {
  const wins: Wins = { day: [], value: [], dated: [] }
  const { visitDeal, visitTo, visitEndKnown } = ledger
  for (const v of visitIndex(ledger).won) {
    if ((visitTo[v] as number) < from || !standsClosed(ledger, v, to)) continue
    const deal = visitDeal[v] as number
    const term = termsOn(ledger, deal, to)
    if (!selected(ledger, wish, deal, term)) continue
    wins.day.push(visitTo[v] as number)
    wins.value.push(ledger.termValue[term] as number)
    wins.dated.push(visitEndKnown[v] === 1)
  }
  return wins
}

/** Those of the wins whose day is known. */
export function datedWins(wins: Wins): Wins {
  if (wins.dated.every(Boolean)) return wins
  const dated = <T>(column: T[]): T[] => column.filter((_, at) => wins.dated[at])
  return { day: dated(wins.day), value: dated(wins.value), dated: dated(wins.dated) }
}

/** The values of the selected deals opened up to a day. */
export function valuesOpened(ledger: Ledger, day: number, wish: Selection): number[] {
  const values: number[] = []
  const { opened } = visitIndex(ledger)
  for (let deal = 0; deal < opened.day.length; deal += 1) {
    if ((opened.day[deal] as number) > day) continue
    const term = termsOn(ledger, deal, day)
    if (!selected(ledger, wish, deal, term)) continue
    values.push(ledger.termValue[term] as number)
  }
  return values
}

/** How many deals stood as won and as lost at the end of a day: all, or those selected. */
export function outcomesOn(ledger: Ledger, day: number, wish?: Selection): Outcomes {
  const outcomes = { won: 0, lost: 0 }
  for (let v = 0; v < ledger.visitDeal.length; v += 1) {
    if (!standsClosed(ledger, v, day)) continue
    const deal = ledger.visitDeal[v] as number
    if (wish && !selected(ledger, wish, deal, termsOn(ledger, deal, day))) continue
    if (ledger.visitExit[v] === WON) outcomes.won += 1
    else outcomes.lost += 1
  }
  return outcomes
}

/** The sum of values. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
