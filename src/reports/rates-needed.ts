import { sql, type SqlBool } from 'kysely'
import { hasForeign, openWorths } from '../book/worth.ts'
import { ratesOn } from '../book/rates.ts'
import { valuesOf } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import type { Period } from '../domain/period.ts'
import { counted } from '../domain/text.ts'
import { dealsAsOf, openDealsAsOf } from './deals-as-of.ts'
import { type Scope, within } from './scope.ts'

/** Open deals of a scope whose currency has no rate on its day, by number. */
async function unratedDeals(db: Db, scope: Scope): Promise<{ id: number; currency: string }[]> {
  if (!(await hasForeign(db))) return []
  const worths = await openWorths(db, scope.asOf, { isPast: true })
  const ids = [...worths].flatMap(([id, { unrated }]) => (unrated ? [id] : []))
  if (ids.length === 0) return []
  const { deals } = await openDealsAsOf(db, scope.asOf, scope)
  const found = await within(deals, scope)
    .select('d.id')
    .where(sql<SqlBool>`d.id IN ${valuesOf(ids)}`)
    .orderBy('d.id')
    .execute()
  return found.map(({ id }) => ({ id, currency: worths.get(id)?.currency ?? '' }))
}

/**
 * Makes sure that every open deal of a scope can be counted.
 * @throws Fault `failed` that names the currency, the day and what to type.
 */
export async function requireRates(db: Db, scope: Scope): Promise<void> {
  const [first, ...others] = await unratedDeals(db, scope)
  if (!first) return
  const codes = [...new Set([first, ...others].map(({ currency }) => currency))]
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  throw new Fault(
    'failed',
    `deal ${first.id}${more} cannot be counted: there is no exchange rate for ${codes.join(', ')} ` +
      `on ${scope.asOf} or in the seven days before`,
    codes
      .map((code) => `funnel rate add ${code} RATE --on ${scope.asOf}`)
      .concat('or all: funnel import rates FILE')
      .join('\n  '),
  )
}

/** How many open deals are not summed, as their currency has no rate; for pages that go on without them. */
export async function unratedNote(db: Db, scope: Scope): Promise<string[]> {
  const deals = await unratedDeals(db, scope)
  if (deals.length === 0) return []
  const codes = [...new Set(deals.map(({ currency }) => currency))].join(', ')
  return [
    `Not summed: ${counted(deals.length, 'open deal')} in ${codes}, without an exchange rate.`,
  ]
}

/** Closed deals that were in another currency when no rate was known, for the sums of a period. */
export async function closedUnratedNote(db: Db, scope: Scope, period: Period): Promise<string[]> {
  if (!(await hasForeign(db))) return []
  const deals = await dealsAsOf(db, scope.asOf)
  let query = within(deals, scope)
    .select(sql<number>`count(*)`.as('n'))
    .where('d.closed_on', 'is not', null)
    .where('d.amount', 'is', null)
    .where('d.own_amount', 'is not', null)
  if (period.from !== null) query = query.where('d.closed_on', '>=', period.from)
  if (period.to !== null) query = query.where('d.closed_on', '<=', period.to)
  const { n } = await query.executeTakeFirstOrThrow()
  if (n === 0) return []
  return [
    `Not summed: ${counted(n, 'deal')} closed in another currency without a rate; funnel rate apply fixes that.`,
  ]
}

/** The rates at which open deals count, for explanations: `1 EUR = 1.10 USD (2026-11-20)`. */
export async function ratesNote(db: Db, scope: Scope): Promise<string[]> {
  if (!(await hasForeign(db))) return []
  const worths = await openWorths(db, scope.asOf, { isPast: true })
  const codes = [...new Set([...worths.values()].map(({ currency }) => currency))].toSorted()
  const rateOf = await ratesOn(db, scope.asOf)
  const { code } = scope.settings.currency
  const said = codes.flatMap((currency) => {
    const found = rateOf(currency)
    return found ? [`1 ${code} = ${found.rate} ${currency} (${found.day})`] : []
  })
  const closed = 'deals that are closed count at the rate that they were closed with'
  return [said.length === 0 ? `Rates: ${closed}.` : `Rates: ${said.join(', ')}; ${closed}.`]
}
