import { type RawBuilder, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { isAttempt, lastContact } from '../book/contact-made.ts'
import { hasName } from '../book/none.ts'
import type { Db } from '../book/open.ts'
import type { Day } from '../domain/day.ts'
import type { DealTest } from './choose/deals.ts'
import type { ClientTest } from './choose/index.ts'
import type { DealSorting } from './deal-sorting.ts'
import { dealWords } from './lookup/deal.ts'
import { KNOWN_DAY, KNOWN_OPENING, KNOWN_SINCE, SHOWN_EVENT_STAGE, SHOWN_STAGE } from './shown.ts'

/** A client with everything that hangs on it. */
export async function clientCard(db: Db, id: number) {
  const client = await db
    .selectFrom('clients as c')
    .leftJoin('owners as o', 'o.id', 'c.owner_id')
    .leftJoin('sources as s', 's.id', 'c.source_id')
    .leftJoin('imports as i', 'i.id', 'c.import_id')
    .select([
      'c.id',
      'c.ref',
      'c.name',
      'c.kind',
      'c.region',
      'c.size',
      'c.rating',
      'c.consent',
      'c.note',
      'c.added_on',
      'o.name as owner',
      's.name as source',
      'i.file as file',
      'c.import_row as row',
      sql<Day | null>`${sql.raw(lastContact('c.id'))}`.as('last_contact'),
    ])
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow()
  const aliases = await db
    .selectFrom('client_aliases')
    .select(['kind', 'value'])
    .where('client_id', '=', id)
    .orderBy('id')
    .execute()
  const points = await db
    .selectFrom('contact_points as p')
    .leftJoin('contacts as k', 'k.id', 'p.contact_id')
    .select(['p.kind', 'p.value', 'k.name as contact', 'k.role as role'])
    .where('p.client_id', '=', id)
    .orderBy('p.id')
    .execute()
  const contacts = await db
    .selectFrom('contacts')
    .select(['name', 'role'])
    .where('client_id', '=', id)
    .orderBy('id')
    .execute()
  const categories = await db
    .selectFrom('client_categories as k')
    .innerJoin('categories as c', 'c.id', 'k.category_id')
    .select('c.name')
    .where('k.client_id', '=', id)
    .orderBy('c.name_key')
    .execute()
  const properties = await db
    .selectFrom('client_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['p.name', 'v.value'])
    .where('v.client_id', '=', id)
    .orderBy('p.name_key')
    .execute()
  const deals = await listDeals(db, { clientId: id })
  const attempts = await attemptsSince(db, id, client.last_contact)
  return {
    client: { ...client, attempts },
    aliases,
    points,
    contacts,
    categories,
    properties,
    deals,
  }
}

/** How often a client was tried in vain since a day, or ever. */
async function attemptsSince(db: Db, clientId: number, day: Day | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM interactions AS i
    WHERE i.client_id = ${clientId} AND i.at > ${day ?? ''}
      AND ${sql.raw(isAttempt('i'))}`.execute(db)
  return rows[0]?.n ?? 0
}

/** The interactions with a client, or those about a deal, newest first. */
export function interactionsOf(db: Db, of: 'client_id' | 'deal_id', id: number) {
  return db
    .selectFrom('interactions as i')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .select([
      'i.id',
      'i.at',
      'i.kind',
      'i.direction',
      'i.result',
      'i.text',
      'i.deal_id as deal',
      'o.name as owner',
    ])
    .where(`i.${of}`, '=', id)
    .orderBy('i.at', 'desc')
    .orderBy('i.id', 'desc')
    .execute()
}

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
  /** What comes first, where not open ones and then the latest closed. */
  sorting?: readonly DealSorting[]
  limit?: number
}

/** Which deals a list can be of; closed is won or lost. */
export type DealListStatus = 'open' | 'won' | 'lost' | 'closed'

/** The part of a filter that says which deals are meant, without its order and its limit. */
export type DealChoice = Omit<DealFilter, 'sorting' | 'limit'>

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
  if (filter.ownerId != null) tests.push(hasName('d.owner_id', filter.ownerId))
  if (filter.sourceId != null) tests.push(hasName('d.source_id', filter.sourceId))
  const words = filter.words === undefined ? undefined : dealWords(filter.words)
  if (words) tests.push(words)
  if (filter.clients) tests.push(filter.clients('c'))
  if (filter.deals) tests.push(filter.deals('d'))
  return tests.reduce((narrowed, test) => narrowed.where(test), query)
}

/** How many deals a filter asks for. */
export async function countDeals(db: Db, filter: DealChoice): Promise<number> {
  const query = db.selectFrom('deals as d').innerJoin('clients as c', 'c.id', 'd.client_id')
  const { count } = await asked(query, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Deals, open ones first, then the latest closed. */
export function listDeals(db: Db, filter: DealFilter) {
  let query = db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .innerJoin('processes as p', 'p.id', 'd.process_id')
    .leftJoin('stages as s', 's.id', 'd.stage_id')
    .leftJoin('owners as o', 'o.id', 'd.owner_id')
    .leftJoin('reasons as r', 'r.id', 'd.reason_id')
    .leftJoin('sources as so', 'so.id', 'd.source_id')
    .select([
      'd.id',
      'd.title',
      'c.name as client',
      'd.status',
      SHOWN_STAGE.as('stage'),
      'd.amount',
      'd.cost',
      'd.expected_close',
      KNOWN_OPENING.as('opened_on'),
      KNOWN_SINCE.as('stage_since'),
      'd.closed_on',
      'p.name as process',
      'o.name as owner',
      'r.name as reason',
      'so.name as source',
      'd.need',
      'd.ref',
    ])
  query = asked(query, filter)
  for (const { by, descending } of filter.sorting ?? []) {
    query = query.orderBy(sql`(${by}) IS NULL`).orderBy(by, descending ? 'desc' : 'asc')
  }
  query = query
    .orderBy((eb) => eb('d.closed_on', 'is not', null))
    .orderBy('d.closed_on', 'desc')
    .orderBy('d.id')
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return query.execute()
}

/** What happened to a deal, earliest first. */
export function dealEvents(db: Db, id: number) {
  return db
    .selectFrom('events as e')
    .innerJoin('deals as d', 'd.id', 'e.deal_id')
    .leftJoin('stages as s', 's.id', 'e.stage_id')
    .leftJoin('reasons as r', 'r.id', 'e.reason_id')
    .select([
      'e.id',
      KNOWN_DAY.as('at'),
      'e.kind',
      SHOWN_EVENT_STAGE.as('stage'),
      'r.name as reason',
      'e.amount',
      'e.cost',
      'e.expected_close',
      'e.note',
      'e.recorded_at',
    ])
    .where('e.deal_id', '=', id)
    .orderBy('e.at')
    .orderBy('e.id')
    .execute()
}
