import type { Insertable, Updateable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { Tables } from '../../book/schema/index.ts'
import { nameOrder } from '../../domain/name-order.ts'
import { nameTaken, nothingToChange } from '../dictionaries.ts'

/** What invoices are made of; of each, one entry is taken where none is named. */
export type FirmTable = 'taxes' | 'terms' | 'bank_accounts'

/** What entries of these tables have in common. */
interface Entry {
  id: number
  name: string
  name_key: string
  is_default: 0 | 1
}

/**
 * Makes an entry the default one instead of any other, if that is wanted, or if it is the first of its kind.
 * @returns whether it was made so.
 */
async function settleDefault(
  db: Db,
  table: FirmTable,
  id: number,
  wanted: true | undefined,
): Promise<boolean> {
  // Kysely joins the types of the tables, of which all have these columns.
  const of = table as 'terms'
  const other = await db.selectFrom(of).select('id').where('id', '!=', id).executeTakeFirst()
  if (wanted === undefined && other) return false
  await db.updateTable(of).set({ is_default: 0 }).where('is_default', '=', 1).execute()
  await db.updateTable(of).set({ is_default: 1 }).where('id', '=', id).execute()
  return true
}

/** What people call an entry of each table. */
const NOUNS = { taxes: 'tax', terms: 'terms', bank_accounts: 'bank account' } as const

/**
 * Adds an entry. Returns its number, and whether it is the default one.
 * @param row its columns, of which `is_default` is settled here.
 * @throws Fault `usage` if another entry has the name.
 */
export async function addNamed<T extends FirmTable>(
  db: Db,
  table: T,
  row: Insertable<Tables[T]> & { name: string },
  isDefault: true | undefined,
): Promise<{ id: number; isDefault: boolean }> {
  try {
    const { id } = await db
      .insertInto(table as 'terms')
      .values(row as unknown as Insertable<Tables['terms']>)
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, isDefault: await settleDefault(db, table, id, isDefault) }
  } catch (error) {
    throw nameTaken(error, NOUNS[table], row.name)
  }
}

/**
 * Changes an entry.
 * @param set the columns to change.
 * @throws Fault `usage` if there are none, or another entry has the name.
 */
export async function editNamed<T extends FirmTable>(
  db: Db,
  table: T,
  id: number,
  set: Updateable<Tables[T]>,
  isDefault: true | undefined,
): Promise<void> {
  const isChanged = Object.keys(set).length > 0
  if (!isChanged && isDefault === undefined) throw nothingToChange(NOUNS[table])
  try {
    if (isChanged) {
      const columns = set as Updateable<Tables['terms']>
      await db
        .updateTable(table as 'terms')
        .set(columns)
        .where('id', '=', id)
        .execute()
    }
  } catch (error) {
    throw nameTaken(error, NOUNS[table], (set as { name?: string }).name ?? '')
  }
  if (isDefault !== undefined) await settleDefault(db, table, id, isDefault)
}

/**
 * Removes an entry. If it was the default one, the only one that is left becomes it.
 * @returns whether none is the default one now, though there are several.
 */
export async function dropNamed(db: Db, table: FirmTable, id: number): Promise<boolean> {
  const of = table as 'terms'
  await db.deleteFrom(of).where('id', '=', id).execute()
  const left = await db.selectFrom(of).select(['id', 'is_default']).execute()
  const [only, other] = left
  if (only === undefined || left.some((entry) => entry.is_default === 1)) return false
  if (other) return true
  await db.updateTable(of).set({ is_default: 1 }).where('id', '=', only.id).execute()
  return false
}

/** Entries by name as the locale sorts, the default one first. */
export function inOrder<E extends Entry>(entries: readonly E[], locale: string | null): E[] {
  const names = nameOrder(locale)
  return entries.toSorted((a, b) => b.is_default - a.is_default || names(a.name_key, b.name_key))
}
