const SERIES_UP_TO = 3
const FRACTION_DEPTH = 200
const MANY_TERMS = 200

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}

/**
 * P(Z > z) of a standard normal Z, precise also far out, where 1 − Φ(z) would be nothing but rounding:
 * near the middle by the series `½ − φ(z)(z + z³/3 + z⁵/(3·5) + …)` (Marsaglia, Journal of Statistical
 * Software 11(4), 2004), beyond 3 by Laplace's continued fraction `φ(z) / (z + 1/(z + 2/(z + …)))`.
 * `normalTail(1.959964)` is 0.025.
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  if (z > SERIES_UP_TO) {
    let fraction = z
    for (let depth = FRACTION_DEPTH; depth > 0; depth -= 1) fraction = z + depth / fraction
    return density(z) / fraction
  }
  let term = z
  let sum = z
  for (let odd = 3; odd < MANY_TERMS; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 0.5 - sum * density(z)
}

/** Φ(z) = P(Z ≤ z) of a standard normal Z: `normalCdf(1.644854)` is 0.95. */
export function normalCdf(z: number): number {
  return normalTail(-z)
}

const STEPS = 3

/**
 * The z with Φ(z) = p: `normalQuantile(0.975)` is 1.959964. −∞ for 0, ∞ for 1. A first guess
 * (Abramowitz and Stegun, 26.2.23, good to 0.0005), made exact by Halley's steps.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p)
  if (p <= 0) return -Infinity
  const t = Math.sqrt(-2 * Math.log(p))
  let z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  for (let step = 0; step < STEPS; step += 1) {
    const off = (normalTail(z) - p) / density(z)
    z += off / (1 - (z * off) / 2)
  }
  return -z
}
