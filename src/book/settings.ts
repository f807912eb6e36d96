import type { Store } from './store/store.ts'
import type { SettingKey } from '../domain/settings.ts'

/** The rows of an open book's settings. */
export function settingRowsOf(store: Store): Map<string, string> {
  return new Map(store.prepare('SELECT key, value FROM settings').raw().all() as [string, string][])
}

/** The rows whose values are amounts of money. */
const MONEY_KEYS: readonly SettingKey[] = ['target_amount', 'target_profit']

const MONEY_TEXT = MONEY_KEYS.map((key) => `'${key}'`).join(', ')

/**
 * Is there any amount of money in the book, or in what an undo could bring back? If so, the currency must not
 * change, as amounts are stored in its minor units.
 */
export function holdsMoney(store: Store): boolean {
  const found = store
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM events WHERE amount IS NOT NULL OR cost IS NOT NULL)
         OR EXISTS (SELECT 1 FROM settings WHERE key IN (${MONEY_TEXT}))
         OR EXISTS (SELECT 1 FROM journal WHERE
           (table_name = 'events' AND coalesce(before ->> 'amount', before ->> 'cost') IS NOT NULL)
           OR (table_name = 'settings' AND before ->> 'key' IN (${MONEY_TEXT})))`,
    )
    .pluck()
    .get()
  return found === 1
}
