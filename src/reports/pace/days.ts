import type { DealCursor } from '../../book/stays/cursor.ts'
import { toEpochDay } from '../../domain/day.ts'
import type { SpellCounts } from '../../domain/statistics/spell-counts.ts'
import type { Window } from './window.ts'

/** A window in days counted from 1 January 1970; from −∞ if it has no first day. */
export interface DayWindow {
  from: number
  end: number
}

/** A window with its days as numbers. */
export function dayWindow({ from, end }: Window): DayWindow {
  return { from: from === null ? -Infinity : toEpochDay(from), end: toEpochDay(end) }
}

/** Was the deal closed in the window, by the outcome that stands? */
export function closedIn({ closed }: DealCursor, { from, end }: DayWindow): boolean {
  return closed !== null && closed >= from && closed <= end
}

/**
 * Counts the spell, from opening to outcome, of a deal that was under way in a window: won in it,
 * lost in it (another way to end), or still open at its end. A deal whose opening day is not known
 * has none.
 */
export function countWinSpell(spells: SpellCounts, deal: DealCursor, window: DayWindow): void {
  const { from, end } = window
  const { opened, closed } = deal
  if (from > end || !deal.openedKnown || opened > end || (closed !== null && closed < from)) return
  const age = opened >= from ? 0 : from - opened
  if (closed === null || closed > end) spells.add(age, end - opened, 'censored')
  else spells.add(age, closed - opened, deal.status === 'won' ? 'event' : 'other')
}

/**
 * Counts a deal's visits of stages that were under way in a window, whatever ended them: a step on
 * or back, a win or a loss. A deal that is reopened begins a new visit of the stage it was in. Deals
 * imported with an outcome but no history have no visits, and a visit that began on an unknown
 * day does not count. A visit from day 10 to day 40, watched from day 25 on, has the ages 15 to 30.
 * @param of gives the counts of a stage.
 */
export function countVisits(
  of: (stage: number) => SpellCounts,
  deal: DealCursor,
  { from, end }: DayWindow,
): void {
  if (from > end || deal.outcomeOnly) return
  for (let index = deal.openedKnown ? 0 : 1; index < deal.stays; index += 1) {
    const came = deal.came[index] as number
    if (came > end) return
    const stage = deal.stages[index] as number
    const gone = deal.gone[index] as number
    if (stage === 0 || gone < from) continue
    const age = came >= from ? 0 : from - came
    if (gone > end) of(stage).add(age, end - came, 'censored')
    else of(stage).add(age, gone - came, 'event')
  }
}
