import type { Db } from '../book/store/db.ts'
import { nameKey } from '../domain/name.ts'
import { findColumn, type Listed, propertyIn } from './list-columns.ts'
import { find, type Named } from './lookup.ts'

/** The property of exactly this name, in any case; undefined if there is none. */
function propertyCalled(db: Db, name: string): Promise<Named | undefined> {
  return db
    .selectFrom('properties')
    .select(['id', 'name'])
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
}

/**
 * The property that a column is called by: `property:Fleet`, and `Fleet` as files have it where
 * no column is called so.
 * @throws Fault `not-found` if `property:` names an unknown one.
 */
export async function propertyOf(
  db: Db,
  of: Listed,
  keys: readonly string[],
  name: string,
): Promise<Named | undefined> {
  const named = propertyIn(name)
  if (named !== undefined) return find(db, 'property', named)
  return findColumn(of, keys, name) === undefined ? propertyCalled(db, name) : undefined
}
