import { normalQuantile } from './normal.ts'

/** From `low` to `high`, both ends included. */
export interface Interval {
  low: number
  high: number
}

function critical(confidence: number): number {
  return normalQuantile((1 + confidence) / 2)
}

/**
 * Wilson's score interval for a proportion: with p = successes / trials and z the normal quantile,
 * `(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)`. Stays inside 0…1 and is fair for few cases. 15 of
 * 148 at 95 % is 0.0624…0.1605; 0 of 20 is 0…0.1611. Null if there are no trials. (Wilson, Journal of the
 * American Statistical Association 22, 1927.)
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): Interval | null {
  if (trials === 0) return null
  const z = critical(confidence)
  const p = successes / trials
  const middle = p + (z * z) / (2 * trials)
  const half = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  return {
    low: successes === 0 ? 0 : (middle - half) / scale,
    high: successes === trials ? 1 : (middle + half) / scale,
  }
}

/** The difference of two proportions, first − second, −1…1, and the interval around it. */
export interface Difference extends Interval {
  difference: number
}

/** Cases that came out one way, of how many. */
export interface Proportion {
  successes: number
  trials: number
}

/**
 * Newcombe's interval for the difference of two independent proportions, from their Wilson intervals l…u
 * (method 10): `d − √((p₁ − l₁)² + (u₂ − p₂)²) … d + √((u₁ − p₁)² + (p₂ − l₂)²)`. 56/70 − 48/80 is 0.20, from
 * 0.0524 to 0.3339. Null if either has no trials. (Newcombe, Statistics in Medicine 17, 1998, 873–890.)
 */
export function newcombeInterval(
  first: Proportion,
  second: Proportion,
  confidence = 0.95,
): Difference | null {
  const one = wilsonInterval(first.successes, first.trials, confidence)
  const two = wilsonInterval(second.successes, second.trials, confidence)
  if (!one || !two) return null
  const p = first.successes / first.trials
  const q = second.successes / second.trials
  return {
    difference: p - q,
    low: p - q - Math.hypot(p - one.low, two.high - q),
    high: p - q + Math.hypot(one.high - p, q - two.low),
  }
}
