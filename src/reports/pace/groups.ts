import { sql } from 'kysely'
import type { DealCursor } from '../../book/stays/cursor.ts'
import type { Db } from '../../book/store/db.ts'
import type { By } from '../family/declare.ts'
import type { GroupValue } from '../family/group.ts'

/** What deals can be split by when they are read one by one: nothing that depends on a day or on lines. */
export type DealBy = Exclude<By, 'product' | 'month' | 'quarter' | 'year'>

const NONE: readonly GroupValue[] = [null]

/** Each client's region, size or categories; it may have several categories. */
async function ofClients(db: Db, by: 'region' | 'size' | 'category') {
  const query =
    by === 'category'
      ? sql<{ id: number; value: GroupValue }>`
          SELECT client_id AS id, category_id AS value FROM client_categories`
      : sql<{ id: number; value: GroupValue }>`
          SELECT id, ${sql.ref(by)} AS value FROM clients WHERE ${sql.ref(by)} IS NOT NULL`
  const values = new Map<number, GroupValue[]>()
  for (const { id, value } of (await query.execute(db)).rows) {
    const own = values.get(id)
    if (own) own.push(value)
    else values.set(id, [value])
  }
  return values
}

/** Gives the groups that a deal is in: one, or one for each category of its client. */
export async function groupsBy(
  db: Db,
  by: DealBy,
): Promise<(deal: DealCursor) => readonly GroupValue[]> {
  switch (by) {
    case 'client':
      return (deal) => [deal.client]
    case 'owner':
    case 'process':
    case 'source':
      return (deal) => [deal[by]]
    case 'region':
    case 'size':
    case 'category': {
      const values = await ofClients(db, by)
      return (deal) => values.get(deal.client) ?? NONE
    }
  }
}
