import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import { isAssigned } from '../../book/unassigned.ts'
import { asClients, ofClients, type Scope } from '../scope.ts'

/** What reports on money group clients by. */
export const CLIENT_GROUPS = ['owner', 'region', 'size', 'category', 'source'] as const

/** Is the client in the column one that a scope is about? An owner’s are those of the owner’s clients. */
export function ofChosenClients(scope: Scope, column: string): RawBuilder<SqlBool> {
  const tests = [ofClients(asClients(scope), column)].filter((test) => test !== undefined)
  if (scope.owner) {
    const own = isAssigned('oc.owner_id', scope.owner.id)
    tests.push(sql`${sql.ref(column)} IN (SELECT oc.id FROM clients AS oc WHERE ${own})`)
  }
  return tests.length === 0 ? sql`true` : sql`${sql.join(tests, sql` AND `)}`
}

/** What clients are grouped by, each with all its values. */
export async function groupValues(
  db: Db,
  by: (typeof CLIENT_GROUPS)[number],
): Promise<(client: number) => (string | number | null)[]> {
  const values = new Map<number, (string | number | null)[]>()
  if (by === 'category') {
    const rows = await db
      .selectFrom('client_categories')
      .select(['client_id', 'category_id'])
      .execute()
    for (const { client_id: client, category_id: category } of rows) {
      values.set(client, [...(values.get(client) ?? []), category])
    }
  } else {
    const column = by === 'owner' || by === 'source' ? (`${by}_id` as const) : by
    const rows = await db
      .selectFrom('clients')
      .select(['id', `${column} as value`])
      .execute()
    for (const { id, value } of rows) values.set(id, [value])
  }
  return (client) => values.get(client) ?? [null]
}

/** The names of clients by their numbers. */
export async function clientNames(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM clients WHERE id IN ${valuesOf(ids)}`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
