import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Rate } from '../../domain/rate.ts'

/** What one unit of a currency cost in another on a day, as it was given. */
export interface RatesTable {
  id: Generated<number>
  /** ISO 4217 code of the currency that `rate` counts. */
  currency: string
  /** The currency of which it is for one unit: the book's, or EUR for rates of the European Central Bank. */
  per: string
  day: Day
  rate: Rate
  /** The file that it came from; null for one that was typed. */
  source: string | null
}
