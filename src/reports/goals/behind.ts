import type { Db } from '../../book/store/db.ts'
import { goalText } from '../../domain/goals/measures.ts'
import { describePeriod } from '../../domain/period.ts'
import { goalStandings, type GoalWish } from './standing.ts'

/** The goals due on a day that are behind their pace, in one line; none if all are on it. */
export async function behindNote(db: Db, wish: GoalWish): Promise<string[]> {
  const { currency } = wish.settings
  const behind = (await goalStandings(db, wish)).flatMap(({ goal, actual, pace }) => {
    if (pace === null || actual >= pace) return []
    const text = (value: number): string => goalText(value, goal.measure, currency)
    const whose = goal.owner === null ? '' : ` of ${goal.owner}`
    const when = describePeriod({ from: goal.from, to: goal.to })
    return [`${goal.measure}${whose}, ${when}: ${text(actual)} of ${text(goal.value)}`]
  })
  return behind.length === 0 ? [] : [`Behind pace: ${behind.join('; ')}. See: funnel report goals`]
}
