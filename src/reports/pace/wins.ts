import { type Spell, survivalCurve, survivalQuantile } from '../../domain/statistics/survival.ts'
import { withoutOpeningNote } from '../scope.ts'

/** How long something takes: days until half and nine tenths of it are done, if that is reached. */
export interface Pace {
  /** How many were under way. */
  spells: number
  /** How many of them ended as asked. */
  ended: number
  median_days: number | null
  p90_days: number | null
}

/**
 * Kaplan–Meier median and P90 of spells. For days to win, lost deals end another way, so the
 * figure is how long a win takes, not how long it would if nothing were lost; with nothing open it
 * is the plain median of the won deals.
 */
export function paceOf(spells: readonly Spell[]): Pace {
  const curve = survivalCurve(spells)
  const count = (of: readonly Spell[]): number => of.reduce((sum, one) => sum + one.count, 0)
  return {
    spells: count(spells),
    ended: count(spells.filter(({ end }) => end === 'event')),
    median_days: survivalQuantile(curve, 0.5),
    p90_days: survivalQuantile(curve, 0.9),
  }
}

/** The note on deals without days to win, as nobody knows when they were opened. */
export function withoutDaysNote(deals: number): string[] {
  return withoutOpeningNote(deals, 'days to win and of contacts before a win')
}
