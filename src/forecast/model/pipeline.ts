import type { Random } from '../../domain/random.ts'
import type { ArrivalRate } from './arrivals.ts'
import type { WinChances } from './curves.ts'
import { gamma, poisson, type Streams } from './sampling.ts'
import { monthOf, type Season } from './season.ts'
import { type OpenDeals, sum } from './deals-on-day.ts'
import { maxOf } from '../../domain/lists.ts'

/** Periods by their last days, counted from today: [7, 38] is the next 7 days and the 31 after. */
export type Ends = readonly number[]

/** What is expected in each period, exactly, from deals open now and from those yet to come. */
export interface Expected {
  open: number[]
  fresh: number[]
}

/** Samples of what the periods bring: period p of simulation i at `p * sims + i`. */
export interface Samples {
  sims: number
  values: Float64Array
  /** The least and most that can come from deals that are open now: all that lose, all that gain. */
  open: Span
  /** The least and most that deals yet to come brought in any simulation: in each period, and in all. */
  fresh: { periods: Span[]; total: Span }
}

/** The least and the most of something. */
export interface Span {
  least: number
  most: number
}

/** Everything the pipeline's forecast of some periods is made from. */
export interface Pipeline {
  chances: WinChances
  open: OpenDeals
  arrivals: ArrivalRate | null
  season: Season
  /** Values of won deals; those of deals yet to come are drawn from them. */
  values: Float64Array
  /** The last day that is known. */
  day: number
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : sum(values) / values.length
}

/** Days ahead for which arrivals are assumed to go on growing at this rate. */
const GROWING_DAYS = 90

/** Expected wins in each period, from deals yet to come, per deal opened per day now. */
function freshWins({ chances, arrivals, season, day }: Pipeline, ends: Ends): number[] {
  const last = maxOf(ends, 0)
  const within = ends.map(() => 0)
  for (let u = 1; u <= last; u += 1) {
    const grown = Math.exp((arrivals?.growth ?? 0) * Math.min(u, GROWING_DAYS))
    const factor = (season[monthOf(day + u)] as number) * grown
    ends.forEach((end, period) => {
      if (u > end) return
      for (const { place, share } of arrivals?.entries ?? []) {
        within[period] = (within[period] as number) + factor * share * chances.fresh(place, u, end)
      }
    })
  }
  return within.map((wins, period) => wins - (within[period - 1] ?? 0))
}

/** What open deals are expected to bring within a number of days, exactly: Σ value × chance. */
export function expectedOfOpen({ chances, open }: Pipeline, end: number): number {
  let all = 0
  for (let at = 0; at < open.value.length; at += 1) {
    const chance = chances.aged(open.place[at] as number, open.age[at] as number, end)
    all += (open.value[at] as number) * chance
  }
  return all
}

/** What the pipeline is expected to bring: Σ value × chance, and rate × wins × mean value. */
export function expectedOf(pipeline: Pipeline, ends: Ends): Expected {
  const { arrivals, values } = pipeline
  const within = ends.map((end) => expectedOfOpen(pipeline, end))
  const rate = arrivals ? arrivals.shape / arrivals.rate : 0
  const mean = meanOf(values)
  return {
    open: within.map((value, period) => value - (within[period - 1] ?? 0)),
    fresh: freshWins(pipeline, ends).map((wins) => wins * rate * mean),
  }
}

/** Draws when, if ever, each open deal is won. */
function sampleOpen(pipeline: Pipeline, ends: Ends, samples: Samples, random: Random): void {
  const { chances, open } = pipeline
  const { sims, values } = samples
  const within = new Float64Array(ends.length)
  open.value.forEach((value, at) => {
    if (value === 0) return
    ends.forEach((end, period) => {
      within[period] = chances.aged(open.place[at] as number, open.age[at] as number, end)
    })
    const ever = within[ends.length - 1] as number
    for (let sim = 0; sim < sims; sim += 1) {
      const u = random()
      if (u >= ever) continue
      let into = sim
      for (let period = 0; u >= (within[period] as number); period += 1) into += sims
      values[into] = (values[into] as number) + value
    }
  })
}

/**
 * Draws wins of Gamma–Poisson counts, each with a value from `values`: one rate per simulation,
 * Gamma(shape, scale 1) / shape times the expected wins of each period. A period's samples do not
 * depend on those after it.
 */
export function sampleCounts(
  wins: readonly number[],
  shape: number,
  values: Float64Array,
  samples: Samples,
  streams: Streams,
): void {
  if (shape === 0 || values.length === 0) return
  const { sims } = samples
  for (let sim = 0; sim < sims; sim += 1) {
    const factor = gamma(shape, streams(0)) / shape
    wins.forEach((expected, period) => {
      const random = streams(period)
      const count = poisson(expected * factor, random)
      let sampled = samples.values[period * sims + sim] as number
      for (let win = 0; win < count; win += 1) {
        sampled += values[Math.floor(random() * values.length)] as number
      }
      samples.values[period * sims + sim] = sampled
    })
  }
}

const NOTHING: Span = { least: 0, most: 0 }

/** No samples yet. */
export function emptySamples(periods: number, sims: number): Samples {
  const none = Array.from({ length: periods }, () => NOTHING)
  const values = new Float64Array(periods * sims)
  return { sims, values, open: NOTHING, fresh: { periods: none, total: NOTHING } }
}

/** The least and most of some values, and 0. */
function spanOf(values: Iterable<number>): Span {
  let [least, most] = [0, 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return { least, most }
}

/** The least and most that samples hold in each period, and in all of them together. */
export function spansOf({ sims, values }: Pick<Samples, 'sims' | 'values'>): Samples['fresh'] {
  const all = new Float64Array(sims)
  values.forEach((value, at) => {
    all[at % sims] = (all[at % sims] as number) + value
  })
  const periods = Array.from({ length: values.length / sims }, (_, period) =>
    spanOf(values.subarray(period * sims, (period + 1) * sims)),
  )
  return { periods, total: spanOf(all) }
}

/** Simulates what the pipeline brings: open deals and, unless left out, deals yet to come. */
export function simulate(
  pipeline: Pipeline,
  ends: Ends,
  sims: number,
  streams: Streams,
  withFresh = true,
): Samples {
  const samples = emptySamples(ends.length, sims)
  sampleOpen(pipeline, ends, samples, streams(0))
  const { arrivals, values, open } = pipeline
  const fresh = emptySamples(ends.length, sims)
  if (withFresh && arrivals) {
    const rate = arrivals.shape / arrivals.rate
    const wins = freshWins(pipeline, ends).map((count) => count * rate)
    sampleCounts(wins, arrivals.shape, values, fresh, streams)
    fresh.values.forEach((value, at) => {
      samples.values[at] = (samples.values[at] as number) + value
    })
  }
  let [gains, all] = [0, 0]
  for (const value of open.value) {
    all += value
    if (value > 0) gains += value
  }
  return {
    ...samples,
    open: { least: all - gains, most: gains },
    fresh: spansOf(fresh),
  }
}
