import { type RawBuilder, sql } from 'kysely'
import { dayAfter, fieldOf, recordsOf } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { DealState } from '../domain/deal-state.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import type { Moment } from './moment.ts'
import { type Process, stageRules } from './processes.ts'
import { taskColumns, taskRow } from './rows/task.ts'

/** A task opened by a step. */
export interface OpenedTask {
  id: number
  text: string
  due: Day | null
  time?: TimeOfDay | null
}

async function add(
  db: Db,
  dealId: number,
  { on }: Moment,
  task: {
    text: string
    due: Day | null
    ownerId: number | null
    stageId: number | null
    followUp: 0 | 1
  },
): Promise<OpenedTask> {
  const { client_id: clientId } = await db
    .selectFrom('deals')
    .select('client_id')
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('tasks')
    .values(taskRow({ ...task, clientId, dealId, addedOn: on }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, text: task.text, due: task.due }
}

/**
 * Opens the task of the stage that a deal has come to, due by the stage's time limit. Every stage
 * of a guided process has one, named after the stage where it has no text of its own; another
 * process's stage has one where it has a text.
 */
export async function openStageTask(
  db: Db,
  dealId: number,
  process: Process,
  state: DealState,
  moment: Moment,
): Promise<OpenedTask | null> {
  const stage = process.stages.find(({ stageId }) => stageId === state.stageId)
  const text = stage?.task ?? (process.kind === 'guided' ? stage?.name : undefined)
  if (!stage || text === undefined) return null
  const { doerId } = await stageRules(db, process.id, stage.stageId)
  return add(db, dealId, moment, {
    text,
    due: stage.limitDays === null ? null : addDays(moment.on, stage.limitDays),
    ownerId: doerId ?? state.ownerId,
    stageId: stage.stageId,
    followUp: 0,
  })
}

/** Closes the open task of a deal's stage: done with what came of it, or dropped. */
export async function closeStageTasks(
  db: Db,
  dealId: number,
  status: 'done' | 'dropped',
  result: string | null,
  { on }: Moment,
): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ status, closed_on: on, result })
    .where('deal_id', '=', dealId)
    .where('stage_id', 'is not', null)
    .where('status', '=', 'open')
    .execute()
}

/** Opens the task that the reason for a loss prescribes; null if it prescribes none. */
export async function openFollowUp(
  db: Db,
  dealId: number,
  { reasonId, ownerId }: DealState,
  moment: Moment,
): Promise<OpenedTask | null> {
  if (reasonId === null) return null
  const reason = await db
    .selectFrom('reasons')
    .select(['follow_up_days as days', 'follow_up_text as text'])
    .where('id', '=', reasonId)
    .executeTakeFirstOrThrow()
  if (reason.days === null) return null
  return add(db, dealId, moment, {
    text: reason.text ?? 'Ask again',
    due: addDays(moment.on, reason.days),
    ownerId,
    stageId: null,
    followUp: 1,
  })
}

/** Drops the follow-up of a loss, when the deal is reopened. */
export async function dropFollowUps(db: Db, dealId: number, { on }: Moment): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ status: 'dropped', closed_on: on, result: 'reopened' })
    .where('deal_id', '=', dealId)
    .where('follow_up', '=', 1)
    .where('status', '=', 'open')
    .execute()
}

/** Passes on a deal's open stage task if it was its owner's and the deal gets another owner. */
export async function handOverStageTasks(
  db: Db,
  dealId: number,
  from: number | null,
  to: number | null,
): Promise<void> {
  await db
    .updateTable('tasks')
    .set({ owner_id: to })
    .where('deal_id', '=', dealId)
    .where('stage_id', 'is not', null)
    .where('status', '=', 'open')
    .where((eb) => (from === null ? eb('owner_id', 'is', null) : eb('owner_id', '=', from)))
    .execute()
}

/** The day that follows from a day in a stage of `process_stages ps`; null if that has no limit. */
function dueSince(since: RawBuilder<string>): RawBuilder<string | null> {
  return dayAfter(since, sql.ref('ps.limit_days'))
}

/**
 * Brings stage tasks in line with where deals stand, after deals came in or moved by other means than
 * the steps of `steps.ts`: closes those of stages that their deal has left, and opens the missing
 * ones, due by the time limit counted from the day of entry.
 */
export async function settleStageTasks(db: Db, { on }: Moment): Promise<void> {
  const left = sql<boolean>`NOT EXISTS (
    SELECT 1 FROM deals d
    WHERE d.id = tasks.deal_id AND d.closed_on IS NULL AND d.stage_id = tasks.stage_id)`
  await db
    .updateTable('tasks')
    .set({ status: 'done', closed_on: on })
    .where('stage_id', 'is not', null)
    .where('status', '=', 'open')
    .where(left)
    .execute()
  const row = taskColumns<RawBuilder<unknown>>({
    clientId: sql`d.client_id`,
    dealId: sql`d.id`,
    stageId: sql`d.stage_id`,
    ownerId: sql`coalesce(ps.doer_id, d.owner_id)`,
    text: sql`coalesce(ps.task, s.name)`,
    due: dueSince(sql`d.stage_since`),
    addedOn: on,
  })
  await sql`
    INSERT INTO tasks (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
    SELECT ${sql.join(Object.values(row))}
    FROM deals d
    JOIN processes p ON p.id = d.process_id
    JOIN process_stages ps ON ps.process_id = d.process_id AND ps.stage_id = d.stage_id
    JOIN stages s ON s.id = d.stage_id
    WHERE d.closed_on IS NULL AND (ps.task IS NOT NULL OR p.kind = 'guided')
      AND NOT EXISTS (SELECT 1 FROM tasks t
        WHERE t.deal_id = d.id AND t.stage_id IS NOT NULL AND t.status = 'open')
    ORDER BY d.id`.execute(db)
}

/** A deal, and the day on which it was assumed to have entered its stage. */
export interface EarlierEntry {
  deal: number
  since: Day
}

/**
 * Recalculates the due days of open stage tasks once it is known when their deals entered the stage. Only
 * tasks that still have the day derived from the earlier one change; what a person postponed stays.
 */
export async function redateStageTasks(db: Db, entries: readonly EarlierEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql`
    UPDATE tasks SET due = ${dueSince(sql`d.stage_since`)}
    FROM ${recordsOf(entries, 'was')}
    JOIN deals d ON d.id = ${fieldOf('was', 'deal')}
    JOIN process_stages ps ON ps.process_id = d.process_id AND ps.stage_id = d.stage_id
    WHERE tasks.deal_id = d.id AND tasks.stage_id = d.stage_id AND tasks.status = 'open'
      AND tasks.due = ${dueSince(fieldOf('was', 'since'))}`.execute(db)
}
