import { upperTail } from '../../domain/statistics/f-distribution.ts'
import { sum } from './deals-on-day.ts'
import { LOST, WON } from '../../domain/chance/stay-counts.ts'
import { type Ledger, NEVER } from './ledger.ts'
import { monthNumber } from './season.ts'

/**
 * How the thirds of months differ in how soon deals are won and lost: 36 factors each, the first ten days
 * of January first.
 */
export interface ClosingSeason {
  won: readonly number[]
  lost: readonly number[]
}

/** The third of a month, counted from year 0, that a day is in: days 1 to 10, 11 to 20, and the rest. */
function thirdNumber(day: number): number {
  const third = Math.floor((new Date(day * MS_PER_DAY).getUTCDate() - 1) / 10)
  return 3 * monthNumber(day) + Math.min(2, third)
}

/** The third of the year that a day is in, 0…35, as the factors are numbered. */
export function thirdOfYear(day: number): number {
  return thirdNumber(day) % THIRDS_A_YEAR
}

const MS_PER_DAY = 86_400_000
const THIRDS_A_QUARTER = 9
const THIRDS_A_YEAR = 36

/** How many thirds it takes to tell apart those of a quarter (6 months) and the months of a year (24). */
const FEWEST_FOR_QUARTERS = 18
const FEWEST_FOR_YEARS = 72

/** The chance of calling days different that are not. */
const BY_CHANCE = 0.01

/** With fewer outcomes of one kind than this, nothing is said. */
const FEWEST_OUTCOMES = 30

/** Days are never taken to be slower or faster than these factors. */
const [SLOWEST, FASTEST] = [0.1, 4]

/** Each day's open deals and outcomes by place, at `place * days + day − first`. */
interface Census {
  first: number
  days: number
  /** The third of a month that each day is in, since year 0. */
  third: Int32Array
  open: Int32Array
  won: Int32Array
  lost: Int32Array
}

function censusOf(ledger: Ledger): Census | null {
  const { visitDeal, visitFrom, visitTo, visitPlace, visitExit, visitEndKnown, openedKnown } =
    ledger
  let [first, last] = [Infinity, -Infinity]
  for (let v = 0; v < visitDeal.length; v += 1) {
    const to = visitTo[v] as number
    first = Math.min(first, visitFrom[v] as number)
    last = Math.max(last, visitFrom[v] as number, to === NEVER ? -Infinity : to)
  }
  if (first > last) return null
  const days = last - first + 1
  const column = (): Int32Array => new Int32Array(ledger.places.length * days)
  const third = Int32Array.from({ length: days }, (_, day) => thirdNumber(first + day))
  const census = { first, days, third, open: column(), won: column(), lost: column() }
  const add = (to: Int32Array, at: number, count: number): void => {
    to[at] = (to[at] as number) + count
  }
  for (let v = 0; v < visitDeal.length; v += 1) {
    const [from, to] = [visitFrom[v] as number, visitTo[v] as number]
    const isOpened = openedKnown[visitDeal[v] as number] === 1 || visitDeal[v - 1] === visitDeal[v]
    if (!isOpened && to === from) continue
    const row = (visitPlace[v] as number) * days - first
    add(census.open, row + from, 1)
    if (to === NEVER) continue
    if (to < last) add(census.open, row + to + 1, -1)
    if (visitEndKnown[v] === 0) continue
    if (visitExit[v] === WON) add(census.won, row + to, 1)
    if (visitExit[v] === LOST) add(census.lost, row + to, 1)
  }
  // From arrivals and departures to how many are open.
  for (let at = 0; at < census.open.length; at += 1) {
    if (at % days > 0) add(census.open, at, census.open[at - 1] as number)
  }
  return census
}

const censuses = new WeakMap<Ledger, Census | null>()

/** The census of a ledger, whatever the day it is viewed from. */
function knownCensus(ledger: Ledger): Census | null {
  const known = censuses.get(ledger)
  if (known !== undefined) return known
  const census = censusOf(ledger)
  censuses.set(ledger, census)
  return census
}

/** What a third of a month brought, and what it would have brought at the overall rates. */
interface Third {
  /** 0…35. */
  ofYear: number
  came: number
  expected: number
}

/**
 * Outcomes of one kind in each third of the full months up to a day, and how many the deals open then
 * would have had at each place's rate over all these months.
 */
function thirdsOf(census: Census, which: 'won' | 'lost', until: number): Third[] {
  const { first, days, third: thirds, open } = census
  const came = census[which]
  const from = 3 * (monthNumber(first - 1) + 1)
  const count = 3 * monthNumber(until + 1) - from
  if (count < FEWEST_FOR_QUARTERS) return []
  const [brought, expected] = [new Float64Array(count), new Float64Array(count)]
  for (let row = 0; row < open.length; row += days) {
    const atRisk = new Float64Array(count)
    let [ended, all] = [0, 0]
    for (let day = 0; day < days; day += 1) {
      const third = (thirds[day] as number) - from
      if (third < 0) continue
      if (third >= count) break
      const [there, gone] = [open[row + day] as number, came[row + day] as number]
      atRisk[third] = (atRisk[third] as number) + there
      brought[third] = (brought[third] as number) + gone
      ended += gone
      all += there
    }
    if (all > 0) {
      atRisk.forEach((there, third) => {
        expected[third] = (expected[third] as number) + (there * ended) / all
      })
    }
  }
  return Array.from({ length: count }, (_, index) => ({
    ofYear: (from + index) % THIRDS_A_YEAR,
    came: brought[index] as number,
    expected: expected[index] as number,
  }))
}

/** Factors of groups of thirds, each 1 if they do not differ. */
function factorsOf(thirds: readonly Third[], groups: number, groupOf: (third: number) => number) {
  const [came, expected] = [new Float64Array(groups), new Float64Array(groups)]
  for (const one of thirds) {
    const group = groupOf(one.ofYear)
    came[group] = (came[group] as number) + one.came
    expected[group] = (expected[group] as number) + one.expected
  }
  const none = Array.from({ length: groups }, () => 1)
  if (expected.some((at) => at === 0)) return none
  const ratio = came.map((count, group) => count / (expected[group] as number))
  const between = sum([...ratio].map((at, group) => (expected[group] as number) * (at - 1) ** 2))
  const within = thirds.map((one) => {
    if (one.expected === 0) return one.came
    const at = ratio[groupOf(one.ofYear)] as number
    return one.expected * (one.came / one.expected - at) ** 2
  })
  const [above, below] = [groups - 1, thirds.length - groups]
  // By chance, counts differ at least as much as Poisson's do.
  const f = between / above / Math.max(1, sum(within) / below)
  if (upperTail(f, above, below) > BY_CHANCE) return none
  return [...ratio].map((at) => Math.min(FASTEST, Math.max(SLOWEST, 1 + (1 - 1 / f) * (at - 1))))
}

const NONE = Array.from({ length: THIRDS_A_YEAR }, () => 1)

function seasonIn(thirds: readonly Third[]): readonly number[] {
  if (sum(thirds.map(({ came }) => came)) < FEWEST_OUTCOMES) return NONE
  const quarter = factorsOf(thirds, THIRDS_A_QUARTER, (third) => third % THIRDS_A_QUARTER)
  const ofQuarter = (third: number): number => quarter[third % THIRDS_A_QUARTER] as number
  if (thirds.length < FEWEST_FOR_YEARS) return NONE.map((_, third) => ofQuarter(third))
  const rest = thirds.map((one) => ({ ...one, expected: one.expected * ofQuarter(one.ofYear) }))
  const year = factorsOf(rest, 12, (third) => Math.floor(third / 3))
  return NONE.map((_, third) => ofQuarter(third) * (year[Math.floor(third / 3)] as number))
}

/**
 * When in a quarter and a year deals are closed: the factors by which they are won and lost faster then.
 * They are learnt from the full months that were over on a day: what came in the days of a group ÷ what
 * the deals open then would have brought, at each stage's own rate. Groups are the nine thirds of the
 * months of a quarter (from 6 months), then the months of the year in what these leave (from 24).
 * `F = (Σ E (r − 1)² / (groups − 1)) / (Σ E (r − r̄)² / (thirds − groups))`, with E expected and r the
 * ratios, says whether they differ by more than chance (1 %); if so each is drawn to 1 by 1 / F. Last
 * days of quarters with 2.6 times as much, and an F of 8, count as 1 + ⅞ × 1.6 = 2.4.
 * Null if no days differ.
 */
export function closingSeason(ledger: Ledger, until: number): ClosingSeason | null {
  const census = knownCensus(ledger)
  if (!census) return null
  const [won, lost] = (['won', 'lost'] as const).map((which) =>
    seasonIn(thirdsOf(census, which, until)),
  ) as [readonly number[], readonly number[]]
  return [...won, ...lost].every((at) => at === 1) ? null : { won, lost }
}
