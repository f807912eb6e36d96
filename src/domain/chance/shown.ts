/** A chance as it is shown: an open deal is never certain. */
export function shownChance(chance: number): number {
  return Number(Math.min(0.999, Math.max(0.001, chance)).toFixed(3))
}

/** A chance in a sentence, in whole points: never 0 % or 100 %. */
export function spokenChance(chance: number): string {
  if (chance < 0.01) return 'under 1%'
  if (chance > 0.99) return 'over 99%'
  return `${Math.round(chance * 100)}%`
}
