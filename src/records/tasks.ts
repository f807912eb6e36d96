import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName, tidyText } from '../domain/name.ts'
import { nextRepetition, parseRepeat, type Repeat, repeatText } from '../domain/repeat.ts'
import { type Moment, requirePast } from './moment.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import { requireActive } from './retired.ts'
import { repeatedTaskRow, taskRow } from './rows/task.ts'
import type { OpenedTask } from './stage-tasks.ts'

/** A task as it is entered. */
export interface NewTask {
  text: string
  due: Day | null
  /** The time of that day, and how many minutes it takes. */
  time?: TimeOfDay | null
  minutes?: number | null
  clientId: number | null
  dealId: number | null
  ownerId: number | null
  repeat: Repeat | null
}

/**
 * Adds a task. One that repeats needs the day of its first time.
 * @throws Fault `usage` without a text, if a repeating task has no day, or if its owner is retired.
 */
export async function addTask(db: Db, task: NewTask, { on }: Moment): Promise<OpenedTask> {
  const text = tidyName(task.text)
  if (text === '') throw new Fault('usage', 'a task needs a text', 'funnel task add "Call again"')
  if (task.repeat && task.due === null) {
    const hint = 'give the day of the first time: --due monday'
    throw new Fault('usage', 'a task that repeats needs a day', hint)
  }
  requireDay(task)
  await requireActive(db, 'owner', task.ownerId)
  const { id } = await db
    .insertInto('tasks')
    .values(
      taskRow({
        ...task,
        text,
        repeat: task.repeat && repeatText(task.repeat),
        repeatFrom: task.repeat && task.due,
        addedOn: on,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, text, due: task.due, time: task.time ?? null }
}

/** @throws Fault `usage` for a time of no day. */
function requireDay({ due, time = null }: Pick<NewTask, 'due' | 'time'>): void {
  if (time === null || due !== null) return
  throw new Fault('usage', `at ${time} of which day?`, `give it: --due "friday ${time}"`)
}

/** A task as commands find it. */
export interface FoundTask {
  id: number
  text: string
  status: 'open' | 'done' | 'dropped'
  due: Day | null
  time: TimeOfDay | null
  repeat: string | null
  dealId: number | null
  stageId: number | null
}

function tasks(db: Db) {
  return db
    .selectFrom('tasks')
    .select([
      'id',
      'text',
      'status',
      'due',
      'time',
      'repeat',
      'deal_id as dealId',
      'stage_id as stageId',
    ])
}

async function openTasksNamed(db: Db, text: string): Promise<FoundTask[]> {
  const open = await tasks(db).where('status', '=', 'open').execute()
  const key = nameKey(text)
  const exact = open.filter((task) => nameKey(task.text) === key)
  if (exact.length > 0) return exact
  return open.filter((task) => key !== '' && nameKey(task.text).includes(key))
}

/**
 * Finds an open task by its number, or by a part of its text that is unique among open tasks.
 * @param wanted `any` takes the number of a closed one too.
 * @throws Fault `not-found` if none or several match; `failed` if it is closed.
 */
export async function findTask(
  db: Db,
  text: string,
  wanted: 'open' | 'any' = 'open',
): Promise<FoundTask> {
  const number = /^#?(\d{1,15})$/.exec(text.trim())?.[1]
  const found = number
    ? await tasks(db).where('id', '=', Number(number)).execute()
    : await openTasksNamed(db, text)
  const [task] = found
  if (!task) throw new Fault('not-found', `there is no task “${text}”`, 'see: funnel task list')
  if (found.length > 1) {
    const lines = found.slice(0, CANDIDATES).map((one) => `  ${one.id}  ${one.text}`)
    if (found.length > CANDIDATES) lines.push('  …')
    const message = `“${text}” fits more than one task:\n${lines.join('\n')}`
    throw new Fault('not-found', message, 'give its number')
  }
  if (task.status !== 'open' && wanted === 'open') {
    throw new Fault('failed', `task ${task.id} (${task.text}) is ${task.status} already`)
  }
  return task
}

/** How many tasks an ambiguity lists. */
const CANDIDATES = 8

/**
 * The deal that goes on when a task is done: the open one of a guided process whose stage the task
 * belongs to; null for any other task.
 */
export async function dealToAdvance(
  db: Db,
  { dealId, stageId }: FoundTask,
): Promise<number | null> {
  if (dealId === null || stageId === null) return null
  const { kind } = await db
    .selectFrom('deals as d')
    .innerJoin('processes as p', 'p.id', 'd.process_id')
    .select('p.kind')
    .where('d.id', '=', dealId)
    .executeTakeFirstOrThrow()
  return kind === 'guided' ? dealId : null
}

/** Closes a task. One that repeats comes again; the next one is returned. */
export async function closeTask(
  db: Db,
  id: number,
  status: 'done' | 'dropped',
  result: string | null,
  moment: Moment,
): Promise<OpenedTask | null> {
  requirePast(moment)
  const { on } = moment
  const task = await db
    .updateTable('tasks')
    .set({ status, closed_on: on, result: tidyText(result ?? '') || null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const { due, repeat, repeat_from: from, text } = task
  if (status === 'dropped' || repeat === null || from === null) return null
  const next = nextRepetition(from, parseRepeat(repeat), due !== null && due > on ? due : on)
  const added = await db
    .insertInto('tasks')
    .values(repeatedTaskRow(task, next, on))
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: added.id, text, due: next, time: task.time }
}

/** What of a task changes; null clears a value, and what is left out stays. */
export interface TaskEdit {
  text?: string
  due?: Day | null
  time?: TimeOfDay | null
  minutes?: number | null
  clientId?: number | null
  dealId?: number | null
  ownerId?: number | null
  repeat?: Repeat | null
}

/**
 * Changes an open task. A repeating one keeps its rhythm: a new day moves only this occurrence, and a new
 * interval is counted from its day. Without a day it has no time either.
 * @throws Fault `usage` without a text, for a time without a day, if it repeats and has no day, or if the
 *   owner is retired.
 */
export async function editTask(db: Db, task: FoundTask, edit: TaskEdit): Promise<void> {
  const { text, due = task.due, clientId, dealId, ownerId, repeat, minutes } = edit
  const time = edit.time === undefined ? (edit.due === null ? null : task.time) : edit.time
  const words = text === undefined ? undefined : tidyName(text)
  if (words === '') throw new Fault('usage', 'a task needs a text', 'give it: --text "Call again"')
  if ((repeat === undefined ? task.repeat : repeat) !== null && due === null) {
    const hint = 'it can stop repeating: --every none'
    throw new Fault('usage', 'a task that repeats needs a day', hint)
  }
  requireDay({ due, time })
  if (ownerId !== undefined) await requireActive(db, 'owner', ownerId)
  const rhythm =
    repeat === undefined ? {} : { repeat: repeat && repeatText(repeat), repeat_from: repeat && due }
  await db
    .updateTable('tasks')
    .set({
      due,
      time,
      ...rhythm,
      ...(words !== undefined && { text: words }),
      ...(minutes !== undefined && { minutes }),
      ...(clientId !== undefined && { client_id: clientId }),
      ...(dealId !== undefined && { deal_id: dealId }),
      ...(ownerId !== undefined && { owner_id: ownerId }),
    })
    .where('id', '=', task.id)
    .execute()
}

/** Removes a task. @throws Fault `failed` if it is a stage's, which comes and goes with its deal. */
export async function deleteTask(db: Db, { id, text, stageId }: FoundTask): Promise<void> {
  if (stageId !== null) {
    const hint = `if it need not be done: funnel task drop ${id}`
    throw new Fault('failed', `task ${id} (${text}) belongs to the stage of its deal`, hint)
  }
  await db.deleteFrom('tasks').where('id', '=', id).execute()
}
