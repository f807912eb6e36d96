import { sql, type SelectQueryBuilder } from 'kysely'
import { ranksOf, stageRanks, stateColumns, toDealEvent } from '../book/projection.ts'
import type { Db } from '../book/store/db.ts'
import type { DealsTable } from '../book/schema/deals.ts'
import type { Tables } from '../book/schema/index.ts'
import type { Day } from '../domain/day.ts'
import { stateOf } from '../domain/deal-state.ts'

type DealsQuery = SelectQueryBuilder<Tables & { d: DealsTable }, 'd', object>

/** Makes queries over the deals as they stood on a day, under the name `d`. */
export type DealsAsOf = () => DealsQuery

const ROWS_AT_ONCE = 200

/** Has anything happened to a deal since the end of a day? */
export async function hasLaterEvents(db: Db, asOf: Day): Promise<boolean> {
  const later = await db.selectFrom('events').select('id').where('at', '>', asOf).limit(1).execute()
  return later.length > 0
}

/**
 * The deals as they stood at the end of day `asOf`. Where nothing has happened since, that is the
 * table `deals` itself; else deals with later events are worked out again from their earlier ones,
 * and kept in a temporary table next to it.
 */
export async function dealsAsOf(db: Db, asOf: Day): Promise<DealsAsOf> {
  if (!(await hasLaterEvents(db, asOf))) return () => db.selectFrom('deals as d')
  await keepEarlierStates(db, asOf)
  return () =>
    db.selectFrom(
      sql<DealsTable>`(
        SELECT * FROM deals WHERE id NOT IN (SELECT id FROM deals_changed)
        UNION ALL SELECT * FROM deals_then)`.as('d'),
    )
}

async function keepEarlierStates(db: Db, asOf: Day): Promise<void> {
  await sql`CREATE TEMP TABLE IF NOT EXISTS deals_changed (id INTEGER PRIMARY KEY)`.execute(db)
  await sql`CREATE TEMP TABLE IF NOT EXISTS deals_then AS
    SELECT * FROM deals WHERE false`.execute(db)
  await sql`DELETE FROM deals_changed`.execute(db)
  await sql`DELETE FROM deals_then`.execute(db)
  await sql`INSERT INTO deals_changed
    SELECT DISTINCT deal_id FROM events WHERE at > ${asOf}`.execute(db)

  const ranks = await stageRanks(db)
  const changed = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', 'in', (eb) => eb.selectFrom('deals_changed' as 'deals').select('id'))
    .orderBy('id')
    .execute()
  const events = await db
    .selectFrom('events')
    .selectAll()
    .where('deal_id', 'in', (eb) => eb.selectFrom('deals_changed' as 'deals').select('id'))
    .where('at', '<=', asOf)
    .orderBy('deal_id')
    .orderBy('at')
    .orderBy('id')
    .execute()
  const byDeal = new Map<number, typeof events>()
  for (const event of events) {
    const own = byDeal.get(event.deal_id)
    if (own) own.push(event)
    else byDeal.set(event.deal_id, [event])
  }
  const rows = changed.flatMap((deal) => {
    const own = byDeal.get(deal.id)
    if (!own) return []
    const state = stateOf(own.map(toDealEvent), ranksOf(ranks, deal.process_id))
    return [{ ...deal, ...stateColumns(state) }]
  })
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('deals_then' as 'deals')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute()
  }
}
