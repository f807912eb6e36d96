import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { redateStageTasks } from './stage-tasks.ts'
import { projectDeal } from './project-deal.ts'

interface Opening {
  event: number
  on: Day
  known: 0 | 1
  /** The day of what happened next. */
  next: Day | null
}

async function openingOf(db: Db, deal: number): Promise<Opening> {
  return db
    .selectFrom('events as e')
    .select((eb) => [
      'e.id as event',
      'e.at as on',
      'e.day_known as known',
      eb
        .selectFrom('events as n')
        .select(sql<Day | null>`min(n.at)`.as('next'))
        .where('n.deal_id', '=', deal)
        .whereRef('n.id', '<>', 'e.id')
        .as('next'),
    ])
    .where('e.deal_id', '=', deal)
    .where('e.kind', '=', 'opened')
    .executeTakeFirstOrThrow()
}

async function write(db: Db, deal: number, event: number, at: Day, known: 0 | 1): Promise<void> {
  const { stage_since: since } = await db
    .selectFrom('deals')
    .select('stage_since')
    .where('id', '=', deal)
    .executeTakeFirstOrThrow()
  await db.updateTable('events').set({ at, day_known: known }).where('id', '=', event).execute()
  await projectDeal(db, deal)
  await redateStageTasks(db, [{ deal, since }])
}

/**
 * Sets the day a deal was opened; null if nobody knows it, and its current day stands in from then on. Tasks
 * of its stage that are due by that day follow it.
 * @throws Fault `failed` if something happened to the deal before that day.
 */
export async function setOpening(db: Db, deal: number, on: Day | null): Promise<void> {
  const { event, on: was, next } = await openingOf(db, deal)
  if (on === null) return write(db, deal, event, was, 0)
  if (next !== null && on > next) {
    const what = `deal ${deal} cannot have been opened on ${on}: its next step was on ${next}`
    throw new Fault('failed', what, `give --opened ${next} or an earlier day`)
  }
  await write(db, deal, event, on, 1)
}

/**
 * Makes room for a step before the day that stands in for an unknown opening day: it was opened by then.
 * A known opening day stays.
 */
export async function makeRoom(db: Db, deal: number, on: Day): Promise<void> {
  const { event, on: standIn, known } = await openingOf(db, deal)
  if (known === 0 && on < standIn) await write(db, deal, event, on, 0)
}
