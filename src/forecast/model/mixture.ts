import type { Raw } from './origin.ts'
import type { Span } from './pipeline.ts'
import { type Band, bandOf, quantile } from './sampling.ts'
import { sum } from './deals-on-day.ts'

/** A past forecast of both kinds, and the actual result. */
export interface Past {
  pipeline: number
  trailing: number
  actual: number
  /** The pipeline's band, not widened. */
  band: Band
}

/** What past forecasts teach: the pipeline's weight in the mixture, and how much to widen its band. */
export interface Lesson {
  weight: number
  width: number
}

/** How many past forecasts the first belief, that the pipeline alone is right, counts as. */
const WEIGHT_STRENGTH = 12

/** Past forecasts are few and overlap: their squared errors may differ this much by chance. */
const BY_CHANCE = 2

/** The widening assumed without evidence, and how many past forecasts it counts as. */
const FIRST_WIDTH = 1.3
const WIDTH_WEIGHT = 4

const NARROWEST = 0.7
const LARGEST_MISS = 4

/**
 * The pipeline model's weight in the mixture, 0…1: twice the trailing mean's squared errors in past
 * forecasts ÷ the pipeline's, but 1 at most, drawn to 1 as if twelve more had said so. Twelve in which
 * the pipeline's are four times the trailing mean's make it 0.75.
 */
export function pipelineWeight(past: readonly Past[]): number {
  const error = (of: 'pipeline' | 'trailing'): number =>
    sum(past.map((one) => (one[of] - one.actual) ** 2))
  const [pipeline, trailing] = [error('pipeline'), error('trailing')]
  if (pipeline === 0) return 1
  const learnt = Math.min(1, (BY_CHANCE * trailing) / pipeline)
  return (WEIGHT_STRENGTH + past.length * learnt) / (WEIGHT_STRENGTH + past.length)
}

/** How far outside its half of the band an outcome fell: 1 is on its edge, 0 on the median. */
export function miss({ band, actual }: Pick<Past, 'band' | 'actual'>): number {
  const distance = Math.abs(actual - band.p50)
  const half = actual > band.p50 ? band.p90 - band.p50 : band.p50 - band.p10
  if (distance === 0) return 0
  return Math.min(LARGEST_MISS, half === 0 ? LARGEST_MISS : distance / half)
}

/**
 * How much to widen the band so that 80 % of past outcomes fall inside: the 80 % point of
 * their misses, drawn to 1.3 as if four more had said so.
 */
export function widening(past: readonly Past[]): number {
  const misses = past.map(miss).toSorted((a, b) => a - b)
  const learnt = quantile(misses, 0.8)
  const width = (FIRST_WIDTH * WIDTH_WEIGHT + learnt * past.length) / (WIDTH_WEIGHT + past.length)
  return Math.max(NARROWEST, width)
}

/**
 * A band widened from its median by a factor, but not below zero unless it already was, and not
 * beyond what can be reached.
 */
export function widen(band: Band, by: number, reach: Span): Band {
  const p10 = Math.max(Math.min(0, band.p10), band.p50 - by * (band.p50 - band.p10))
  const p90 = band.p50 + by * (band.p90 - band.p50)
  // What was simulated can be reached, however the sums were rounded.
  return {
    p10: Math.max(p10, Math.min(reach.least, band.p10)),
    p50: band.p50,
    p90: Math.min(p90, Math.max(reach.most, band.p90)),
  }
}

/**
 * What one period, or all together, can come to: all open deals that gain are won and new deals bring
 * the most that they did in any simulation; downwards, all that lose. If the trailing mean is mixed
 * in, also the most and least of its simulations. One open deal of 1,000 and new ones of 300 at most
 * can come to 1,300, however much a band of such forecasts is to be widened.
 */
export function reachOf(raw: Raw, weight: number, period?: number): Span {
  const { open, fresh } = raw.pipelineSamples
  const own = period === undefined ? fresh.total : (fresh.periods[period] as Span)
  const reach = { least: open.least + own.least, most: open.most + own.most }
  if (weight === 1) return reach
  const { fresh: past } = raw.trailingSamples
  const mean = period === undefined ? past.total : (past.periods[period] as Span)
  return { least: Math.min(reach.least, mean.least), most: Math.max(reach.most, mean.most) }
}

/** The band of one period, or of all together: mixed, and widened within what can be reached. */
export function mixedBand(raw: Raw, { weight, width }: Lesson, period?: number): Band {
  const band = bandOf(mixedSamples(raw, weight, period))
  return widen(band, width, reachOf(raw, weight, period))
}

/**
 * The chance that a period brings at least so much: the share of the mixture's simulations that do, each moved
 * away from the median as `widen` moves the band.
 */
export function chanceOf(
  raw: Raw,
  { weight, width }: Lesson,
  needed: number,
  period: number,
): number {
  const samples = mixedSamples(raw, weight, period)
  const { p50 } = bandOf(samples)
  const reach = reachOf(raw, weight, period)
  const moved = samples.map(
    (value) =>
      widen({ p10: Math.min(value, p50), p50, p90: Math.max(value, p50) }, width, reach)[
        value < p50 ? 'p10' : 'p90'
      ],
  )
  return moved.filter((value) => value >= needed).length / samples.length
}

/**
 * The band of all periods together if nothing can be lost: each of its points is at least that of
 * every period, since all together bring no less than any of them.
 */
export function atLeastEach(total: Band, periods: readonly Band[]): Band {
  const most = (key: keyof Band): number =>
    periods.reduce((sofar, band) => Math.max(sofar, band[key]), total[key])
  return { p10: most('p10'), p50: most('p50'), p90: most('p90') }
}

/**
 * The mixture's samples of one period, or of all together: the share `weight` of the simulations
 * is the pipeline's, the rest the trailing mean's.
 */
function mixedSamples(raw: Raw, weight: number, period?: number): Float64Array {
  const { sims, values } = raw.pipelineSamples
  const mixed = new Float64Array(sims)
  const periods = values.length / sims
  const first = Math.round(sims * weight)
  for (let p = period ?? 0; p < (period === undefined ? periods : period + 1); p += 1) {
    for (let sim = 0; sim < sims; sim += 1) {
      const from = sim < first ? values : raw.trailingSamples.values
      mixed[sim] = (mixed[sim] as number) + (from[p * sims + sim] as number)
    }
  }
  return mixed
}
