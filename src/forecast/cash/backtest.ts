import { addDays, type Day, toEpochDay } from '../../domain/day.ts'
import { type Band, quantile } from '../model/sampling.ts'
import { readVisits } from '../model/visits-on.ts'
import { loadReceipts } from './load.ts'
import { cashAfter, type CashHistory } from './model.ts'

/** How many days a past forecast was for, how many are made, and with how many draws. */
export const TESTED_DAYS = 28
const ORIGINS = 12
const DRAWS = 500

/** With fewer paid invoices, nothing is learnt yet. */
export const FEWEST_PAID = 10

/** With fewer past forecasts, nothing is said of how good they were. */
const FEWEST_ORIGINS = 3

/** A past forecast and what came in of what was open then, in minor units. */
export interface TestedCash {
  from: Day
  to: Day
  mean: number
  p10: number
  p50: number
  p90: number
  /** What would have come if all had been paid when it was due, and what was late at once. */
  due: number
  actual: number
}

/** How much wider bands are made; shrunk towards 1 with the weight of four past forecasts. */
const WEIGHT = 4

/**
 * The factor for the half-widths of bands that lets 8 of 10 past outcomes fall inside; 1 or more. Draws know nothing of what
 * all clients have in common: a good month, a holiday. With 4 past outcomes, all 3 half-widths off, it is
 * 1 + (3 − 1) × 4 / (4 + 4) = 2.
 */
export function wideningOf(
  past: readonly Omit<TestedCash, 'from' | 'to' | 'due' | 'mean'>[],
): number {
  const off = past
    .map(({ actual, p10, p50, p90 }) => {
      const half = actual > p50 ? p90 - p50 : p50 - p10
      return half > 0 ? Math.abs(actual - p50) / half : actual === p50 ? 0 : MOST_WIDENING
    })
    .toSorted((a, b) => a - b)
  const wanted = Math.min(MOST_WIDENING, Math.max(1, quantile(off, 0.8)))
  return 1 + ((wanted - 1) * past.length) / (past.length + WEIGHT)
}

const MOST_WIDENING = 10

/** A band made wider; never below nothing. */
export function widened<B extends Band>(band: B, factor: number): B {
  const { p10, p50, p90 } = band
  return {
    ...band,
    p10: Math.max(0, p50 - factor * (p50 - p10)),
    p90: p50 + factor * (p90 - p50),
  }
}

/** How good past forecasts were: shares. */
export interface CashAccuracy {
  origins: number
  /** Σ |expected − came| / Σ came; null if nothing came. */
  wape: number | null
  /** The same of the forecast that all is paid when it is due. */
  wape_naive: number | null
  /** Σ (expected − came) / Σ came. */
  bias: number | null
  /** The share of what came that was between P10 and P90. */
  coverage80: number
}

/**
 * Forecasts made anew for every fourth week of the last year, each from what was known then, and what came in during the
 * 28 days after it: of the invoices that there were, and of the deals that were open. Each band is widened by what those
 * before it taught; `widening` is what all of them teach.
 */
export async function testCash(
  history: CashHistory,
): Promise<{ tested: TestedCash[]; widening: number }> {
  const { scope, book, loaded, cases } = history
  const days = Array.from({ length: ORIGINS }, (_, at) =>
    addDays(scope.asOf, -TESTED_DAYS * (at + 1)),
  ).filter((origin) => {
    const day = toEpochDay(origin)
    return cases.filter(({ paid, end }) => paid && end <= day).length >= FEWEST_PAID
  })
  const first = days.at(-1)
  if (first === undefined) return { tested: [], widening: 1 }
  readVisits(loaded.ledger, days.map(toEpochDay))
  const receipts = await loadReceipts(book.db, scope, first)
  const raw: TestedCash[] = []
  for (const origin of days.toReversed()) {
    const day = toEpochDay(origin)
    const made = await cashAfter(history, origin, TESTED_DAYS / 7, DRAWS)
    const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
    const actual = receipts
      .filter(({ on }) => on > day && on <= day + TESTED_DAYS)
      .filter(({ issued, deal }) => issued <= day || (deal !== null && made.dealIds.has(deal)))
    raw.push({
      from: addDays(origin, 1),
      to: addDays(origin, TESTED_DAYS),
      mean: sum(made.invoices) + sum(made.deals),
      ...made.total,
      due: sum(made.parts.filter(({ due }) => due <= day + TESTED_DAYS).map((one) => one.amount)),
      actual: sum(actual.map(({ amount }) => amount)),
    })
  }
  const tested = raw.map((one, at) => widened(one, wideningOf(raw.slice(0, at))))
  return { tested, widening: wideningOf(raw) }
}

/** How good past forecasts were; null if there are too few. */
export function cashAccuracy(tested: readonly TestedCash[]): CashAccuracy | null {
  if (tested.length < FEWEST_ORIGINS) return null
  const sum = (of: (one: TestedCash) => number): number =>
    tested.reduce((all, one) => all + of(one), 0)
  const came = sum(({ actual }) => actual)
  const of = (total: number): number | null => (came === 0 ? null : total / came)
  return {
    origins: tested.length,
    wape: of(sum(({ mean, actual }) => Math.abs(mean - actual))),
    wape_naive: of(sum(({ due, actual }) => Math.abs(due - actual))),
    bias: of(sum(({ mean, actual }) => mean - actual)),
    coverage80:
      sum(({ actual, p10, p90 }) => Number(actual >= p10 && actual <= p90)) / tested.length,
  }
}
