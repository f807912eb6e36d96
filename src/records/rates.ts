import type { Db } from '../book/store/db.ts'
import { sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import type { Period } from '../domain/period.ts'
import { type Oddity, oddityOf, type Rate } from '../domain/rate.ts'
import { type DatedRate, rateRow } from './rows/rate.ts'

/** A rate as lists show it. */
export interface ListedRate extends DatedRate {
  source: string | null
}

/** Which rates are meant: of a currency, of a period. */
export interface RateChoice {
  currency?: string | undefined
  period?: Period | undefined
}

function chosen(db: Db, { currency, period }: RateChoice) {
  let query = db.selectFrom('rates as r')
  if (currency !== undefined) query = query.where('r.currency', '=', currency)
  if (period?.from) query = query.where('r.day', '>=', period.from)
  if (period?.to) query = query.where('r.day', '<=', period.to)
  return query
}

/** Has the book any rate of a currency? */
export async function hasRatesOf(db: Db, currency: string): Promise<boolean> {
  return (await chosen(db, { currency }).select('r.id').limit(1).execute()).length > 0
}

/** Rates, newest first, then by currency. @param latest only the last one of each currency. */
export function listRates(
  db: Db,
  choice: RateChoice = {},
  { latest = false }: { latest?: boolean } = {},
): Promise<ListedRate[]> {
  const query = chosen(db, choice)
    .select(['r.day', 'r.currency', 'r.rate', 'r.per', 'r.source'])
    .orderBy('r.day', 'desc')
    .orderBy('r.currency')
    .orderBy('r.per')
  if (!latest) return query.execute()
  return query
    .where('r.day', '=', (eb) =>
      eb
        .selectFrom('rates as n')
        .select(sql<Day>`max(n.day)`.as('last'))
        .whereRef('n.currency', '=', 'r.currency')
        .whereRef('n.per', '=', 'r.per'),
    )
    .execute()
}

/** The rate of the last day before another, else of the first day after it; null if there is none. */
async function neighbour(db: Db, { currency, per, day }: DatedRate) {
  const others = db
    .selectFrom('rates')
    .select(['rate', 'day'])
    .where('currency', '=', currency)
    .where('per', '=', per)
  const before = await others.where('day', '<', day).orderBy('day', 'desc').executeTakeFirst()
  return before ?? (await others.where('day', '>', day).orderBy('day').executeTakeFirst()) ?? null
}

/** A rate that was added, what stood there before, and the near one that it looks odd next to. */
export interface AddedRate {
  before: Rate | null
  odd: { how: NonNullable<Oddity>; near: Rate; day: Day } | null
}

/** Adds the rate of a day, or changes it. */
export async function addRate(db: Db, rate: DatedRate): Promise<AddedRate> {
  const near = await neighbour(db, rate)
  const how = near && oddityOf(rate.rate, near.rate)
  const before = await db
    .selectFrom('rates')
    .select('rate')
    .where('currency', '=', rate.currency)
    .where('per', '=', rate.per)
    .where('day', '=', rate.day)
    .executeTakeFirst()
  const row = rateRow(rate, null)
  await db
    .insertInto('rates')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['currency', 'per', 'day'])
        .doUpdateSet({ rate: row.rate, source: row.source }),
    )
    .execute()
  return {
    before: before?.rate ?? null,
    odd: near && how ? { how, near: near.rate, day: near.day } : null,
  }
}

/** Removes rates; says how many. @throws Fault `not-found` if there is none. */
export async function dropRates(db: Db, choice: RateChoice): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('rates')
    .where('id', 'in', chosen(db, choice).select('r.id'))
    .executeTakeFirst()
  if (numDeletedRows > 0n) return Number(numDeletedRows)
  const message = `there is no exchange rate for ${choice.currency ?? 'any currency'} then`
  throw new Fault('not-found', message, 'see: funnel rate list --period all')
}
