import { fromEpochDay } from '../domain/day.ts'
import { maxOf } from '../domain/lists.ts'
import { counted } from '../domain/text.ts'
import type { Forecast } from './model/forecast.ts'
import { type Ledger, NEVER } from './model/ledger.ts'

/** How many days without anything are worth a mention. */
const LONG_GAP = 365

/** A deal with more than this share of the figure is most of it. */
const MOST = 0.5

/**
 * The longest time in which no deal was opened, moved or closed, up to a day: its first and last
 * quiet day, in days since 1970. Null if nothing has happened yet, or none is longer than a year.
 */
function longestGap(ledger: Ledger, day: number): { from: number; to: number } | null {
  const { visitFrom, visitTo, visitEndKnown } = ledger
  const first = visitFrom.reduce((least, at) => Math.min(least, at), NEVER)
  if (first > day) return null
  const busy = new Uint8Array(day - first + 1)
  visitFrom.forEach((from, v) => {
    if (from <= day) busy[from - first] = 1
    const to = visitTo[v] as number
    if (to <= day && visitEndKnown[v] === 1) busy[to - first] = 1
  })
  let longest: { from: number; to: number } | null = null
  let last = first
  for (let at = first + 1; at <= day + 1; at += 1) {
    if (at <= day && busy[at - first] === 0) continue
    const [from, to] = [last + 1, at - 1]
    if (to - from >= LONG_GAP && (!longest || to - from > longest.to - longest.from)) {
      longest = { from, to }
    }
    last = at
  }
  return longest
}

function gapNote(ledger: Ledger, day: number): string[] {
  const gap = longestGap(ledger, day)
  if (!gap) return []
  const [from, to] = [fromEpochDay(gap.from), fromEpochDay(gap.to)]
  return [
    `No deal was opened, moved or closed from ${from} to ${to}: rates from before may no longer hold.`,
  ]
}

/** The open deal that is most of what is expected, if there is one. */
function oneDealNote(ledger: Ledger, { pipeline, total }: Forecast, days: number): string[] {
  const { chances, open } = pipeline
  if (total.mean <= 0) return []
  const brings = open.value.map(
    (value, at) => value * chances.aged(open.place[at] as number, open.age[at] as number, days),
  )
  const most = brings.reduce((best, value, at) => (value > (brings[best] ?? 0) ? at : best), 0)
  const share = (brings[most] ?? 0) / total.mean
  // If it is the only deal, that goes without saying.
  const isOnly = open.deal.length === 1 && share > 0.95
  if (share <= MOST || isOnly) return []
  const id = ledger.dealId[open.deal[most] as number]
  const percent = Math.min(100, Math.round(share * 100))
  return [
    `Deal ${id} alone is ${percent}% of what is expected: funnel forecast --explain ${id} shows its chance.`,
  ]
}

const MONTHS =
  'January February March April May June July August September October November December'

/** Which days a third of the year is, in words. */
function daysOf(third: number, season: readonly number[]): string {
  const part = ['early', 'mid', 'late'][third % 3]
  const isQuarterly = season.every((at, other) => at === season[other % 9])
  if (!isQuarterly) return `in ${part} ${MONTHS.split(' ')[Math.floor(third / 3)]}`
  if (third % 9 === 8) return 'at the end of a quarter'
  if (third % 9 === 0) return 'at the beginning of a quarter'
  const month = ['first', 'second', 'third'][Math.floor((third % 9) / 3)]
  return `${part} in the ${month} month of a quarter`
}

/** When in a quarter or a year deals are closed faster. */
function closingNotes(closing: Forecast['closing']): string[] {
  if (!closing) return []
  return (['won', 'lost'] as const).flatMap((which) => {
    const most = maxOf(closing[which], 1)
    if (most === 1) return []
    const when = daysOf(closing[which].indexOf(most), closing[which])
    return [
      `Deals are ${which} up to ${most.toFixed(1)} times as fast at some times: most ${when}.`,
    ]
  })
}

/** How many deals came closed and without their closing day. */
function undatedNote(undated: number): string[] {
  if (undated === 0) return []
  const deals = counted(undated, 'closed deal')
  return [`Imported without a closing day: ${deals}, not used for when deals close or the test.`]
}

/**
 * What the book's history leaves uncertain: days filled in by an import, a year without anything, and one
 * deal that is most of the figure.
 * @param day the day of the forecast, and `days` how many it looks ahead.
 */
export function historyNotes(
  { ledger, undated }: { ledger: Ledger; undated: number },
  made: Forecast,
  { day, days }: { day: number; days: number },
): string[] {
  return [
    ...undatedNote(undated),
    ...gapNote(ledger, day),
    ...closingNotes(made.closing),
    ...oneDealNote(ledger, made, days),
  ]
}
