/** The next number of 1, 2, 2.5 or 5 times a power of ten, so that a tenth of it reads well. */
export function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value) ?? 10
  return factor * power
}
