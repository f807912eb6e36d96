import type { Db } from '../../book/store/db.ts'
import { nameOrder } from '../../domain/name-order.ts'

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
export async function settleDefault(
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

/** Entries by name as the locale sorts, the default one first. */
export function inOrder<E extends Entry>(entries: readonly E[], locale: string | null): E[] {
  const names = nameOrder(locale)
  return entries.toSorted((a, b) => b.is_default - a.is_default || names(a.name_key, b.name_key))
}
