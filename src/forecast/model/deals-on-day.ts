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
  deal: Int32Array
  place: Int32Array
  /** Days since the place was entered, 0 on the day itself. */
  age: Int32Array
  value: Float64Array
}

/** The terms of a deal that held at the end of a day: an index into the ledger's terms. */
export function termsOn(ledger: Ledger, deal: number, day: number): number {
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

/** Is a deal among those to forecast on all days, on none, or on some, as its owner changes? */
export function ownedBy(
  ledger: Ledger,
  wish: Selection,
  deal: number,
): 'always' | 'sometimes' | 'never' {
  const first = ledger.termStart[deal] as number
  const until = ledger.termStart[deal + 1] as number
  if (wish.ownerId === undefined) return selected(ledger, wish, deal, first) ? 'always' : 'never'
  let on = 0
  for (let term = first; term < until; term += 1) if (selected(ledger, wish, deal, term)) on += 1
  return on === 0 ? 'never' : on === until - first ? 'always' : 'sometimes'
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
  const { visitDeal, visitFrom, visitPlace } = ledger
  const { open } = visitsOn(ledger, day)
  const ids = (): Int32Array => new Int32Array(open.length)
  const found = { deal: ids(), place: ids(), age: ids(), value: new Float64Array(open.length) }
  let count = 0
  for (const v of open) {
    const deal = visitDeal[v] as number
    const term = termsOn(ledger, deal, day)
    if (!selected(ledger, wish, deal, term)) continue
    found.deal[count] = deal
    found.place[count] = visitPlace[v] as number
    found.age[count] = day - (visitFrom[v] as number)
    found.value[count] = ledger.termValue[term] as number
    count += 1
  }
  return {
    deal: found.deal.subarray(0, count),
    place: found.place.subarray(0, count),
    age: found.age.subarray(0, count),
    value: found.value.subarray(0, count),
  }
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
export function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at += 1) total += values[at] as number
  return total
}
