import type { Locale } from '../domain/locale.ts'
import { nameOrder } from '../domain/name-order.ts'
import type { Db } from './store/db.ts'

/** The locale of the book; null if it has none. */
export async function bookLocale(db: Db): Promise<Locale | null> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'locale')
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as Locale) : null
}

/** Rows sorted by name in the book's language. */
export async function sortedByName<T extends { name: string }>(
  db: Db,
  rows: readonly T[],
): Promise<T[]> {
  const order = nameOrder((await bookLocale(db))?.tag ?? null)
  return rows.toSorted((a, b) => order(a.name, b.name))
}
