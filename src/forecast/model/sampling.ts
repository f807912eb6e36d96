import { type Random, seededRandom } from '../../domain/random.ts'

/** A draw from the standard normal distribution (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** A draw from the Gamma distribution of a shape of at least 1 and scale 1 (Marsaglia and Tsang, 2000). */
export function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

const LARGE = 30

/** A draw from the Poisson distribution: by inversion, above a mean of 30 by the rounded normal. */
export function poisson(mean: number, random: Random): number {
  if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  let term = Math.exp(-mean)
  let cumulated = term
  const u = random()
  let count = 0
  while (u > cumulated && count < 10 * LARGE) {
    count += 1
    term *= mean / count
    cumulated += term
  }
  return count
}

/** The value below which a share of the sorted values lies, interpolated. 0 if there are none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] as number
  const above = sorted[Math.ceil(at)] as number
  return below + (above - below) * (at - Math.floor(at))
}

/** P10, P50 and P90. */
export interface Band {
  p10: number
  p50: number
  p90: number
}

/** The band of samples. */
export function bandOf(samples: Float64Array): Band {
  const sorted = samples.toSorted()
  return { p10: quantile(sorted, 0.1), p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) }
}

/** Sources of random numbers, one for each period: what one period draws leaves the others as they are. */
export type Streams = (period: number) => Random

/** The same streams for the same seed; that of period 0 is the seed's own generator. */
export function seededStreams(seed: number): Streams {
  const made: Random[] = []
  return (period) => (made[period] ??= seededRandom((seed ^ Math.imul(period, 0x85ebca6b)) >>> 0))
}
