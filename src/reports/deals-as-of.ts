import { type RawBuilder, type Selectable, sql, type SelectQueryBuilder } from 'kysely'
import type { DealCounts } from '../book/stays/counts.ts'
import type { DealCursor } from '../book/stays/cursor.ts'
import { lastGiven } from '../book/last-given.ts'
import { keepWorths, openWorths } from '../book/worth.ts'
import { cellOf, recordsOf, unindexed } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import type { DealsTable } from '../book/schema/deals.ts'
import type { Tables } from '../book/schema/index.ts'
import type { Money } from '../domain/money.ts'
import { DEAL_TEXTS, namesOf } from '../domain/text-fields.ts'
import { type Day, fromEpochDay } from '../domain/day.ts'
import { eachChanged } from './pace/stored.ts'
import type { Scope } from './scope.ts'
import { addOpenStays, endedStays } from './stay-counts.ts'

type DealsQuery = SelectQueryBuilder<Tables & { d: DealsTable }, 'd', object>

/**
 * Makes queries over the deals as they stood on a day, under the name `d`. Their amounts are in the book's
 * currency; `isForeign` says that some are in another one, and have `own_amount`, `own_cost` and `currency`.
 */
export interface DealsAsOf {
  (): DealsQuery
  isForeign?: boolean
}

function dealsIn(query: () => DealsQuery, isForeign: boolean): DealsAsOf {
  return Object.assign(() => query(), { isForeign })
}

const ROWS_AT_ONCE = 5000

/** Beyond so many changed deals, going through the events of all deals takes no longer than finding theirs by day. */
const MANY = 100_000

/** Has anything happened to a deal since the end of a day, and was ever one in another currency? */
async function circumstances(db: Db, asOf: Day): Promise<{ isPast: boolean; isForeign: boolean }> {
  const { rows } = await sql<{ later: 0 | 1; abroad: 0 | 1 }>`
    SELECT EXISTS (SELECT 1 FROM events WHERE at > ${asOf}) AS later,
      EXISTS (SELECT 1 FROM events WHERE currency IS NOT NULL) AS abroad`.execute(db)
  return { isPast: rows[0]?.later === 1, isForeign: rows[0]?.abroad === 1 }
}

const AMOUNTS = ['amount', 'cost'] as const satisfies readonly (keyof DealsTable)[]

/** Deals in which amounts of open ones in another currency are what they come to on the day. */
function atWorth(
  from: RawBuilder<unknown>,
  worth: RawBuilder<unknown>,
  columns: readonly string[],
): RawBuilder<DealsTable> {
  const values = columns.map((name) => {
    const own = sql.ref(`n.${name}`)
    const isAmount = (AMOUNTS as readonly string[]).includes(name)
    return isAmount
      ? sql`CASE WHEN w.id IS NULL THEN ${own} ELSE ${sql.ref(`w.${name}`)} END AS ${sql.ref(name)}`
      : own
  })
  return sql<DealsTable>`(SELECT ${sql.join(values)} FROM ${from} AS n
    LEFT JOIN ${worth} AS w ON w.id = n.id AND n.closed_on IS NULL)`
}

async function worthOn(db: Db, asOf: Day, isPast: boolean): Promise<RawBuilder<unknown>> {
  return keepWorths(db, asOf, await openWorths(db, asOf, { isPast }))
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
  'currency',
  'own_amount',
  'own_cost',
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
  const { isPast, isForeign } = await circumstances(db, asOf)
  const worth = isForeign ? await worthOn(db, asOf, isPast) : null
  if (!isPast) {
    if (!worth) return dealsIn(() => db.selectFrom('deals as d'), isForeign)
    const now = atWorth(sql`deals`, worth, [...OF_STAYS, ...OF_EVENTS, ...OF_ROW])
    return dealsIn(() => db.selectFrom(now.as('d')), isForeign)
  }
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
  if (isForeign) await keepOwnAmounts(db, asOf)
  const columns = (state: string) =>
    names(
      [...OF_STAYS, ...OF_EVENTS],
      state,
      OF_ROW.map((name) => sql.ref(`n.${name}`)),
    )
  const then = sql<DealsTable>`(
    SELECT ${columns('n')} FROM deals AS n WHERE n.id NOT IN (SELECT id FROM deals_changed)
    UNION ALL
    SELECT ${columns('t')} FROM deals_then AS t JOIN deals AS n ON n.id = t.id)`
  const all = worth ? atWorth(then, worth, [...OF_STAYS, ...OF_EVENTS, ...OF_ROW]) : then
  return dealsIn(() => db.selectFrom(all.as('d')), isForeign)
}

/** The amounts of earlier states in the currency that the deals were in. */
async function keepOwnAmounts(db: Db, asOf: Day): Promise<void> {
  const last = (column: 'currency' | 'amount' | 'cost') =>
    lastGiven(column, ['opened', 'amended'], asOf, 'deals_then')
  await sql`UPDATE deals_then SET currency = ${last('currency')}, own_amount = ${last('amount')},
    own_cost = ${last('cost')}
    WHERE id IN (SELECT deal_id FROM events WHERE currency IS NOT NULL)`.execute(db)
  await sql`UPDATE deals_then SET own_amount = NULL, own_cost = NULL WHERE currency IS NULL`.execute(
    db,
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
  const { isPast, isForeign } = await circumstances(db, asOf)
  const withOpen = (query: () => DealsQuery): OpenDeals => ({
    deals: dealsIn(query, isForeign),
    async counts() {
      await addOpenStays(counts, query(), asOf)
      return counts
    },
  })
  if (!isPast) {
    const deals = isForeign ? await dealsAsOf(db, asOf) : () => db.selectFrom('deals as d')
    return withOpen(() => deals().where('d.closed_on', 'is', null))
  }
  const worth = isForeign ? await worthOn(db, asOf, isPast) : null
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
  const then = sql<DealsTable>`(
    SELECT ${columns('n')} FROM deals AS n
    WHERE n.closed_on IS NULL AND n.id NOT IN (SELECT id FROM open_changed)
    UNION ALL
    SELECT ${columns('t')} FROM open_then AS t)`
  const all = worth ? atWorth(then, worth, [...OF_STAYS, ...OF_EVENTS, ...OF_ROW]) : then
  return withOpen(() => db.selectFrom(all.as('d')))
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
