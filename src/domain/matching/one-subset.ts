/** Of more amounts than this, some would add up to any sum by chance. */
export const MOST_AMOUNTS = 12

/**
 * The only way to make a sum of some amounts, as their places: 119 of [100, 119, 19] is made in two ways, 138 in one.
 * @param amounts at most {@link MOST_AMOUNTS}, each more than nothing.
 * @returns the places, none if there is no way, null if there are several.
 */
export function oneSubset(amounts: readonly number[], sum: number): number[] | null {
  if (amounts.length > MOST_AMOUNTS) throw new RangeError('too many amounts')
  const sums = new Float64Array(2 ** amounts.length)
  let found = 0
  for (let set = 1; set < sums.length; set += 1) {
    // Without its last member, a set is an earlier one.
    const last = 31 - Math.clz32(set & -set)
    sums[set] = (sums[set & (set - 1)] ?? 0) + (amounts[last] ?? 0)
    if (sums[set] !== sum) continue
    if (found !== 0) return null
    found = set
  }
  return amounts.flatMap((_, place) => ((found >> place) & 1 ? [place] : []))
}
