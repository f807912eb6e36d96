import type { Db } from '../book/store/db.ts'
import type { PropertyKind } from '../book/schema/clients.ts'
import type { PropertyType } from '../domain/property-values.ts'
import { nameKey } from '../domain/name.ts'
import { findColumn, type Listed, propertyIn } from './list-columns.ts'
import { find, type Named } from './lookup.ts'

/** A property by its number and name, and what its values are said to be. */
export interface Property extends Named {
  type: PropertyType
}

/** The property of exactly this name, in any case; undefined if there is none. */
function propertyCalled(db: Db, name: string): Promise<Named | undefined> {
  return db
    .selectFrom('properties')
    .select(['id', 'name'])
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
}

/** What the values of a property are said to be. */
export async function propertyType(db: Db, id: number): Promise<PropertyType> {
  const { kind, choices } = await db
    .selectFrom('properties')
    .select(['kind', 'choices'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return toPropertyType(kind, choices)
}

/** The same from the columns of the book. */
export function toPropertyType(kind: PropertyKind | null, choices: string | null): PropertyType {
  if (kind === null) return null
  return kind === 'choice' ? { kind, choices: JSON.parse(choices ?? '[]') as string[] } : { kind }
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
): Promise<Property | undefined> {
  const named = propertyIn(name)
  const isOther = named === undefined && findColumn(of, keys, name) !== undefined
  if (isOther) return undefined
  const found = await (named === undefined ? propertyCalled(db, name) : find(db, 'property', named))
  return found && { ...found, type: await propertyType(db, found.id) }
}
