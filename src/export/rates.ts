import type { Db } from '../book/store/db.ts'
import type { Column, LongTable } from '../domain/table.ts'
import { listRates, type RateChoice } from '../records/rates.ts'

const COLUMNS: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'currency', label: 'Currency', type: 'text' },
  { key: 'rate', label: 'Rate', type: 'text' },
  { key: 'per', label: 'Per', type: 'text' },
]

/** Rates as a table, newest first, as they were given. */
export async function rateTable(db: Db, choice: RateChoice): Promise<LongTable> {
  const rates = await listRates(db, choice)
  const rows = rates.map(({ day, currency, rate, per }) => [day, currency, rate, per])
  return { name: 'rates', columns: COLUMNS, currency: null, rows }
}
