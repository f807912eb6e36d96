import type { EventKind } from '../../domain/deal-state.ts'
import { currencyDigits, type Money } from '../../domain/money.ts'
import { converted, type Rate } from '../../domain/rate.ts'
import { type Day, toEpochDay } from '../../domain/day.ts'
import type { DealHistory, Stay, StayEnd, TermsFrom } from './history.ts'

/** What a history needs from a deal's row. */
export type DealRow = [
  id: number,
  client: number,
  process: number,
  source: number | null,
  furthest: number | null,
  outcomeOnly: 0 | 1,
]

/** What a history needs from an event's row. */
export type EventRow = [
  deal: number,
  kind: EventKind,
  at: Day,
  dayKnown: 0 | 1,
  stage: number | null,
  owner: number | null,
  amount: number | null,
  cost: number | null,
  currency: string | null,
  rate: Rate | null,
]

const numbers = new Map<Day, number>()

/** The same few days recur again and again. */
function dayNumber(day: Day): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const number = toEpochDay(day)
  numbers.set(day, number)
  return number
}

const ENDING: Record<EventKind, StayEnd> = {
  opened: 'moved',
  moved: 'moved',
  reopened: 'moved',
  won: 'won',
  lost: 'lost',
  amended: null,
}

/** The stays that follow from events: each step ends the stay before it, and all but an outcome begin one. */
function staysOf(events: readonly EventRow[]): Stay[] {
  const stays: Stay[] = []
  let under: Stay | null = null
  let stage = 0
  for (const [, kind, at, dayKnown, named] of events) {
    const end = ENDING[kind]
    if (end === null) continue
    const day = dayNumber(at)
    if (under) Object.assign(under, { gone: day, end, endKnown: dayKnown === 1 || end === 'moved' })
    under = null
    if (kind === 'won' || kind === 'lost') continue
    // A reopened deal returns to the stage it was in.
    stage = named ?? stage
    under = { stage, came: day, gone: null, end: null }
    stays.push(under)
  }
  return stays
}

/** An amount in the book's currency at the rate of an event; null if that is not known. */
function settled(
  own: number | null,
  [, , , , , , , , currency, rate]: EventRow,
  digits: () => number,
): number | null {
  if (currency === null || own === null) return own
  if (rate === null) return null
  return converted(own as Money, rate, { from: currencyDigits(currency), to: digits() })
}

/**
 * The terms of a deal, in the book's currency. In another one, its amount is worth something else from each event
 * on that states a rate, such as the outcome.
 */
function termsOf(events: readonly EventRow[], digits: () => number): TermsFrom[] {
  const terms: TermsFrom[] = []
  let last: EventRow | undefined
  for (const event of events) {
    const [, kind, at, , , , , , currency] = event
    const states = kind === 'opened' || kind === 'amended'
    if (states) last = event
    else if (currency === null || !last || currency !== last[8]) continue
    const [, , , , , owner, amount, cost] = last
    terms.push({
      day: dayNumber(at),
      owner,
      amount: settled(amount, event, digits),
      cost: settled(cost, event, digits),
    })
  }
  return terms
}

/**
 * The history of a deal.
 * @param events its own, in order of day, then id: at least one.
 * @param digits decimals of the book's currency.
 */
export function historyOf(
  deal: DealRow,
  events: readonly EventRow[],
  digits: () => number,
): DealHistory {
  const [id, client, process, source, furthest, outcomeOnly] = deal
  const [first, last] = [events[0] as EventRow, events.at(-1) as EventRow]
  return {
    id,
    client,
    process,
    source,
    furthest,
    outcomeOnly: outcomeOnly === 1,
    opened: dayNumber(first[2]),
    openedKnown: first[3] === 1,
    last: dayNumber(last[2]),
    terms: termsOf(events, digits),
    stays: staysOf(events),
  }
}
