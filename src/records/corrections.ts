import type { Selectable, Updateable } from 'kysely'
import type { InteractionsTable } from '../book/schema/work.ts'
import type { Db } from '../book/store/db.ts'
import { referencesTo } from '../book/store/kind.ts'
import { sql } from 'kysely'
import { Fault } from '../domain/fault.ts'
import { tidyText } from '../domain/name.ts'
import { requireOwnDeal } from './interactions.ts'
import type { Named } from './lookup.ts'
import { requirePast } from './moment.ts'
import { projectDeal } from './project-deal.ts'
import type { FoundTask } from './tasks.ts'
import type { Moment } from './moment.ts'

/** What corrects entries made by mistake; what happened is told by commands that add to the history. */

/** @throws Fault `usage` if that is not a number, `not-found` if no interaction has it. */
export async function findInteraction(
  db: Db,
  text: string,
): Promise<Selectable<InteractionsTable>> {
  const hint = 'see: funnel client show CLIENT --json'
  if (!/^\d{1,15}$/.test(text.trim())) {
    throw new Fault('usage', `“${text}” is not the number of an interaction`, hint)
  }
  const found = await db
    .selectFrom('interactions')
    .selectAll()
    .where('id', '=', Number(text))
    .executeTakeFirst()
  if (!found) throw new Fault('not-found', `there is no interaction ${text.trim()}`, hint)
  return found
}

/**
 * Corrects an interaction; what is left out stays.
 * @throws Fault `usage` if its day is still to come, or the deal is another client's.
 */
export async function editInteraction(
  db: Db,
  { id, client_id: clientId }: Selectable<InteractionsTable>,
  changes: Updateable<InteractionsTable>,
  moment: Moment,
): Promise<void> {
  if (changes.at !== undefined) requirePast({ ...moment, on: changes.at })
  if (changes.deal_id != null) await requireOwnDeal(db, clientId, changes.deal_id)
  const text = changes.text == null ? {} : { text: tidyText(changes.text) || null }
  await db
    .updateTable('interactions')
    .set({ ...changes, ...text })
    .where('id', '=', id)
    .execute()
}

/** Removes an interaction. */
export async function deleteInteraction(db: Db, id: number): Promise<void> {
  await db.deleteFrom('interactions').where('id', '=', id).execute()
}

/** Removes a task. @throws Fault `failed` if it is a stage's, which comes and goes with its deal. */
export async function deleteTask(db: Db, { id, text, stageId }: FoundTask): Promise<void> {
  if (stageId !== null) {
    const hint = `if it need not be done: funnel task drop ${id}`
    throw new Fault('failed', `task ${id} (${text}) belongs to the stage of its deal`, hint)
  }
  await db.deleteFrom('tasks').where('id', '=', id).execute()
}

/** What is about a deal, and stays with its client when the deal is removed. */
const KEPT = new Set(['interactions'])

/**
 * Removes a deal that was entered by mistake, with its events, its tasks and everything else that is its
 * own; interactions stay with the client.
 * @returns how many rows of each table were removed, and how many interactions stay.
 */
export async function deleteDeal(db: Db, id: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { table, column } of await referencesTo(db, 'deals')) {
    const [name, deal] = [sql.table(table), sql.ref(column)]
    const query = KEPT.has(table)
      ? sql`UPDATE ${name} SET ${deal} = NULL WHERE ${deal} = ${id}`
      : sql`DELETE FROM ${name} WHERE ${deal} = ${id}`
    const { numAffectedRows } = await query.execute(db)
    counts.set(table, Number(numAffectedRows ?? 0))
  }
  await db.deleteFrom('deals').where('id', '=', id).execute()
  return counts
}

/** Corrects why a deal was lost. @throws Fault `failed` if it is not lost. */
export async function correctReason(
  db: Db,
  { id, name }: Named,
  reason: number | null,
): Promise<void> {
  const deal = await db
    .selectFrom('deals')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (deal.status !== 'lost') {
    const hint = `a deal is lost with its reason: funnel lose ${id} --reason REASON`
    throw new Fault('failed', `deal ${id} (${name}) is ${deal.status}, not lost`, hint)
  }
  const lost = await db
    .selectFrom('events')
    .select('id')
    .where('deal_id', '=', id)
    .where('kind', '=', 'lost')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await db.updateTable('events').set({ reason_id: reason }).where('id', '=', lost.id).execute()
  await projectDeal(db, id)
}
