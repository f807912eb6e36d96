import { addDays, addMonths, type Day, dayOf, partsOf } from '../day.ts'
import type { Period } from '../period.ts'
import { type Every, GOAL_MEASURES, type GoalMeasure } from './measures.ts'

/** A goal as the book keeps it. */
export interface Goal {
  id: number
  /** Null is for all. */
  ownerId: number | null
  owner: string | null
  measure: GoalMeasure
  /** Null for a goal of one period, which then has both days. */
  every: Every | null
  /** The first day; with `every` the first one that it holds for, null if it always did. */
  from: Day | null
  to: Day | null
  /** Minor units, or a number. */
  value: number
}

/** A goal for the days that it is to be reached in. */
export interface DueGoal extends Goal {
  from: Day
  to: Day
}

/** The days of the month, quarter or year that a day is in. */
export function unitOf(every: Every, day: Day): { from: Day; to: Day } {
  const { year, month } = partsOf(day)
  const months = { month: 1, quarter: 3, year: 12 }[every]
  const from = dayOf(year, month - ((month - 1) % months), 1)
  return { from, to: addDays(addMonths(from, months), -1) }
}

const isSameKind = (a: Goal, b: Goal): boolean =>
  a.ownerId === b.ownerId && a.measure === b.measure && a.every === b.every

/** The goals of every month, quarter or year that a period touches: the latest that had begun by then. */
function recurring(goals: readonly Goal[], period: { from: Day; to: Day }): DueGoal[] {
  const kinds = goals.filter(
    (goal, at) => goal.every !== null && goals.findIndex((one) => isSameKind(one, goal)) === at,
  )
  return kinds.flatMap((kind) => {
    const own = goals
      .filter((goal) => isSameKind(goal, kind))
      .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))
    const due: DueGoal[] = []
    let unit = unitOf(kind.every as Every, period.from)
    while (unit.from <= period.to) {
      const { from } = unit
      const goal = own.find((one) => one.from === null || one.from <= from)
      if (goal) due.push({ ...goal, ...unit })
      unit = unitOf(kind.every as Every, addDays(unit.to, 1))
    }
    return due
  })
}

/** An open period, bounded by the days that goals name and by a day. */
export function bounded(
  goals: readonly Goal[],
  { from, to }: Period,
  asOf: Day,
): { from: Day; to: Day } {
  const known = [asOf, ...goals.flatMap((goal) => [goal.from, goal.to])]
    .filter((day) => day !== null)
    .toSorted()
  return { from: from ?? (known[0] as Day), to: to ?? (known.at(-1) as Day) }
}

/**
 * The goals of all periods that share a day with the one given. A goal of one period takes the place of that
 * of every month, quarter or year for the same owner, measure and days: 8,000 every month and 9,000 in
 * 2026-12 are 8,000 in November and 9,000 in December.
 */
export function goalsIn(goals: readonly Goal[], period: { from: Day; to: Day }): DueGoal[] {
  const single = goals.filter(
    (goal): goal is DueGoal =>
      goal.every === null &&
      goal.from !== null &&
      goal.to !== null &&
      goal.from <= period.to &&
      goal.to >= period.from,
  )
  const isReplaced = (due: DueGoal): boolean =>
    single.some(
      (one) =>
        one.ownerId === due.ownerId &&
        one.measure === due.measure &&
        one.from === due.from &&
        one.to === due.to,
    )
  const key = ({ owner, measure, from, to }: DueGoal): string =>
    [owner?.toLowerCase() ?? '', GOAL_MEASURES.indexOf(measure), from, to].join('\n')
  return [...recurring(goals, period).filter((due) => !isReplaced(due)), ...single].toSorted(
    (a, b) => (key(a) < key(b) ? -1 : 1),
  )
}
