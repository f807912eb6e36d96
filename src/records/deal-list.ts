import { type RawBuilder, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { nullsFirst, valuesOf } from '../book/store/sql.ts'
import { isAssigned } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { Locale } from '../domain/locale.ts'
import { DEAL_TEXTS, namesOf } from '../domain/text-fields.ts'
import type { DealTest } from './choose/deals.ts'
import type { ClientTest } from './choose/index.ts'
import { inOrderOf, orderedIds, type SortKey } from './list-order.ts'
import { hasNextStep } from './next-steps.ts'
import { dealWords } from './lookup/deal.ts'
import { KNOWN_OPENING, KNOWN_SINCE, SHOWN_STAGE } from './shown.ts'

/** Which deals a list shows. */
export interface DealFilter {
  id?: number
  status?: DealListStatus
  /** Words that all stand in the title or in the client's name. */
  words?: string | undefined
  clientId?: number | null
  ownerId?: number | null
  stageId?: number | null
  processId?: number | null
  sourceId?: number | null
  /** Only deals of clients that pass it. */
  clients?: ClientTest | undefined
  /** Only deals that pass it. */
  deals?: DealTest | undefined
  /** Only deals of these days: by the day they were closed, or the day they were opened if that is known. */
  period?: { of: 'opened' | 'closed'; from: Day | null; to: Day | null } | undefined
  /** Only deals that have a dated next step, or only those that lack one. */
  nextStep?: boolean | undefined
  /** What to sort by, if not open ones and then the latest closed. */
  sorting?: readonly SortKey[]
  limit?: number
  /** The language by which names are sorted; null for the order of most languages. */
  locale?: Locale | null
}

/** Which deals a list can be of; closed is won or lost. */
export type DealListStatus = 'open' | 'won' | 'lost' | 'closed'

/** The part of a filter that says which deals are meant, without its order and its limit. */
export type DealChoice = Omit<DealFilter, 'sorting' | 'limit' | 'locale'>

/** The test of a deal's day. */
function inDays({ of, from, to }: NonNullable<DealFilter['period']>): RawBuilder<SqlBool> {
  const day = of === 'closed' ? sql`d.closed_on` : KNOWN_OPENING
  return sql`(${day} IS NOT NULL ${from === null ? sql`` : sql`AND ${day} >= ${from}`}
    ${to === null ? sql`` : sql`AND ${day} <= ${to}`})`
}

/** Narrows a query over deals `d` and their clients `c` to those that a filter asks for. */
function asked<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  filter: DealChoice,
): SelectQueryBuilder<DB, TB, O> {
  const tests: RawBuilder<SqlBool>[] = []
  const same = (name: string, value: number | undefined): void => {
    if (value !== undefined) tests.push(sql`${sql.ref(name)} = ${value}`)
  }
  same('d.id', filter.id)
  same('d.client_id', filter.clientId ?? undefined)
  same('d.stage_id', filter.stageId ?? undefined)
  same('d.process_id', filter.processId ?? undefined)
  if (filter.status === 'open') tests.push(sql`d.closed_on IS NULL`)
  else if (filter.status === 'closed') tests.push(sql`d.closed_on IS NOT NULL`)
  else if (filter.status) tests.push(sql`d.status = ${filter.status}`)
  if (filter.ownerId != null) tests.push(isAssigned('d.owner_id', filter.ownerId))
  if (filter.sourceId != null) tests.push(isAssigned('d.source_id', filter.sourceId))
  const words = filter.words === undefined ? undefined : dealWords(filter.words)
  if (words) tests.push(words)
  if (filter.clients) tests.push(filter.clients('c'))
  if (filter.deals) tests.push(filter.deals('d'))
  if (filter.period) tests.push(inDays(filter.period))
  if (filter.nextStep === true) tests.push(hasNextStep('d'))
  if (filter.nextStep === false) tests.push(sql`NOT ${hasNextStep('d')}`)
  return tests.reduce((narrowed, test) => narrowed.where(test), query)
}

/** Does a filter ask about the clients of deals? Else they are not looked at. */
function asksClients({ clients, words = '' }: DealChoice): boolean {
  return clients !== undefined || dealWords(words) !== undefined
}

/** How many deals a filter asks for. */
export async function countDeals(db: Db, filter: DealChoice): Promise<number> {
  const count = sql<number>`count(*)`.as('count')
  const deals = db.selectFrom('deals as d')
  const query = asksClients(filter)
    ? asked(deals.innerJoin('clients as c', 'c.id', 'd.client_id'), filter).select(count)
    : asked(deals, filter).select(count)
  return (await query.executeTakeFirstOrThrow()).count
}

/** Open ones first, then the latest closed: the closing day as a number, 20261123, of which the largest is first. */
const USUAL_ORDER: SortKey = {
  value: sql`CASE WHEN d.closed_on IS NULL THEN 0
    ELSE 99999999 - CAST(replace(d.closed_on, '-', '') AS INTEGER) END`,
  as: 'plain',
  descending: false,
}

/** The numbers of the deals of a list, in the order asked for, then open ones first, then the latest closed. */
export async function dealIds(db: Db, filter: DealFilter): Promise<number[]> {
  const { sorting = [], limit, locale = null, ...choice } = filter
  const deals = db.selectFrom('deals as d')
  const query = asksClients(choice)
    ? asked(deals.innerJoin('clients as c', 'c.id', 'd.client_id'), choice)
    : asked(deals, choice)
  if (sorting.length > 0) {
    return orderedIds(query, 'd.id', [...sorting, USUAL_ORDER], { limit, locale })
  }
  const numbered = query
    .select(sql.ref<number>('d.id').as('id'))
    .orderBy(nullsFirst(sql.ref('d.closed_on'), 'desc'))
    .orderBy(sql.ref('d.id'))
    .$if(limit !== undefined, (all) => all.limit(limit ?? 0))
  // One row at a time: an object for each of a million deals takes 100 MiB.
  const ids: number[] = []
  for await (const { id } of numbered.stream()) ids.push(id)
  return ids
}

/** The deals of a list. */
export async function listDeals(db: Db, filter: DealFilter) {
  return dealsOf(db, await dealIds(db, filter))
}

/** Deals by their numbers and in their order. */
export async function dealsOf(db: Db, ids: readonly number[]) {
  const rows = await db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .innerJoin('processes as p', 'p.id', 'd.process_id')
    .leftJoin('stages as s', 's.id', 'd.stage_id')
    .leftJoin('owners as o', 'o.id', 'd.owner_id')
    .leftJoin('reasons as r', 'r.id', 'd.reason_id')
    .leftJoin('sources as so', 'so.id', 'd.source_id')
    .leftJoin('contacts as k', 'k.id', 'd.contact_id')
    .select([
      'd.id',
      'd.title',
      'c.name as client',
      'd.status',
      SHOWN_STAGE.as('stage'),
      'd.amount',
      'd.cost',
      'd.currency',
      'd.own_amount',
      'd.own_cost',
      'd.rate',
      'd.expected_close',
      KNOWN_OPENING.as('opened_on'),
      KNOWN_SINCE.as('stage_since'),
      'd.closed_on',
      'p.name as process',
      'o.name as owner',
      'r.name as reason',
      'so.name as source',
      'k.name as contact',
      ...namesOf(DEAL_TEXTS).map((name) => `d.${name}` as const),
      'd.ref',
      'd.process_id',
      'd.stage_id',
      'd.stage_since as since',
      'd.chance as chance_set',
    ])
    .where(sql<boolean>`d.id IN ${valuesOf(ids)}`)
    .execute()
  return inOrderOf(ids, rows, ({ id }) => id)
}

/** What the chances of deals depend on, by their numbers and in their order. */
export async function dealsInStages(db: Db, ids: readonly number[]) {
  const rows = await db
    .selectFrom('deals')
    .select([
      'id',
      'status',
      'process_id',
      'stage_id',
      'stage_since as since',
      'chance as chance_set',
    ])
    .select(['amount', 'cost', 'currency', 'own_amount', 'own_cost'])
    .where(sql<boolean>`id IN ${valuesOf(ids)}`)
    .execute()
  return inOrderOf(ids, rows, ({ id }) => id)
}
