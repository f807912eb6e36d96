import { type RawBuilder, type Selectable, sql } from 'kysely'
import { toEpochDay, type Day } from '../domain/day.ts'
import { currencyDigits, type Money } from '../domain/money.ts'
import { converted } from '../domain/rate.ts'
import { lastGiven } from './last-given.ts'
import { bookCurrency } from './locale.ts'
import { ratesOn } from './rates.ts'
import type { DealsTable } from './schema/deals.ts'
import type { Db } from './store/db.ts'
import { cellOf, recordsOf } from './store/sql.ts'

type Amounts = Pick<
  Selectable<DealsTable>,
  'amount' | 'cost' | 'own_amount' | 'own_cost' | 'currency'
>

/** Amount and cost of a deal in its own currency, in minor units. */
export function ownAmounts({ currency, amount, cost, own_amount, own_cost }: Amounts): {
  amount: Money | null
  cost: Money | null
} {
  return currency === null ? { amount, cost } : { amount: own_amount, cost: own_cost }
}

/** What an open deal in another currency comes to in the book's on a day. */
export interface Worth {
  currency: string
  /** In minor units of the book's currency; null if it has none, or its currency no rate. */
  amount: Money | null
  cost: Money | null
  /** Does it have an amount or a cost, and its currency no rate on the day? */
  unrated: boolean
}

/** An open deal in another currency: amount and cost are in that one. */
interface Foreign {
  id: number
  currency: string
  amount: Money | null
  cost: Money | null
}

/** Converts amounts at the rates of a day. */
async function converter(db: Db, on: Day): Promise<(deal: Omit<Foreign, 'id'>) => Worth> {
  const rateOf = await ratesOn(db, on)
  const { digits } = await bookCurrency(db)
  const rates = new Map<string, ReturnType<typeof rateOf>>()
  return ({ currency, amount, cost }) => {
    const known = rates.get(currency)
    const rate = known === undefined ? rateOf(currency) : known
    rates.set(currency, rate)
    if (!rate) {
      const unrated = amount !== null || cost !== null
      return { currency, amount: null, cost: null, unrated }
    }
    const decimals = { from: currencyDigits(currency), to: digits }
    const inBook = (own: Money | null): Money | null =>
      own === null ? null : converted(own, rate.rate, decimals)
    return { currency, amount: inBook(amount), cost: inBook(cost), unrated: false }
  }
}

/** Deals in another currency that are open now. */
function openNow(db: Db): Promise<Foreign[]> {
  return db
    .selectFrom('deals')
    .select(['id', 'currency', 'own_amount as amount', 'own_cost as cost'])
    .where('currency', 'is not', null)
    .where('closed_on', 'is', null)
    .$narrowType<{ currency: string }>()
    .execute()
}

/** The last value that terms gave by a day. */
const lastTerm = (column: 'currency' | 'amount' | 'cost', on: Day): RawBuilder<unknown> =>
  lastGiven(column, ['opened', 'amended'], on, 'd')

/** Deals in another currency that may have been open at the end of a day. */
async function openThen(db: Db, on: Day): Promise<Foreign[]> {
  const { rows } = await sql<Foreign>`
    SELECT f.* FROM (
      SELECT d.id, ${lastTerm('currency', on)} AS currency, ${lastTerm('amount', on)} AS amount,
        ${lastTerm('cost', on)} AS cost
      FROM deals AS d
      WHERE (d.closed_on IS NULL OR d.closed_on > ${on})
        AND d.id IN (SELECT deal_id FROM events WHERE currency IS NOT NULL)) AS f
    WHERE f.currency IS NOT NULL`.execute(db)
  return rows
}

/** Was anything ever in another currency? */
export async function hasForeign(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('events')
    .select('id')
    .where('currency', 'is not', null)
    .limit(1)
    .execute()
  return found.length > 0
}

/**
 * What open deals in another currency come to at the rates of a day, by the deal's number. Others may be among
 * them that were closed by then: they count at the rate that they were closed with.
 * @param isPast has anything happened to deals since?
 */
export async function openWorths(
  db: Db,
  on: Day,
  { isPast }: { isPast: boolean },
): Promise<Map<number, Worth>> {
  const deals = await (isPast ? openThen(db, on) : openNow(db))
  if (deals.length === 0) return new Map()
  const worthOf = await converter(db, on)
  return new Map(deals.map(({ id, ...own }) => [id, worthOf(own)]))
}

const ROWS_AT_ONCE = 5000

/**
 * Keeps what they come to in a temporary table for queries: id, amount and cost, in the book's currency.
 * @returns its name, one for each day.
 */
export async function keepWorths(
  db: Db,
  on: Day,
  worths: ReadonlyMap<number, Worth>,
): Promise<RawBuilder<unknown>> {
  const table = sql.table(`worth_${toEpochDay(on)}`)
  await sql`CREATE TEMP TABLE IF NOT EXISTS ${table} (id INTEGER PRIMARY KEY, amount, cost)`.execute(
    db,
  )
  await sql`DELETE FROM ${table}`.execute(db)
  const rows = [...worths].map(([id, { amount, cost }]) => [id, amount, cost])
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const records = recordsOf(rows.slice(at, at + ROWS_AT_ONCE), 'r')
    const cells = sql.join([0, 1, 2].map((index) => cellOf('r', index)))
    await sql`INSERT INTO ${table} (id, amount, cost) SELECT ${cells} FROM ${records}`.execute(db)
  }
  return table
}

/** Gives the SQL of an amount of a deal in the book's currency, as of today, for the alias of `deals`. */
export type AmountSql = (deal: string, name: 'amount' | 'cost') => RawBuilder<number | null>

/** How the amounts of deals are asked for: as the book keeps them, or with what open ones come to today. */
export async function amountSql(db: Db, today: Day): Promise<AmountSql> {
  const worths = await openWorths(db, today, { isPast: false })
  if (worths.size === 0) return (deal, name) => sql`${sql.ref(`${deal}.${name}`)}`
  const table = await keepWorths(db, today, worths)
  return (deal, name) => sql`coalesce(${sql.ref(`${deal}.${name}`)}, (
    SELECT ${sql.ref(`w.${name}`)} FROM ${table} AS w WHERE w.id = ${sql.ref(`${deal}.id`)}))`
}

/** Rows of deals in which amount and cost of open ones are what they come to in the book's currency on a day. */
export async function withWorth<D extends Amounts & { status: string }>(
  db: Db,
  deals: readonly D[],
  on: Day,
): Promise<D[]> {
  if (deals.every(({ currency, status }) => currency === null || status !== 'open'))
    return [...deals]
  const worthOf = await converter(db, on)
  return deals.map((deal) => {
    const { currency, status } = deal
    if (currency === null || status !== 'open') return deal
    const { amount, cost } = worthOf({ currency, ...ownAmounts(deal) })
    return { ...deal, amount, cost }
  })
}
