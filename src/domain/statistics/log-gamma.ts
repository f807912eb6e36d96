const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI)
const LARGE = 12

/**
 * ln Γ(x) of a positive x by Stirling's series (Abramowitz & Stegun 6.1.41), after stepping up to where
 * it holds: `logGamma(0.5)` is ln √π = 0.5723649429247.
 */
export function logGamma(x: number): number {
  let steps = 0
  let at = x
  for (; at < LARGE; at += 1) steps += Math.log(at)
  const inverse = 1 / at
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TAU + series - steps
}
