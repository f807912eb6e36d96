import { rateFinder } from '../book/rates.ts'
import type { Store } from '../book/store/store.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { projectDeal } from './project-deal.ts'

/** A deal that was closed when no rate of its currency was known. */
interface Unrated {
  id: number
  currency: string
  closed: Day
}

/** What became of such deals. */
export interface RatesApplied {
  fixed: number[]
  /** Those whose currency still has no rate on the day they were closed. */
  missing: Unrated[]
}

function unrated(db: Db): Promise<Unrated[]> {
  return db
    .selectFrom('deals')
    .select(['id', 'currency', 'closed_on as closed'])
    .where('currency', 'is not', null)
    .where('closed_on', 'is not', null)
    .where('rate', 'is', null)
    .orderBy('id')
    .$narrowType<Unrated>()
    .execute()
}

/**
 * Gives deals that were closed without a rate the one of the day they were closed, in the event that closed them.
 * Deals that have one keep it.
 */
export async function applyRates(db: Db, store: Store, book: string): Promise<RatesApplied> {
  const rateOf = rateFinder(store, book)
  const applied: RatesApplied = { fixed: [], missing: [] }
  for (const deal of await unrated(db)) {
    const { id, currency, closed } = deal
    const found = rateOf(currency, closed)
    if (!found) {
      applied.missing.push(deal)
      continue
    }
    const { event } = await db
      .selectFrom('events')
      .select('id as event')
      .where('deal_id', '=', id)
      .where('kind', 'in', ['won', 'lost'])
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const rated = { currency, rate: found.rate }
    await db.updateTable('events').set(rated).where('id', '=', event).execute()
    // Terms that were amended after the end state the rate with it.
    await db
      .updateTable('events')
      .set({ rate: found.rate })
      .where('deal_id', '=', id)
      .where('kind', '=', 'amended')
      .where('currency', '=', currency)
      .where('rate', 'is', null)
      .where((eb) =>
        eb.or([eb('at', '>', closed), eb.and([eb('at', '=', closed), eb('id', '>', event)])]),
      )
      .execute()
    await projectDeal(db, id)
    applied.fixed.push(id)
  }
  return applied
}
