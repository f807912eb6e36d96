import { normalTail } from './normal.ts'

/**
 * P(F > f) of an F distribution with so many degrees of freedom above and below: exactly
 * `(1 + 2f / below)^(−below / 2)` for 2 above; for others by Paulson's approximation, which takes the cube
 * root of F for nearly normal (Annals of Mathematical Statistics 13, 1942).
 * `upperTail(4.26, 2, 9)` is 0.05, `upperTail(4.22, 11, 12)` 0.01.
 */
export function upperTail(f: number, above: number, below: number): number {
  if (above === 2) return (1 + (2 * f) / below) ** (-below / 2)
  const root = Math.cbrt(f)
  const [a, b] = [2 / (9 * above), 2 / (9 * below)]
  return normalTail(((1 - b) * root - (1 - a)) / Math.sqrt(b * root * root + a))
}
