import { sortedByName } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'

/** The name for deals without an owner. */
export const NO_OWNER = 'No owner'

/** Owners as rows: their number (null: unassigned) and name. */
export interface OwnerName {
  id: number | null
  name: string
}

/** The owners that figures are about, by name, unassigned last. */
export async function namedOwners(db: Db, ids: ReadonlySet<number | null>): Promise<OwnerName[]> {
  const rows = await db.selectFrom('owners').select(['id', 'name']).orderBy('name_key').execute()
  const known: OwnerName[] = await sortedByName(
    db,
    rows.filter(({ id }) => ids.has(id)),
  )
  return ids.has(null) ? [...known, { id: null, name: NO_OWNER }] : known
}
