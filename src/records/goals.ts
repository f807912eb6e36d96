import { distance } from 'fastest-levenshtein'
import { listGoals } from '../book/goals.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { GOAL_MEASURES, type GoalMeasure } from '../domain/goals/measures.ts'
import type { Goal } from '../domain/goals/spans.ts'
import { goalRow } from './rows/goal.ts'

/** What people call the measures as well. */
const ALIASES: Record<string, GoalMeasure> = {
  amount: 'won-amount',
  revenue: 'won-amount',
  sales: 'won-amount',
  profit: 'won-profit',
  deals: 'won-deals',
  won: 'won-deals',
  wins: 'won-deals',
  contacts: 'contacts-made',
}

/** Reads a measure. @throws Fault `usage` if there is none of that name. */
export function parseMeasure(text: string): GoalMeasure {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
  const found = GOAL_MEASURES.find((name) => name === word)
  if (found) return found
  if (Object.hasOwn(ALIASES, word)) return ALIASES[word] as GoalMeasure
  const near = GOAL_MEASURES.find((name) => distance(name, word) <= name.length / 3)
  const hint = near ? `did you mean ${near}?` : `there are ${GOAL_MEASURES.join(', ')}`
  throw new Fault('usage', `“${text}” is not something that goals are set for`, hint)
}

/** Sets a goal; one with the same owner, measure and days is changed. */
export async function setGoal(
  db: Db,
  goal: Omit<Goal, 'id' | 'owner'>,
): Promise<{ id: number; isNew: boolean }> {
  const row = goalRow(goal)
  const known = await db
    .selectFrom('goals')
    .select('id')
    .where('owner_id', goal.ownerId === null ? 'is' : '=', goal.ownerId)
    .where('measure', '=', goal.measure)
    .where('every', goal.every === null ? 'is' : '=', goal.every)
    .where('from_day', goal.from === null ? 'is' : '=', goal.from)
    .where('to_day', goal.to === null ? 'is' : '=', goal.to)
    .executeTakeFirst()
  if (known) {
    await db.updateTable('goals').set({ value: goal.value }).where('id', '=', known.id).execute()
    return { id: known.id, isNew: false }
  }
  const { id } = await db.insertInto('goals').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, isNew: true }
}

/** Removes a goal by its number. @throws Fault `not-found` if there is none. */
export async function dropGoal(db: Db, id: number): Promise<Goal> {
  const found = (await listGoals(db)).find((goal) => goal.id === id)
  if (!found) throw new Fault('not-found', `there is no goal ${id}`, 'see: funnel goal list')
  await db.deleteFrom('goals').where('id', '=', id).execute()
  return found
}
