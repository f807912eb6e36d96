import { type Day, toEpochDay } from '../../domain/day.ts'
import type { SetChance } from '../set-chances.ts'

/** Open deals that are alike: same process, same stage, same day of entering it. */
export interface OpenCell {
  processId: number
  /** Null for deals of a process without stages. */
  stageId: number | null
  stageSince: Day
  /** 0 if nobody knows since when: `stageSince` is then the latest day it can be. */
  sinceKnown?: 0 | 1
  deals: number
  amount: number
  profit: number
  /** Those of them whose chance to win was set by hand. */
  set?: readonly SetChance[]
}

/** What is known of a stage in a process: chance to win, time limit. */
export interface StageFacts {
  probability: number | null
  limitDays: number | null
}

/** Looks up the facts of a stage in a process, for deals that have been in it for this many days. */
export type FactsOf = (processId: number, stageId: number | null, days: number) => StageFacts

/** One stage of an open funnel. Amounts in minor units. */
export interface OpenStage {
  deals: number
  amount: number
  profit: number
  /** Mean chance of its deals to win, 0…1: the one set by hand, else the one learnt; null if no deal has one. */
  probability: number | null
  /** Deals whose chance was set by hand. */
  set_by_hand: number
  /** The mean of the chances that are learnt. */
  probability_learnt: number | null
  /** Σ amount × probability, 0 without deals; null if none of the deals has a probability. */
  weighted: number | null
  /** The same by the chances that are learnt. */
  weighted_learnt: number | null
  median_days: number | null
  overdue: number
}

/**
 * The median of values that come with counts: the middle one, or the mean of the middle two.
 * [[3, 1], [5, 2], [9, 1]] is 3, 5, 5, 9: median 5. Null if there are none.
 */
export function medianOfCounts(counts: readonly (readonly [number, number])[]): number | null {
  const sorted = counts.filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b)
  const size = sorted.reduce((total, [, count]) => total + count, 0)
  if (size === 0) return null
  const at = (place: number): number => {
    let seen = 0
    for (const [value, count] of sorted) {
      seen += count
      if (place < seen) return value
    }
    return Number.NaN
  }
  return (at(Math.floor((size - 1) / 2)) + at(Math.floor(size / 2))) / 2
}

/**
 * The mean of chances over their deals; null if there are none. Taken around the first, so that
 * the mean of equal chances is exactly that chance.
 */
export function meanChance(chances: readonly { value: number; deals: number }[]): number | null {
  const [first] = chances
  if (!first) return null
  const deals = chances.reduce((sum, chance) => sum + chance.deals, 0)
  const offsets = chances.reduce((sum, { value, deals: n }) => sum + (value - first.value) * n, 0)
  return first.value + offsets / deals
}

/**
 * The figures of one stage on day `asOf`. Median days is the median age, in the stage, of the deals
 * now in it, as far as it is known; overdue are those over the stage's limit.
 * @param cells the stage's cells only.
 */
export function openStage(cells: readonly OpenCell[], asOf: Day, factsOf: FactsOf): OpenStage {
  const result: OpenStage = {
    deals: 0,
    amount: 0,
    profit: 0,
    probability: null,
    set_by_hand: 0,
    probability_learnt: null,
    weighted: null,
    weighted_learnt: null,
    median_days: null,
    overdue: 0,
  }
  const used: Weighing[] = []
  const learnt: Weighing[] = []
  const ages: [days: number, deals: number][] = []
  const today = toEpochDay(asOf)
  for (const cell of cells) {
    const days = today - toEpochDay(cell.stageSince)
    if (cell.sinceKnown !== 0) ages.push([days, cell.deals])
    const { probability, limitDays } = factsOf(cell.processId, cell.stageId, days)
    result.deals += cell.deals
    result.amount += cell.amount
    result.profit += cell.profit
    if (limitDays !== null && days > limitDays) result.overdue += cell.deals
    const all = { deals: cell.deals, amount: cell.amount }
    const own = probability === null ? null : { ...all, value: probability }
    if (own) learnt.push(own)
    const { set = [] } = cell
    for (const { deals, amount, chance } of set) {
      result.set_by_hand += deals
      used.push({ deals, amount, value: chance })
      all.deals -= deals
      all.amount -= amount
    }
    if (own && all.deals > 0) used.push(set.length === 0 ? own : { ...all, value: own.value })
  }
  result.median_days = medianOfCounts(ages)
  result.probability = meanChance(used)
  result.probability_learnt = meanChance(learnt)
  result.weighted = weigh(used, cells.length === 0)
  result.weighted_learnt = weigh(learnt, cells.length === 0)
  return result
}

/** Deals with one chance to win. */
interface Weighing {
  deals: number
  amount: number
  value: number
}

/** Σ amount × chance, rounded once; 0 without deals, null if none has a chance. */
function weigh(some: readonly Weighing[], isEmpty: boolean): number | null {
  if (some.length === 0) return isEmpty ? 0 : null
  return Math.round(some.reduce((sum, { amount, value }) => sum + amount * value, 0))
}
