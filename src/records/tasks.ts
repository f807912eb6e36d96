import { type RawBuilder, sql } from 'kysely'
import { hasName } from '../book/none.ts'
import type { Db } from '../book/open.ts'
import type { ClientTest } from './choose/index.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName, tidyText } from '../domain/name.ts'
import { nextRepetition, parseRepeat, type Repeat, repeatText } from '../domain/repeat.ts'
import { columnNamed, readSorts } from './list-columns.ts'
import { type Moment, requirePast } from './moment.ts'
import { requireActive } from './retired.ts'
import type { OpenedTask } from './stage-tasks.ts'

/** A task as it is entered. */
export interface NewTask {
  text: string
  due: Day | null
  clientId: number | null
  dealId: number | null
  ownerId: number | null
  repeat: Repeat | null
}

/** Which tasks a list shows; what is left out does not narrow it. */
export interface TaskFilter {
  id?: number
  status?: 'open' | 'done' | 'dropped'
  clientId?: number | null
  dealId?: number | null
  ownerId?: number | null
  /** Only tasks about clients that pass it. */
  clients?: ClientTest | undefined
  /** Due on or before this day. */
  dueBy?: Day
  /** Words that all stand in the text, or in the name of its client or its deal. */
  words?: string | undefined
  sorting?: readonly TaskSorting[]
  limit?: number
}

/**
 * Adds a task. One that repeats needs the day of its first time.
 * @throws Fault `usage` without a text, where a repeating task has no day, or where its owner is retired.
 */
export async function addTask(db: Db, task: NewTask, { on }: Moment): Promise<OpenedTask> {
  const text = tidyName(task.text)
  if (text === '') throw new Fault('usage', 'a task needs a text', 'funnel task add "Call again"')
  if (task.repeat && task.due === null) {
    const hint = 'give the day of the first time: --due monday'
    throw new Fault('usage', 'a task that repeats needs a day', hint)
  }
  await requireActive(db, 'owner', task.ownerId)
  const { id } = await db
    .insertInto('tasks')
    .values({
      client_id: task.clientId,
      deal_id: task.dealId,
      stage_id: null,
      owner_id: task.ownerId,
      text,
      due: task.due,
      closed_on: null,
      result: null,
      repeat: task.repeat && repeatText(task.repeat),
      repeat_from: task.repeat && task.due,
      added_on: on,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, text, due: task.due }
}

/** The numbers of the tasks with some words in them, as JSON; their text is folded here. */
async function tasksWithWords(db: Db, words: string): Promise<string> {
  const wanted = nameKey(words).split(' ')
  const rows = await db
    .selectFrom('tasks as t')
    .leftJoin('clients as c', 'c.id', 't.client_id')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
    .select(['t.id', 't.text', 'c.name_key as client', 'd.title_key as deal'])
    .execute()
  const fits = rows.filter(({ text, client, deal }) => {
    const all = [nameKey(text), client ?? '', deal ?? '']
    return wanted.every((word) => all.some((part) => part.includes(word)))
  })
  return JSON.stringify(fits.map(({ id }) => id))
}

/** What a list of tasks is sorted by; the last comes first where `descending`. */
interface TaskSorting {
  by: RawBuilder<unknown>
  descending: boolean
}

/** What each column of a list of tasks is sorted by. */
const ORDERS: Record<string, RawBuilder<unknown>> = {
  due: sql`t.due`,
  id: sql`t.id`,
  text: sql`t.text`,
  client: sql`c.name_key`,
  deal: sql`d.title_key`,
  owner: sql`o.name_key`,
  added_on: sql`t.added_on`,
  closed_on: sql`t.closed_on`,
}

/**
 * Reads what a list of tasks is sorted by: `owner,-due`.
 * @throws Fault `usage` where it has no such column.
 */
export function readTaskSorting(text: string): TaskSorting[] {
  return readSorts(text).map(({ name, descending }) => ({
    by: ORDERS[columnNamed('tasks', Object.keys(ORDERS), name)] ?? sql`t.id`,
    descending,
  }))
}

/** Tasks with the names of what they are about: by day, those without one last. */
export async function listTasks(db: Db, filter: TaskFilter) {
  let query = db
    .selectFrom('tasks as t')
    .leftJoin('clients as c', 'c.id', 't.client_id')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
    .leftJoin('stages as s', 's.id', 't.stage_id')
    .leftJoin('owners as o', 'o.id', 't.owner_id')
    .select([
      't.id',
      't.due',
      't.text',
      'c.name as client',
      'd.title as deal',
      's.name as stage',
      'o.name as owner',
      't.status',
      't.closed_on',
      't.result',
      't.repeat',
      't.added_on',
      't.client_id',
      't.deal_id',
    ])
  for (const { by, descending } of filter.sorting ?? []) {
    query = query.orderBy(sql`(${by}) IS NULL`).orderBy(by, descending ? 'desc' : 'asc')
  }
  query = query
    .orderBy((eb) => eb('t.due', 'is', null))
    .orderBy('t.due')
    .orderBy('t.id')
  if (filter.id !== undefined) query = query.where('t.id', '=', filter.id)
  // Written out, because the index of open tasks needs the word and not a parameter.
  if (filter.status === 'open') query = query.where(sql<boolean>`t.status = 'open'`)
  else if (filter.status) query = query.where('t.status', '=', filter.status)
  if (filter.clientId != null) query = query.where('t.client_id', '=', filter.clientId)
  if (filter.dealId != null) query = query.where('t.deal_id', '=', filter.dealId)
  if (filter.ownerId != null) query = query.where(hasName('t.owner_id', filter.ownerId))
  const { clients } = filter
  if (clients) {
    query = query.where(
      sql<boolean>`t.client_id IN (SELECT cc.id FROM clients AS cc WHERE ${clients('cc')})`,
    )
  }
  const { words = '' } = filter
  if (words !== '') {
    const fitting = await tasksWithWords(db, words)
    query = query.where(sql<boolean>`t.id IN (SELECT value FROM json_each(${fitting}))`)
  }
  if (filter.dueBy !== undefined) query = query.where('t.due', '<=', filter.dueBy)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return query.execute()
}

/** A task as a command finds it. */
export interface FoundTask {
  id: number
  text: string
  status: 'open' | 'done' | 'dropped'
  due: Day | null
  dealId: number | null
  stageId: number | null
}

function tasks(db: Db) {
  return db
    .selectFrom('tasks')
    .select(['id', 'text', 'status', 'due', 'deal_id as dealId', 'stage_id as stageId'])
}

async function openTasksNamed(db: Db, text: string): Promise<FoundTask[]> {
  const open = await tasks(db).where('status', '=', 'open').execute()
  const key = nameKey(text)
  return open.filter((task) => key !== '' && nameKey(task.text).includes(key))
}

/**
 * Finds an open task by its number, or by a part of its text that no other open task has.
 * @throws Fault `not-found` where none or several answer; `failed` where it is closed.
 */
export async function findTask(db: Db, text: string): Promise<FoundTask> {
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
  if (task.status !== 'open') {
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
  const { id: _, ...again } = task
  const added = await db
    .insertInto('tasks')
    .values({
      ...again,
      due: next,
      status: 'open',
      closed_on: null,
      result: null,
      added_on: on,
      import_id: null,
      import_row: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: added.id, text, due: next }
}

/** Gives an open task another day. */
export async function postponeTask(db: Db, id: number, due: Day): Promise<void> {
  await db.updateTable('tasks').set({ due }).where('id', '=', id).execute()
}
