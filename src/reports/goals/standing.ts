import { sql } from 'kysely'
import { contactMade } from '../../book/contact-made.ts'
import { listGoals, workingDays } from '../../book/goals.ts'
import type { Db } from '../../book/store/db.ts'
import { isAssigned } from '../../book/unassigned.ts'
import type { Day } from '../../domain/day.ts'
import { type Pace, paceOf } from '../../domain/goals/pace.ts'
import { bounded, type DueGoal, goalsIn } from '../../domain/goals/spans.ts'
import type { Period } from '../../domain/period.ts'
import type { Settings } from '../../domain/settings.ts'
import { closed } from '../closed/index.ts'
import { plainFrame } from '../family/plain.ts'

/** A goal, and how far it has come by the end of a day. */
export interface GoalStanding extends Pace {
  goal: DueGoal
  /** Minor units, or a number. */
  actual: number
}

/** Which goals: those of an owner (null: of all together) or everyone's, due in a period. */
export interface GoalWish {
  asOf: Day
  settings: Settings
  ownerId?: number | null | undefined
  /** By default the day itself. */
  period?: Period
}

/** The columns of the closed funnel's totals that goals are set for. */
const WON = { 'won-amount': 'amount_won', 'won-profit': 'profit_won', 'won-deals': 'won' } as const

async function contactsMade(db: Db, ownerId: number | null, from: Day, to: Day): Promise<number> {
  const whose = ownerId === null ? sql`` : sql`AND ${isAssigned('i.owner_id', ownerId)}`
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM interactions AS i
    WHERE i.at BETWEEN ${from} AND ${to} AND ${sql.raw(contactMade('i'))} ${whose}`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * What was reached of a goal by the end of a day: as `report closed` counts what was won, and as the last
 * contact is counted. A deal counts for the owner that it has on that day.
 */
async function actualOf(
  db: Db,
  { ownerId, owner, measure, from, to }: DueGoal,
  { asOf, settings }: GoalWish,
): Promise<number> {
  if (from > asOf) return 0
  const end = to < asOf ? to : asOf
  if (measure === 'contacts-made') return contactsMade(db, ownerId, from, end)
  const chosen = ownerId === null ? undefined : { id: ownerId, name: owner ?? '' }
  const { totals } = await plainFrame(
    closed,
    db,
    { asOf, settings, owner: chosen },
    { from, to: end },
  )
  return Number(totals[WON[measure]] ?? 0)
}

/** The goals that are due in a period, with what was reached by the end of a day. */
export async function goalStandings(db: Db, wish: GoalWish): Promise<GoalStanding[]> {
  const { asOf, ownerId, settings } = wish
  const goals = await listGoals(db)
  const asked = goals.filter((goal) => ownerId === undefined || goal.ownerId === ownerId)
  if (asked.length === 0) return []
  const period = wish.period ?? { from: asOf, to: asOf }
  const working = await workingDays(db, settings)
  const standings: GoalStanding[] = []
  for (const goal of goalsIn(asked, bounded(asked, period, asOf))) {
    const actual = await actualOf(db, goal, wish)
    standings.push({ goal, actual, ...paceOf(goal, actual, asOf, working) })
  }
  return standings
}
