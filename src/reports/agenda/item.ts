import { sql } from 'kysely'
import { isAssigned } from '../../book/unassigned.ts'
import type { Db } from '../../book/store/db.ts'
import type { Scope } from '../scope.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'

/**
 * Why something is on the list: a task that is overdue, due today or due later; an invoice that is late; a proposal
 * that waits for an answer; an expected close that has passed; a deal over the time limit of its stage; a client over its contact standard; a deal
 * without a dated next step.
 */
export type Cause =
  | 'overdue'
  | 'due'
  | 'owed'
  | 'offered'
  | 'expected'
  | 'stuck'
  | 'silent'
  | 'unplanned'
  | 'coming'

/** The order of the list, most urgent first. */
export const CAUSES: readonly Cause[] = [
  'overdue',
  'due',
  'owed',
  'offered',
  'expected',
  'stuck',
  'silent',
  'unplanned',
  'coming',
]

/** Something that needs doing. */
export interface Item {
  cause: Cause
  /** What it is, the same from day to day: `task-12`, `deal-7-close`. */
  key: string
  /** The day by which it should be done; null if it has none. */
  by: Day | null
  /** The time of that day, and how many minutes it takes. */
  time?: TimeOfDay | null
  minutes?: number | null
  text: string
  client: string | null
  clientId: number | null
  deal: string | null
  dealId: number | null
  task: number | null
  owner: string | null
  /** The command that deals with it, without `funnel`. */
  command: string
}

/** What to look at. */
export interface AgendaScope {
  today: Day
  /** The last day that counts: today, or a later day. */
  until: Day
  ownerId: number | null
  /** Only what concerns the chosen clients. */
  clients?: Scope['clients']
  /** At most this many of each kind. */
  limit: number
  /** Are all deals without a next step counted? A screen makes do with `MOST_COUNTED`. */
  countsAll?: boolean
}

/** Beyond this many, deals without a next step are “over 10000” on a screen, which must appear at once. */
export const MOST_COUNTED = 10_000

/** Items of one kind, most urgent first, and the total for each cause. */
export interface Found {
  items: Item[]
  counts: Partial<Record<Cause, number>>
}

function numberOf({ task, dealId, clientId }: Item): number {
  return task ?? dealId ?? clientId ?? 0
}

/** Sorts after every time of day. */
const NO_TIME = '99:99'

/** Earliest first; on the same day, by time, those without one last, and then the older record first. Those without a day keep their order, last. */
export function byDay(items: Item[]): Item[] {
  return items.toSorted((a, b) => {
    if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null)
    if (a.by !== b.by) return a.by < b.by ? -1 : 1
    const [early, late] = [a.time ?? NO_TIME, b.time ?? NO_TIME]
    return early < late ? -1 : early > late ? 1 : numberOf(a) - numberOf(b)
  })
}

/** Narrows a query to an owner and to clients, if asked, by the alias of its table. */
export function mine(
  alias: 't' | 'd' | 'i' | 'p',
  { ownerId, clients }: Pick<AgendaScope, 'ownerId' | 'clients'>,
) {
  const client = sql.ref(`${alias}.client_id`)
  const tests = [
    ...(ownerId === null ? [] : [isAssigned(`${alias}.owner_id`, ownerId)]),
    ...(clients
      ? [sql`${client} IN (SELECT c.id FROM clients AS c WHERE ${clients.test('c')})`]
      : []),
  ]
  return sql.join(
    tests.map((test) => sql`AND ${test}`),
    sql` `,
  )
}

/** A query that counts `n`. */
export async function one(db: Db, query: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  const { rows } = await query.execute(db)
  return rows.reduce((sum, { n }) => sum + n, 0)
}

/** Everything on the list is due before this day: what is late, and what is coming. */
export function endOf({ today, until }: AgendaScope): Day {
  return until > today ? addDays(until, 1) : today
}

/** A cause, and the day before which its items are due, apart from those of an earlier cause. */
type Until = readonly [cause: Cause, before: Day]

/** What is coming, if later days are asked for. */
export function comingBy(scope: AgendaScope): Until[] {
  const end = endOf(scope)
  return end > scope.today ? [['coming', end]] : []
}

/**
 * How many items there are of each cause: those found, if there were fewer than the limit; otherwise
 * what `count` returns for items due before a day.
 * @param causes earliest first.
 */
export async function countsOf(
  items: readonly Item[],
  causes: readonly Until[],
  { limit }: AgendaScope,
  count: (before: Day) => Promise<number>,
): Promise<Found['counts']> {
  if (items.length < limit) {
    return Object.fromEntries(
      CAUSES.map((cause) => [cause, items.filter((item) => item.cause === cause).length]),
    )
  }
  const counts: Found['counts'] = {}
  let earlier = 0
  for (const [cause, before] of causes) {
    const all = await count(before)
    counts[cause] = all - earlier
    earlier = all
  }
  return counts
}
