import { sql } from 'kysely'
import { sortedByName } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'
import type { OwnerCount } from '../activity/load.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { Window } from '../pace/window.ts'
import { OPENING_KNOWN, type Scope, within } from '../scope.ts'

/** Deals opened in a window, by owner. */
export function loadOpened(
  deals: DealsAsOf,
  scope: Scope,
  { from, end }: Window,
): Promise<OwnerCount[]> {
  let query = within(deals, scope).where(OPENING_KNOWN).where('d.opened_on', '<=', end)
  if (from !== null) query = query.where('d.opened_on', '>=', from)
  return query
    .select(['d.owner_id as ownerId', sql<number>`count(*)`.as('count')])
    .groupBy('d.owner_id')
    .execute()
}

/** The name of what nobody is answerable for. */
export const NO_OWNER = 'No owner'

/** Owners as rows: their number (null: nobody) and name. */
export interface OwnerName {
  id: number | null
  name: string
}

/** The owners that figures are about, by name, nobody last. */
export async function namedOwners(db: Db, ids: ReadonlySet<number | null>): Promise<OwnerName[]> {
  const rows = await db.selectFrom('owners').select(['id', 'name']).orderBy('name_key').execute()
  const known: OwnerName[] = await sortedByName(
    db,
    rows.filter(({ id }) => ids.has(id)),
  )
  return ids.has(null) ? [...known, { id: null, name: NO_OWNER }] : known
}
