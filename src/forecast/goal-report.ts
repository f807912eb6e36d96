import type { Book } from '../book/open.ts'
import { goalText, isMoney, plainGoal } from '../domain/goals/measures.ts'
import { describePeriod, type Period } from '../domain/period.ts'
import type { Column, Report, Row } from '../domain/table.ts'
import { goalStandings, type GoalStanding } from '../reports/goals/standing.ts'
import type { Scope } from '../reports/scope.ts'
import { goalChances } from './goal-chance.ts'

const hidden = { hidden: true } as const
const spoken = { spoken: true } as const

/** Amounts and counts stand in one table: as numbers for programs, as texts for people. */
const COLUMNS: Column[] = [
  { key: 'owner', label: 'Owner', type: 'text', none: 'all' },
  { key: 'measure', label: 'Measure', type: 'text', whole: true },
  { key: 'when', label: 'Period', type: 'text', ...spoken, worded: true },
  { key: 'goal_text', label: 'Goal', type: 'text', ...spoken },
  { key: 'actual_text', label: 'Actual', type: 'text', ...spoken },
  { key: 'of_goal', label: 'Of goal', type: 'share' },
  { key: 'pace_text', label: 'Pace', type: 'text', ...spoken },
  { key: 'of_pace', label: 'Of pace', type: 'share' },
  { key: 'needed_text', label: 'Needed a day', type: 'text', ...spoken },
  { key: 'chance', label: 'Chance', type: 'share' },
  { key: 'from', label: 'From', type: 'day', ...hidden },
  { key: 'to', label: 'To', type: 'day', ...hidden },
  { key: 'goal', label: 'Goal', type: 'number', ...hidden },
  { key: 'actual', label: 'Actual', type: 'number', ...hidden },
  { key: 'pace', label: 'Pace', type: 'number', ...hidden },
  { key: 'needed_per_day', label: 'Needed a day', type: 'number', ...hidden },
  { key: 'working_days', label: 'Working days', type: 'count', ...hidden },
  { key: 'working_days_gone', label: 'Gone', type: 'count', ...hidden },
  { key: 'goal_id', label: 'Goal no.', type: 'count', ...hidden },
]

function rowOf(standing: GoalStanding, chance: number | null, { settings }: Scope): Row {
  const { currency } = settings
  const { goal, actual, pace, neededPerDay, ofGoal, ofPace, days, gone } = standing
  const { measure, from, to } = goal
  const round = (value: number): number =>
    isMoney(measure) ? Math.round(value) : Number(value.toFixed(2))
  const plain = (value: number | null): number | null =>
    value === null ? null : plainGoal(round(value), measure, currency)
  const text = (value: number | null): string | null =>
    value === null ? null : goalText(round(value), measure, currency)
  return {
    owner: goal.owner,
    measure,
    when: describePeriod({ from, to }),
    from,
    to,
    goal: plain(goal.value),
    goal_text: text(goal.value),
    actual: plain(actual),
    actual_text: text(actual),
    of_goal: ofGoal,
    pace: plain(pace),
    pace_text: text(pace),
    of_pace: ofPace,
    needed_per_day: plain(neededPerDay),
    needed_text: text(neededPerDay),
    chance,
    working_days: days,
    working_days_gone: gone,
    goal_id: goal.id,
  }
}

/**
 * How far goals have come by the end of a day, what each working day after it must bring, and the chance to
 * reach them. @param period goals due in it; by default on the day.
 */
export async function goalReport(
  book: Book,
  scope: Scope,
  { ownerId, period }: { ownerId?: number | undefined; period?: Period | undefined },
): Promise<Report> {
  const { asOf, settings } = scope
  const wish = { asOf, settings, ownerId, ...(period ? { period } : {}) }
  const standings = await goalStandings(book.db, wish)
  const chances = await goalChances(book, scope, standings)
  const rows = standings.map((standing, at) => rowOf(standing, chances[at] ?? null, scope))
  return {
    name: 'goals',
    title: `Goals${period ? `, ${describePeriod(period)}` : ''}, as of ${asOf}`,
    subtitle: [],
    currency: settings.currency,
    head: { as_of: asOf },
    sections: [{ key: 'rows', columns: COLUMNS, rows }],
    totals: null,
    totalColumns: [],
    notes:
      rows.length === 0
        ? []
        : [
            'Pace: goal × working days gone / all, the day itself as gone; chance: from the draws of the forecast.',
          ],
    charts: [],
    empty: 'No goals are due; funnel goal set won-amount AMOUNT --every month sets one.',
  }
}
