/** Under so many deals on either side nothing is said of a difference: too few. */
export const FEWEST_DEALS = 10

/** Of all cells called beyond chance together, no more than this share is expected to be by chance. */
export const FALSE_DISCOVERIES = 0.1

/** A p-value for people: `p = 0.02`, `p < 0.001`. */
export function chanceText(p: number): string {
  if (p < 0.001) return 'p < 0.001'
  return `p = ${p.toFixed(p < 0.0095 ? 3 : 2)}`
}
