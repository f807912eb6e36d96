import type { Insertable } from 'kysely'
import type { RatesTable } from '../../book/schema/rates.ts'
import type { Day } from '../../domain/day.ts'
import type { Rate } from '../../domain/rate.ts'

/** A rate of a day. */
export interface DatedRate {
  currency: string
  per: string
  day: Day
  rate: Rate
}

/** A rate in the columns of the book. @param source the file that it came from; null for one that was typed. */
export function rateRow(
  { currency, per, day, rate }: DatedRate,
  source: string | null,
): Insertable<RatesTable> {
  return { currency, per, day, rate, source }
}
