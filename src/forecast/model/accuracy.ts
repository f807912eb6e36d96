import type { Naive } from './naive.ts'
import type { Band } from './sampling.ts'
import { sum } from './deals-on-day.ts'
import { minOf } from '../../domain/lists.ts'

/** One past forecast of a window, and the actual result. */
export interface Tested extends Band {
  /** The last day that was known. */
  origin: number
  mean: number
  actual: number
  naive: Naive
}

/**
 * How well forecasts did. Shares; null if nothing was won in any window. Each score is for the point
 * it is meant for: absolute errors are least for the median, and sums are right for the mean
 * (Gneiting, Making and evaluating point forecasts, JASA 106, 2011; Kolassa, Why the “best” point
 * forecast depends on the error or accuracy measure, IJF 36, 2020).
 */
export interface Accuracy {
  origins: number
  /** Σ |P50 − actual| / Σ actual. */
  wape: number | null
  /** Σ |mean − actual| / Σ actual. */
  wape_mean: number | null
  /** The lowest WAPE of the naive forecasts that exist for all windows. */
  wape_naive: number | null
  wape_last_period: number | null
  wape_trailing_mean: number | null
  wape_year_ago: number | null
  wape_template: number | null
  /** Σ (mean − actual) / Σ actual: 0.05 is 5 % too high. */
  bias: number | null
  /** The share of outcomes from P10 to P90. */
  coverage80: number
  /** 1 − pinball loss at 10, 50 and 90 % / that of the trailing mean. */
  skill: number | null
}

/** Σ |forecast − actual| / Σ actual: 10 for 8 is 0.25. Null if the actual sum is 0. */
export function wape(pairs: readonly { forecast: number; actual: number }[]): number | null {
  const actual = sum(pairs.map((pair) => pair.actual))
  if (actual <= 0) return null
  return sum(pairs.map((pair) => Math.abs(pair.forecast - pair.actual))) / actual
}

/** Pinball loss: how far a quantile forecast missed, weighted so that the true quantile has the least. */
export function pinball(level: number, forecast: number, actual: number): number {
  return actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual)
}

function bandLoss({ p10, p50, p90 }: Band, actual: number): number {
  return pinball(0.1, p10, actual) + pinball(0.5, p50, actual) + pinball(0.9, p90, actual)
}

/** How one naive forecast did in the windows that have one. Shares as in `Accuracy`. */
export interface Rival {
  name: keyof Naive
  windows: number
  wape: number | null
  bias: number | null
  /** The forecast's pinball skill against it: 1 − loss / its loss as a point. */
  skill: number | null
}

const RIVALS: (keyof Naive)[] = ['last_period', 'trailing_mean', 'year_ago', 'template']

function biasOf(pairs: readonly { forecast: number; actual: number }[]): number | null {
  const actual = sum(pairs.map((pair) => pair.actual))
  return actual > 0 ? (sum(pairs.map((pair) => pair.forecast)) - actual) / actual : null
}

/** Judges the naive forecasts for the same windows, and the forecast against each of them. */
export function rivalsOf(tested: readonly Tested[]): Rival[] {
  return RIVALS.map((name) => {
    const known = tested.flatMap((one) => {
      const forecast = one.naive[name]
      return forecast === null ? [] : [{ one, forecast, actual: one.actual }]
    })
    const loss = sum(known.map(({ one, actual }) => bandLoss(one, actual)))
    const theirs = sum(
      known.map(({ forecast: at, actual }) => bandLoss({ p10: at, p50: at, p90: at }, actual)),
    )
    return {
      name,
      windows: known.length,
      wape: wape(known),
      bias: biasOf(known),
      skill: theirs > 0 ? 1 - loss / theirs : null,
    }
  })
}

/** Judges past forecasts. Null if there are none. */
export function accuracyOf(tested: readonly Tested[]): Accuracy | null {
  if (tested.length === 0) return null
  const rivals = rivalsOf(tested)
  const of = (name: keyof Naive): Rival | undefined => rivals.find((rival) => rival.name === name)
  const comparable = rivals.flatMap((rival) =>
    rival.windows === tested.length && rival.wape !== null ? [rival.wape] : [],
  )
  const means = tested.map(({ mean, actual }) => ({ forecast: mean, actual }))
  const inside = tested.filter((one) => one.actual >= one.p10 && one.actual <= one.p90)
  return {
    origins: tested.length,
    wape: wape(tested.map(({ p50, actual }) => ({ forecast: p50, actual }))),
    wape_mean: wape(means),
    wape_naive: comparable.length === 0 ? null : minOf(comparable),
    wape_last_period: of('last_period')?.wape ?? null,
    wape_trailing_mean: of('trailing_mean')?.wape ?? null,
    wape_year_ago: of('year_ago')?.wape ?? null,
    wape_template: of('template')?.wape ?? null,
    bias: biasOf(means),
    coverage80: inside.length / tested.length,
    skill: of('trailing_mean')?.skill ?? null,
  }
}
