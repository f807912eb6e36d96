import type { Book } from '../book/open.ts'
import { addDays, type Day } from '../domain/day.ts'
import { describePeriod } from '../domain/period.ts'
import type { Section } from '../domain/table.ts'
import { goalStandings } from '../reports/goals/standing.ts'
import type { Scope } from '../reports/scope.ts'
import { goalChances } from './goal-chance.ts'
import type { ForecastMeasure, Loaded } from './load.ts'

/** Which goals a forecast can say something of. */
interface GoalsAsked {
  scope: Scope
  measure: ForecastMeasure
  /** The last day of the forecast. */
  to: Day
  loaded: Loaded
}

const MEASURES = { amount: 'won-amount', profit: 'won-profit', deals: 'won-deals' } as const

/** Is the forecast of all deals, or of all of one owner, as goals are? */
function isOfGoals({ process, source, clients, deals }: Scope): boolean {
  return !process && !source && !clients && !deals
}

/**
 * The goals of what is forecast whose last day is still to come and within the forecast, with the chances to reach
 * them that `report goals` has. Left out on a screen if there are none.
 */
export async function goalsAhead(book: Book, asked: GoalsAsked): Promise<Section> {
  const { scope, measure, to, loaded } = asked
  const { asOf, settings, owner } = scope
  const wish = { asOf, settings, ownerId: owner?.id ?? null }
  const period = { from: addDays(asOf, 1), to }
  const standings = isOfGoals(scope)
    ? (await goalStandings(book.db, { ...wish, period })).filter(
        ({ goal }) => goal.measure === MEASURES[measure] && goal.to <= to,
      )
    : []
  const chances = await goalChances(book, scope, standings, new Map([[measure, loaded]]))
  const type = measure === 'deals' ? 'count' : 'money'
  return {
    key: 'goals',
    title: `Goals for ${measure}, and the chance to reach them`,
    hidden: standings.length === 0,
    columns: [
      { key: 'when', label: 'Period', type: 'text', spoken: true, worded: true },
      { key: 'from', label: 'From', type: 'day', hidden: true },
      { key: 'to', label: 'To', type: 'day', hidden: true },
      { key: 'goal', label: 'Goal', type },
      { key: 'actual', label: 'Won so far', type },
      { key: 'chance', label: 'Chance', type: 'share' },
    ],
    rows: standings.map(({ goal, actual }, at) => ({
      when: describePeriod({ from: goal.from, to: goal.to }),
      from: goal.from,
      to: goal.to,
      goal: goal.value,
      actual,
      chance: chances[at] ?? null,
    })),
  }
}
