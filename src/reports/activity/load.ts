import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isAssigned } from '../../book/unassigned.ts'
import type { Db } from '../../book/store/db.ts'
import type { InteractionKind } from '../../book/schema/work.ts'
import type { Day } from '../../domain/day.ts'
import type { Window } from '../pace/window.ts'
import { ofClients, type Scope } from '../scope.ts'

/** Interactions of one owner, day and kind. */
export interface Contacts {
  ownerId: number | null
  at: Day
  /** Notes are not contacts. */
  kind: Exclude<InteractionKind, 'note'>
  count: number
}

/** Rows that belong to a client, and perhaps to a deal, limited to those in the scope. */
function inScope(
  alias: string,
  { owner, process, source, deals, ...scope }: Scope,
): RawBuilder<SqlBool> {
  const tests: RawBuilder<SqlBool>[] = []
  if (owner) tests.push(isAssigned(`${alias}.owner_id`, owner.id))
  const ofDeals = [
    ...(process ? [sql`fd.process_id = ${process.id}`] : []),
    ...(source ? [isAssigned('fd.source_id', source.id)] : []),
    ...(deals ? [deals.test('fd')] : []),
  ]
  if (ofDeals.length > 0) {
    tests.push(sql`${sql.ref(`${alias}.deal_id`)} IN (
      SELECT fd.id FROM deals AS fd WHERE ${sql.join(ofDeals, sql` AND `)})`)
  }
  const clients = ofClients({ ...scope }, `${alias}.client_id`)
  if (clients) tests.push(clients)
  return tests.length === 0 ? sql`1 = 1` : sql.join(tests, sql` AND `)
}

/**
 * Interactions in a window, except notes, by the person who logged them. With a process or a source, only
 * those about such deals.
 */
export async function loadContacts(
  db: Db,
  scope: Scope,
  { from, end }: Window,
): Promise<Contacts[]> {
  const { rows } = await sql<Contacts>`
    SELECT i.owner_id AS ${sql.ref('ownerId')}, i.at, i.kind, count(*) AS count
    FROM interactions i
    WHERE i.at >= ${from ?? ''} AND i.at <= ${end} AND i.kind <> 'note'
      AND ${inScope('i', scope)}
    GROUP BY i.at, i.kind, i.owner_id`.execute(db)
  return rows
}

/** How many of something an owner has. */
export interface OwnerCount {
  ownerId: number | null
  count: number
}

/**
 * Tasks that were open and past their day at the end of a day, by owner. With a process or a source
 * only tasks of such deals.
 */
export async function loadOverdueTasks(db: Db, scope: Scope, today: Day): Promise<OwnerCount[]> {
  const { asOf } = scope
  const load = async (state: RawBuilder<SqlBool>): Promise<OwnerCount[]> => {
    const { rows } = await sql<OwnerCount>`
      SELECT t.owner_id AS ${sql.ref('ownerId')}, count(*) AS count FROM tasks t
      WHERE ${state} AND t.due < ${asOf} AND t.added_on <= ${asOf} AND ${inScope('t', scope)}
      GROUP BY 1`.execute(db)
    return rows
  }
  const open = await load(sql`t.status = 'open'`)
  return asOf < today ? [...open, ...(await load(sql`t.closed_on > ${asOf}`))] : open
}
