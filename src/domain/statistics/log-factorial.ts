const EXACT_UP_TO = 32

const exact: number[] = [0]
for (let n = 1; n <= EXACT_UP_TO; n += 1) exact.push((exact[n - 1] as number) + Math.log(n))

/**
 * ln n! of a whole number ≥ 0: small ones summed, larger ones by Stirling's series, whose fifth term
 * is below 10⁻¹⁶ there. `logFactorial(100)` is 363.73937555556347.
 */
export function logFactorial(n: number): number {
  if (n <= EXACT_UP_TO) return exact[n] as number
  const square = n * n
  const correction = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n
  return (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + correction
}

/** ln of the number of ways to choose k of n. */
export function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}
