import { type RawBuilder, type Selectable, sql, type SelectQueryBuilder } from 'kysely'
import type { DealCounts } from '../book/stays/counts.ts'
import type { DealCursor } from '../book/stays/cursor.ts'
import { cellOf, recordsOf, unindexed } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import type { DealsTable, EventsTable } from '../book/schema/deals.ts'
import type { Tables } from '../book/schema/index.ts'
import type { EventKind } from '../domain/deal-state.ts'
import type { Money } from '../domain/money.ts'
import { DEAL_TEXTS, namesOf } from '../domain/text-fields.ts'
import { type Day, fromEpochDay } from '../domain/day.ts'
import { eachChanged } from './pace/stored.ts'
import type { Scope } from './scope.ts'
import { addOpenStays, endedStays } from './stay-counts.ts'

type DealsQuery = SelectQueryBuilder<Tables & { d: DealsTable }, 'd', object>

/** Makes queries over the deals as they stood on a day, under the name `d`. */
export type DealsAsOf = () => DealsQuery

const ROWS_AT_ONCE = 5000

/** Beyond so many changed deals, going through the events of all deals takes no longer than finding theirs by day. */
const MANY = 100_000

/** Has anything happened to a deal since the end of a day? */
async function hasLaterEvents(db: Db, asOf: Day): Promise<boolean> {
  const later = await db.selectFrom('events').select('id').where('at', '>', asOf).limit(1).execute()
  return later.length > 0
}

/** What stays know of a deal: what is the same on every day, and the state. */
const OF_STAYS = [
  'id',
  'client_id',
  'process_id',
  'source_id',
  'outcome_only',
  'status',
  'stage_id',
  'furthest_stage_id',
  'stage_since',
  'opened_on',
  'opened_known',
  'since_known',
  'closed_on',
  'amount',
  'cost',
  'owner_id',
] as const satisfies readonly (keyof DealsTable)[]

/** The parts of its state that only events record. */
const OF_EVENTS = [
  'expected_close',
  'reason_id',
  'chance',
] as const satisfies readonly (keyof DealsTable)[]

/** The parts that only its row has. */
const OF_ROW = [
  'ref',
  'title',
  'title_key',
  'contact_id',
  'import_id',
  'import_row',
  'stage_known',
  ...namesOf(DEAL_TEXTS),
] as const satisfies readonly (keyof DealsTable)[]

type StateThen = Pick<Selectable<DealsTable>, (typeof OF_STAYS)[number]>

/**
 * The deals as they stood at the end of day `asOf`. If nothing has happened since, that is the
 * table `deals` itself; otherwise, deals with later events are as their stays had them on that day, in a
 * temporary table next to it.
 */
export async function dealsAsOf(db: Db, asOf: Day): Promise<DealsAsOf> {
  if (!(await hasLaterEvents(db, asOf))) return () => db.selectFrom('deals as d')
  const states: StateThen[] = []
  let count = 0
  await eachChanged(db, asOf, (_, then) => {
    count += 1
    if (then) states.push(stateThen(then))
  })
  // Few are found by day, many by deal: an index of deals would have it go through all events.
  const id = sql.raw(count > MANY ? 'deal_id' : unindexed('deal_id'))
  const changed = sql`SELECT DISTINCT ${id} FROM events WHERE at > ${asOf}`
  await keepStates(db, ALL, states, changed)
  await sql`UPDATE deals_then SET
    expected_close = ${lastGiven('expected_close', ['opened', 'amended'], asOf, 'deals_then')},
    reason_id = CASE WHEN status = 'lost'
      THEN ${lastGiven('reason_id', ['lost'], asOf, 'deals_then')} END
  `.execute(db)
  await sql`UPDATE deals_then SET chance = ${lastGiven('chance', ['opened', 'amended'], asOf, 'deals_then')}
    WHERE id IN (SELECT deal_id FROM events WHERE chance IS NOT NULL)`.execute(db)
  const columns = (state: string) =>
    names(
      [...OF_STAYS, ...OF_EVENTS],
      state,
      OF_ROW.map((name) => sql.ref(`n.${name}`)),
    )
  return () =>
    db.selectFrom(
      sql<DealsTable>`(
        SELECT ${columns('n')} FROM deals AS n WHERE n.id NOT IN (SELECT id FROM deals_changed)
        UNION ALL
        SELECT ${columns('t')} FROM deals_then AS t JOIN deals AS n ON n.id = t.id)`.as('d'),
    )
}

/** The deals that were open at the end of a day. */
export interface OpenDeals {
  /** Queries over them; for an earlier day they have no texts. */
  deals: DealsAsOf
  /** What the stays of all deals had come to by then. */
  counts: () => Promise<DealCounts>
}

/**
 * The deals that were open at the end of day `asOf`, for figures: for an earlier day, without their texts
 * and expected close. It takes a fraction of the time of `dealsAsOf`.
 * @param scope where it asks for conditions on deals, they have their texts, too.
 */
export async function openDealsAsOf(
  db: Db,
  asOf: Day,
  { deals: chosen }: Pick<Scope, 'deals'> = {},
): Promise<OpenDeals> {
  const counts = await endedStays(db)
  const withOpen = (deals: DealsAsOf): OpenDeals => ({
    deals,
    async counts() {
      await addOpenStays(counts, deals(), asOf)
      return counts
    },
  })
  if (!(await hasLaterEvents(db, asOf))) {
    return withOpen(() => db.selectFrom('deals as d').where('d.closed_on', 'is', null))
  }
  const states: StateThen[] = []
  await eachChanged(db, asOf, (now, then) => {
    counts.add(now, -1)
    if (!then) return
    counts.add(then)
    if (then.status === 'open') states.push(stateThen(then))
  })
  const changed = sql`SELECT id FROM deals WHERE closed_on IS NULL AND EXISTS (
    SELECT 1 FROM events AS e WHERE e.deal_id = deals.id AND e.at > ${asOf})`
  await keepStates(db, OPEN, states, changed)
  if (chosen) {
    const deals = await dealsAsOf(db, asOf)
    return withOpen(() => deals().where('d.closed_on', 'is', null))
  }
  const empty = [...OF_EVENTS, ...OF_ROW].map((name) => sql`NULL AS ${sql.ref(name)}`)
  const columns = (state: string) => names(OF_STAYS, state, empty)
  return withOpen(() =>
    db.selectFrom(
      sql<DealsTable>`(
        SELECT ${columns('n')} FROM deals AS n
        WHERE n.closed_on IS NULL AND n.id NOT IN (SELECT id FROM open_changed)
        UNION ALL
        SELECT ${columns('t')} FROM open_then AS t)`.as('d'),
    ),
  )
}

function names(some: readonly string[], table: string, others: readonly RawBuilder<unknown>[]) {
  return sql.join([...some.map((name) => sql.ref(`${table}.${name}`)), ...others])
}

function stateThen(deal: DealCursor): StateThen {
  const last = deal.stays - 1
  return {
    id: deal.id,
    client_id: deal.client,
    process_id: deal.process,
    source_id: deal.source,
    outcome_only: deal.outcomeOnly ? 1 : 0,
    status: deal.status,
    stage_id: (deal.stages[last] as number) || null,
    furthest_stage_id: deal.furthest,
    stage_since: fromEpochDay(deal.came[last] as number),
    opened_on: fromEpochDay(deal.opened),
    opened_known: deal.openedKnown ? 1 : 0,
    since_known: last > 0 || deal.openedKnown ? 1 : 0,
    closed_on: deal.closed === null ? null : fromEpochDay(deal.closed),
    amount: deal.amount as Money | null,
    cost: deal.cost as Money | null,
    owner_id: deal.owner,
  }
}

/** The value that the last event of certain kinds gave a deal of a table by a day. */
export function lastGiven<T>(
  column: keyof EventsTable,
  kinds: readonly EventKind[],
  asOf: Day,
  deals: string,
): RawBuilder<T | null> {
  return sql`(
    SELECT ${sql.ref(`e.${column}`)} FROM events AS e
    WHERE e.deal_id = ${sql.ref(`${deals}.id`)} AND e.kind IN (${sql.join(kinds)}) AND e.at <= ${asOf}
    ORDER BY e.at DESC, e.id DESC LIMIT 1)`
}

/**
 * The temporary tables of earlier states, and of the deals that they replace. One report may ask for both
 * kinds, so that each has its own.
 */
const ALL = { kept: sql.table('deals_then'), changed: sql.table('deals_changed') }
const OPEN = { kept: sql.table('open_then'), changed: sql.table('open_changed') }

/** Keeps states in one table, and the deals that a query names in the other. */
async function keepStates(
  db: Db,
  { kept, changed: replaced }: typeof ALL,
  states: readonly StateThen[],
  changed: RawBuilder<unknown>,
): Promise<void> {
  await sql`CREATE TEMP TABLE IF NOT EXISTS ${replaced} (id INTEGER PRIMARY KEY)`.execute(db)
  await sql`CREATE TEMP TABLE IF NOT EXISTS ${kept} (
    id INTEGER PRIMARY KEY, ${sql.join([...OF_STAYS.slice(1), ...OF_EVENTS].map((name) => sql.ref(name)))}
  )`.execute(db)
  await sql`DELETE FROM ${replaced}`.execute(db)
  await sql`DELETE FROM ${kept}`.execute(db)
  await sql`INSERT INTO ${replaced} ${changed}`.execute(db)
  const into = sql.join(OF_STAYS.map((name) => sql.ref(name)))
  const values = sql.join(OF_STAYS.map((_, index) => cellOf('r', index)))
  for (let start = 0; start < states.length; start += ROWS_AT_ONCE) {
    const rows = states.slice(start, start + ROWS_AT_ONCE)
    const records = recordsOf(
      rows.map((state) => OF_STAYS.map((name) => state[name])),
      'r',
    )
    await sql`INSERT INTO ${kept} (${into}) SELECT ${values} FROM ${records}`.execute(db)
  }
}
