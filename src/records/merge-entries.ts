import { sql } from 'kysely'
import { listGoals } from '../book/goals.ts'
import type { Db } from '../book/store/db.ts'
import type { Goal } from '../domain/goals/spans.ts'
import { moveReferences } from '../book/store/references.ts'
import { Fault } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'
import { repeatedMoves } from '../domain/deal-state.ts'
import type { Named } from './lookup.ts'
import { loadEvents, projectDeal } from './project-deal.ts'
import { TABLES } from './dictionaries.ts'
import { savedMentions } from './saved-names.ts'

/** The dictionaries of which two entries can be made one. */
export type MergeNoun = 'owner' | 'source' | 'reason' | 'stage'

/** What of an entry the other one takes over if it has none. */
const OWN = {
  owner: ['email', 'user'],
  source: [],
  reason: ['follow_up_days', 'follow_up_text'],
  stage: [],
} as const satisfies Record<MergeNoun, readonly string[]>

/** What the records that refer to an entry are called. */
const RECORDS: Record<string, string> = {
  clients: 'client',
  deals: 'deal',
  interactions: 'interaction',
  tasks: 'task',
  goals: 'goal',
}

type Entry = Record<string, string | number | null>

async function entry(db: Db, noun: MergeNoun, id: number): Promise<Entry> {
  const row = await db
    .selectFrom(TABLES[noun] as 'owners')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row
}

/** Takes a stage out of the processes that also have the one it is merged into. */
async function leaveSharedProcesses(db: Db, into: Named, from: Named): Promise<void> {
  await db
    .deleteFrom('process_stages')
    .where('stage_id', '=', from.id)
    .where('process_id', 'in', (of) =>
      of.selectFrom('process_stages').select('process_id').where('stage_id', '=', into.id),
    )
    .execute()
}

/** Drops the goals of an owner that the one it is merged into has too, for the same measure and days. */
async function leaveSharedGoals(db: Db, into: Named, from: Named): Promise<void> {
  const goals = (await listGoals(db)).filter(({ ownerId }) => ownerId !== null)
  const keyOf = ({ measure, every, from: first, to }: Goal): string =>
    JSON.stringify([measure, every, first, to])
  const kept = new Set(goals.filter(({ ownerId }) => ownerId === into.id).map(keyOf))
  const shared = goals.filter((goal) => goal.ownerId === from.id && kept.has(keyOf(goal)))
  for (const { id } of shared) await db.deleteFrom('goals').where('id', '=', id).execute()
}

/** Removes moves of deals to the stage they were in already, and works out again where the deals are. */
async function settleDeals(db: Db, deals: readonly number[]): Promise<void> {
  for (const deal of deals) {
    const repeated = repeatedMoves(await loadEvents(db, deal))
    if (repeated.length > 0) await db.deleteFrom('events').where('id', 'in', repeated).execute()
    await projectDeal(db, deal)
  }
}

/** The deals that were ever in a stage, or may be counted as having passed it. */
async function dealsOfStage(db: Db, stage: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM deals WHERE process_id IN (
      SELECT process_id FROM process_stages WHERE stage_id = ${stage})
      OR id IN (SELECT deal_id FROM events WHERE stage_id = ${stage})`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many deals were ever in a stage, or lost for a reason. */
async function dealsWith(db: Db, noun: 'stage' | 'reason', id: number): Promise<number> {
  const { count } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.count<number>('deal_id').distinct().as('count'))
    .where(`${noun}_id`, '=', id)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Makes one entry of two: everything that refers to `from` then refers to `into`, which also takes over what
 * it lacks, and `from` is gone. Of a process that has both stages, that of `into` stays where it is; a move
 * from one of them to the other is then none, and is removed.
 * @returns what was moved, in words: `3 deals and 1 task`.
 * @throws Fault `usage` if both are one; `failed` if `into` is retired and `from` is not.
 */
export async function mergeEntries(
  db: Db,
  noun: MergeNoun,
  into: Named,
  from: Named,
): Promise<string> {
  if (into.id === from.id) {
    throw new Fault(
      'usage',
      `${into.name} cannot be merged with itself`,
      `see: funnel ${noun} list`,
    )
  }
  const [kept, gone] = [await entry(db, noun, into.id), await entry(db, noun, from.id)]
  if (kept.retired === 1 && gone.retired === 0) {
    const hint = `restore it first: funnel ${noun} edit ${into.id} --restore`
    throw new Fault('failed', `${into.name} is retired, and ${from.name} is not`, hint)
  }
  const saved = await savedMentions(db, noun, from.id)
  const deals = noun === 'stage' ? await dealsOfStage(db, from.id) : []
  const inPast = noun === 'stage' || noun === 'reason'
  const inEvents = inPast ? await dealsWith(db, noun, from.id) : 0
  if (noun === 'stage') await leaveSharedProcesses(db, into, from)
  if (noun === 'owner') await leaveSharedGoals(db, into, from)
  const moved = await moveReferences(db, TABLES[noun], from.id, into.id)
  await db
    .deleteFrom(TABLES[noun] as 'owners')
    .where('id', '=', from.id)
    .execute()
  const lacking = OWN[noun].filter((column) => kept[column] === null && gone[column] !== null)
  if (lacking.length > 0) {
    await db
      .updateTable(TABLES[noun] as 'owners')
      .set(Object.fromEntries(lacking.map((column) => [column, gone[column]])) as never)
      .where('id', '=', into.id)
      .execute()
  }
  await settleDeals(db, deals)
  await saved.follow(into.id)
  const parts = Object.entries(RECORDS).flatMap(([table, one]) => {
    // A deal refers to the stage it is in and to its furthest one, and to the reason of its latest loss.
    const count = table === 'deals' && inPast ? inEvents : (moved.get(table) ?? 0)
    return count === 0 ? [] : [counted(count, one)]
  })
  return parts.length === 0 ? 'nothing used it' : parts.join(', ')
}
