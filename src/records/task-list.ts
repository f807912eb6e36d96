import { type RawBuilder, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { valuesOf } from '../book/store/sql.ts'
import { isAssigned } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { Locale } from '../domain/locale.ts'
import { nameKey } from '../domain/name.ts'
import type { ClientTest } from './choose/index.ts'
import { inOrderOf, orderedIds, type SortKey } from './list-order.ts'

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
  sorting?: readonly SortKey[]
  limit?: number
  /** The language by which names are sorted; null for the order of most languages. */
  locale?: Locale | null
}

/** The numbers of the tasks with some words in them, as JSON; their text is folded here. */
async function tasksWithWords(db: Db, words: string): Promise<number[]> {
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
  return fits.map(({ id }) => id)
}

/** By day and time, those without one last. */
const USUAL_ORDER: SortKey[] = [
  { value: sql`t.due`, as: 'plain', descending: false },
  { value: sql`t.time`, as: 'plain', descending: false },
  { value: sql`t.id`, as: 'plain', descending: false },
]

/** The numbers of the tasks of a list, in the order asked for, then by day and time, those without one last. */
export async function taskIds(db: Db, filter: TaskFilter): Promise<number[]> {
  const { sorting = [], limit, locale = null, words = '', ...choice } = filter
  const fitting = words === '' ? undefined : await tasksWithWords(db, words)
  const query = asked(withSubjects(db), { ...choice, fitting })
  return orderedIds(query, 't.id', [...sorting, ...USUAL_ORDER], { limit, locale })
}

function withSubjects(db: Db) {
  return db
    .selectFrom('tasks as t')
    .leftJoin('clients as c', 'c.id', 't.client_id')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
}

/** Tasks by their numbers and in their order, with the names of what they are about. */
export async function tasksOf(db: Db, ids: readonly number[]) {
  const rows = await withSubjects(db)
    .leftJoin('stages as s', 's.id', 't.stage_id')
    .leftJoin('owners as o', 'o.id', 't.owner_id')
    .select([
      't.id',
      't.due',
      't.time',
      't.minutes',
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
    .where(sql<boolean>`t.id IN ${valuesOf(ids)}`)
    .execute()
  return inOrderOf(ids, rows, ({ id }) => id)
}

/** The tasks of a list. */
export async function listTasks(db: Db, filter: TaskFilter) {
  return tasksOf(db, await taskIds(db, filter))
}

/** Narrows a query over tasks `t` to those that a filter asks for. */
function asked<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  filter: Omit<TaskFilter, 'words' | 'sorting' | 'limit' | 'locale'> & {
    fitting: number[] | undefined
  },
): SelectQueryBuilder<DB, TB, O> {
  const tests: RawBuilder<SqlBool>[] = []
  if (filter.id !== undefined) tests.push(sql`t.id = ${filter.id}`)
  // Written out, because the index of open tasks needs the word and not a parameter.
  if (filter.status === 'open') tests.push(sql`t.status = 'open'`)
  else if (filter.status) tests.push(sql`t.status = ${filter.status}`)
  if (filter.clientId != null) tests.push(sql`t.client_id = ${filter.clientId}`)
  if (filter.dealId != null) tests.push(sql`t.deal_id = ${filter.dealId}`)
  if (filter.ownerId != null) tests.push(isAssigned('t.owner_id', filter.ownerId))
  const { clients, fitting, dueBy } = filter
  if (clients) {
    tests.push(sql`t.client_id IN (SELECT cc.id FROM clients AS cc WHERE ${clients('cc')})`)
  }
  if (fitting !== undefined) tests.push(sql`t.id IN ${valuesOf(fitting)}`)
  if (dueBy !== undefined) tests.push(sql`t.due <= ${dueBy}`)
  return tests.reduce((narrowed, test) => narrowed.where(test), query)
}
