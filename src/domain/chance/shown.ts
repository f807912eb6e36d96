/** An open deal is never certain: chances stay as far from 0 and 1 as a screen can show. */
const CERTAIN = 0.001

/** A chance from 0.001 to 0.999. */
export function uncertain(chance: number): number {
  return Math.min(1 - CERTAIN, Math.max(CERTAIN, chance))
}

/** A chance as it is shown. */
export function shownChance(chance: number): number {
  return Number(uncertain(chance).toFixed(3))
}

/** A chance in a sentence, in whole points: never 0 % or 100 %. */
export function spokenChance(chance: number): string {
  if (chance < 0.01) return 'under 1%'
  if (chance > 0.99) return 'over 99%'
  return `${Math.round(chance * 100)}%`
}
