/**
 * Benjamini and Hochberg's adjusted p-values: the i-th smallest of m becomes the least of
 * `p(j) × m / j` over j ≥ i, at most 1. What is at or below q is found at a false discovery rate of q:
 * of the findings no more than q are expected to be false. [0.01, 0.04, 0.03] is [0.03, 0.04, 0.04].
 * (Journal of the Royal Statistical Society B 57, 1995.)
 * @param values null, for what was not tested, stays null and does not count.
 */
export function adjustedPValues(values: readonly (number | null)[]): (number | null)[] {
  const tested = values
    .flatMap((value, index) => (value === null ? [] : [{ value, index }]))
    .toSorted((one, other) => other.value - one.value)
  const adjusted: (number | null)[] = values.map(() => null)
  let least = 1
  tested.forEach(({ value, index }, place) => {
    least = Math.min(least, (value * tested.length) / (tested.length - place))
    adjusted[index] = least
  })
  return adjusted
}
