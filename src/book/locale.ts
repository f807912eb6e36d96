import type { Locale } from '../domain/locale.ts'
import type { Currency } from '../domain/money.ts'
import { nameOrder } from '../domain/name-order.ts'
import { readSettings } from '../domain/stored-settings.ts'
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

/** The currency of the book. */
export async function bookCurrency(db: Db): Promise<Currency> {
  const rows = await db.selectFrom('settings').select(['key', 'value']).execute()
  return readSettings(new Map(rows.map(({ key, value }) => [key, value]))).currency
}

/** Rows sorted by name in the book's language. */
export async function sortedByName<T extends { name: string }>(
  db: Db,
  rows: readonly T[],
): Promise<T[]> {
  const order = nameOrder((await bookLocale(db))?.tag ?? null)
  return rows.toSorted((a, b) => order(a.name, b.name))
}
