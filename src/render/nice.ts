/** A round step, such that this many of them cover a value: ten steps of 1,500 hold 14,000. */
export function niceStep(value: number, steps: number): number {
  const least = value / steps
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find(
    (candidate) => candidate * power >= least,
  )
  return (factor ?? 10) * power
}

/** The next 1, 2, 2.5 or 5 times a power of ten, so that a tenth of it is round, too. */
export function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value) ?? 10
  return factor * power
}
