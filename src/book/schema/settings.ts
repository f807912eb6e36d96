import type { Generated } from 'kysely'

/** What is fixed for the whole book: currency, time zone, first weekday, margin. */
export interface SettingsTable {
  id: Generated<number>
  key: string
  value: string
}
