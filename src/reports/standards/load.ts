import { type Expression, sql } from 'kysely'
import { ignoringCase } from '../../book/store/sql.ts'
import { contactMade } from '../../book/contact-made.ts'
import { isAssigned } from '../../book/unassigned.ts'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { By } from '../family/declare.ts'
import { cellGroups, type GroupValue } from '../family/group.ts'
import type { Scope } from '../scope.ts'
import { addAll } from '../../domain/lists.ts'

/** A contact standard: clients of the rating hear from us at least once in this many days. */
interface Standard {
  rating: string
  days: number
}

/** A client that has not heard from us in time. */
export interface LateClient {
  id: number
  name: string
  rating: string
  /** The days that its standard allows. */
  standard: number
  owner: string | null
  /** The last contact; null if there was none. */
  lastOn: Day | null
  /** The day by which it should have heard from us. */
  by: Day
}

/** How many clients of an owner have a standard, and how many of them have heard from us in time. */
export interface OwnerShare {
  owner: string | null
  clients: number
  late: number
}

/** Which clients are looked at. */
export interface ContactScope {
  /** Contacts up to the end of this day count. */
  asOf: Day
  ownerId: number | null
  /** Only clients from this source. */
  sourceId?: number | undefined
  /** Only the chosen clients. */
  clients?: Scope['clients']
  /** A client is late if it should have heard from us before this day. */
  before: Day
}

/**
 * The last contact of each client that has a rating. As of today it is kept up to date in a table
 * with an index; for an earlier day it is worked out from the interactions.
 */
function lastContacts(today: Day, asOf: Day): Expression<unknown> {
  if (asOf >= today) return sql`last_contacts`
  return sql`(
    SELECT id, rating, owner_id, last_on, coalesce(last_on, added_on) AS since FROM (
      SELECT c.id, ${ignoringCase(sql`c.rating`)} AS rating, c.owner_id, c.added_on, (
        SELECT max(i.at) FROM interactions i
        WHERE i.client_id = c.id AND i.at <= ${asOf} AND ${sql.raw(contactMade('i'))}) AS last_on
      FROM clients c WHERE c.rating IS NOT NULL AND c.added_on <= ${asOf}))`
}

/** The clients of a report's scope, late if they should have heard from us before a day. */
export function contactScope(scope: Scope, before: Day = scope.asOf): ContactScope {
  const { asOf, owner, source, clients } = scope
  return { asOf, before, ownerId: owner?.id ?? null, sourceId: source?.id, clients }
}

function chosen({ ownerId, sourceId, clients }: ContactScope) {
  const tests = [
    ...(ownerId === null ? [] : [isAssigned('l.owner_id', ownerId)]),
    ...(sourceId === undefined
      ? []
      : [
          sql`l.id IN (SELECT sc.id FROM clients AS sc WHERE ${isAssigned('sc.source_id', sourceId)})`,
        ]),
    ...(clients ? [sql`l.id IN (SELECT c.id FROM clients AS c WHERE ${clients.test('c')})`] : []),
  ]
  return sql.join(
    tests.map((test) => sql`AND ${test}`),
    sql` `,
  )
}

export function loadStandards(db: Db): Promise<Standard[]> {
  return db.selectFrom('standards').select(['rating', 'days']).orderBy('days').execute()
}

/** The clients that have not heard from us in time, latest first. */
export async function lateClients(
  db: Db,
  today: Day,
  scope: ContactScope,
  limit: number,
): Promise<LateClient[]> {
  const { asOf, before } = scope
  const contacts = lastContacts(today, asOf)
  const late: LateClient[] = []
  for (const { rating, days } of await loadStandards(db)) {
    const { rows } = await sql<Omit<LateClient, 'standard' | 'by'> & { since: Day }>`
      SELECT c.id, c.name, l.rating, o.name AS owner, l.last_on AS "lastOn", l.since
      FROM (SELECT * FROM ${contacts} l
        WHERE l.rating = ${rating} AND l.since < ${addDays(before, -days)} ${chosen(scope)}
        ORDER BY l.since LIMIT ${limit}) l
      JOIN clients c ON c.id = l.id LEFT JOIN owners o ON o.id = l.owner_id
      ORDER BY l.since, c.id`.execute(db)
    addAll(
      late,
      rows.map(({ since, ...row }) => ({ ...row, standard: days, by: addDays(since, days) })),
    )
  }
  return late.toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.id - b.id)).slice(0, limit)
}

/** How many clients have not heard from us in time. */
export async function countLateClients(db: Db, today: Day, scope: ContactScope): Promise<number> {
  const { asOf, before } = scope
  let count = 0
  for (const { rating, days } of await loadStandards(db)) {
    const { rows } = await sql<{ late: number }>`
      SELECT count(*) AS late FROM ${lastContacts(today, asOf)} l
      WHERE l.rating = ${rating} AND l.since < ${addDays(before, -days)} ${chosen(scope)}`.execute(
      db,
    )
    for (const { late } of rows) count += late
  }
  return count
}

/** Clients with a standard, and those of them that are late, by owner. */
export async function ownerShares(db: Db, today: Day, scope: ContactScope): Promise<OwnerShare[]> {
  const { asOf, before } = scope
  const shares = new Map<string | null, OwnerShare>()
  for (const { rating, days } of await loadStandards(db)) {
    const { rows } = await sql<OwnerShare>`
      SELECT o.name AS owner, count(*) AS clients,
        sum(CASE WHEN l.since < ${addDays(before, -days)} THEN 1 ELSE 0 END) AS late
      FROM ${lastContacts(today, asOf)} l LEFT JOIN owners o ON o.id = l.owner_id
      WHERE l.rating = ${rating} ${chosen(scope)}
      GROUP BY l.owner_id`.execute(db)
    for (const row of rows) {
      const share = shares.get(row.owner) ?? { owner: row.owner, clients: 0, late: 0 }
      share.clients += row.clients
      share.late += row.late
      shares.set(row.owner, share)
    }
  }
  // Unassigned clients come last.
  const key = ({ owner }: OwnerShare): string => owner?.toLowerCase() ?? '\uffff'
  return [...shares.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

const OF_CLIENT = {
  region: sql<GroupValue>`c.region`,
  size: sql<GroupValue>`c.size`,
  source: sql<GroupValue>`c.source_id`,
  category: sql<GroupValue>`gcc.category_id`,
}

/** The same by something other than the owner; a client of several categories is in each. */
export async function groupShares(
  db: Db,
  today: Day,
  scope: ContactScope,
  by: By,
): Promise<(Omit<OwnerShare, 'owner'> & { label: string })[]> {
  const { asOf, before } = scope
  const group = OF_CLIENT[by as keyof typeof OF_CLIENT]
  const joined =
    by === 'category' ? sql`LEFT JOIN client_categories gcc ON gcc.client_id = c.id` : sql``
  const cells: { groupValue: GroupValue; clients: number; late: number }[] = []
  for (const { rating, days } of await loadStandards(db)) {
    const { rows } = await sql<(typeof cells)[number]>`
      SELECT ${group} AS ${sql.ref('groupValue')}, count(*) AS clients,
        sum(CASE WHEN l.since < ${addDays(before, -days)} THEN 1 ELSE 0 END) AS late
      FROM ${lastContacts(today, asOf)} l JOIN clients c ON c.id = l.id ${joined}
      WHERE l.rating = ${rating} ${chosen(scope)}
      GROUP BY 1`.execute(db)
    addAll(cells, rows)
  }
  return (await cellGroups(db, by, cells)).map(({ label, cells: own }) => ({
    label,
    clients: own.reduce((sum, one) => sum + one.clients, 0),
    late: own.reduce((sum, one) => sum + one.late, 0),
  }))
}
