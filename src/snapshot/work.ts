import { sql } from 'kysely'
import { hasName } from '../book/none.ts'
import type { Db } from '../book/open.ts'
import { type Day, daysBetween } from '../domain/day.ts'
import { contactScope, countLateClients, lateClients } from '../reports/last-contacts.ts'
import { LINES, type Listed, type SnapshotRequest } from './request.ts'

/** A client that must be called. */
interface CallLine {
  client: string
  client_id: number
  phone: string | null
  rating: string
  last_contact: Day | null
  late: number
  owner: string | null
}

/** A task that was not done in time. */
interface TaskLine {
  task: string
  task_id: number
  client: string | null
  deal: string | null
  due: Day
  late: number
  owner: string | null
}

async function phonesOf(db: Db, clients: readonly number[]): Promise<Map<number, string>> {
  if (clients.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact_points')
    .select(['client_id as id', 'value'])
    .where('kind', '=', 'phone')
    .where('client_id', 'in', clients)
    .orderBy('id', 'desc')
    .execute()
  // The first of each client stays.
  return new Map(rows.map(({ id, value }) => [id, value]))
}

/** The clients that have not heard from us in time, by their rating's standard. */
export async function clientsToCall(
  db: Db,
  { scope, readOn, today }: SnapshotRequest,
): Promise<Listed<CallLine>> {
  const contacts = contactScope(scope, readOn)
  const late = await lateClients(db, today, contacts, LINES)
  const phones = await phonesOf(
    db,
    late.map(({ id }) => id),
  )
  const lines = late.map(({ id, name, rating, lastOn, by, owner }) => ({
    client: name,
    client_id: id,
    phone: phones.get(id) ?? null,
    rating,
    last_contact: lastOn,
    late: daysBetween(by, readOn),
    owner,
  }))
  return { lines, all: await countLateClients(db, today, contacts) }
}

/** Tasks that were due before the day of reading and not closed by the end of the scope's day. */
export async function overdueTasks(
  db: Db,
  { scope: { asOf, owner }, readOn }: SnapshotRequest,
): Promise<Listed<TaskLine>> {
  const mine = owner ? sql`AND ${hasName('t.owner_id', owner.id)}` : sql``
  const from = sql`FROM tasks t WHERE t.due < ${readOn} AND t.added_on <= ${asOf}
    AND (t.status = 'open' OR t.closed_on > ${asOf}) ${mine}`
  const { rows } = await sql<Omit<TaskLine, 'late'>>`
    SELECT t.text AS task, t.id AS task_id, c.name AS client, d.title AS deal, t.due, o.name AS owner
    FROM (SELECT * ${from} ORDER BY t.due, t.id LIMIT ${LINES}) t
    LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN owners o ON o.id = t.owner_id
    ORDER BY t.due, t.id`.execute(db)
  const counted = await sql<{ n: number }>`SELECT count(*) AS n ${from}`.execute(db)
  return {
    lines: rows.map((row) => ({ ...row, late: daysBetween(row.due, readOn) })),
    all: counted.rows[0]?.n ?? 0,
  }
}

/**
 * Did anything happen in the period: a step of a deal, an interaction, a new client, a task done or
 * dropped?
 */
export async function hasHappened(db: Db, { from, to }: { from: Day; to: Day }): Promise<boolean> {
  const inside = (column: string) => sql`${sql.ref(column)} BETWEEN ${from} AND ${to}`
  const { rows } = await sql<{ any: number }>`SELECT
    EXISTS (SELECT 1 FROM events WHERE ${inside('at')})
    OR EXISTS (SELECT 1 FROM interactions WHERE ${inside('at')})
    OR EXISTS (SELECT 1 FROM clients WHERE ${inside('added_on')})
    OR EXISTS (SELECT 1 FROM tasks WHERE ${inside('closed_on')}) AS "any"`.execute(db)
  return rows[0]?.any === 1
}
