import { isAssigned } from '../book/unassigned.ts'
import type { Settings } from '../domain/settings.ts'
import type { Day } from '../domain/day.ts'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { counted } from '../domain/text.ts'
import type { DealsAsOf } from './deals-as-of.ts'

/** A filter as it was given: its number for the query, `NONE` for those without; its name for the title. */
export interface Chosen {
  id: number
  name: string
}

/** What every report is made for. */
export interface Scope {
  asOf: Day
  settings: Settings
  process?: Chosen | undefined
  owner?: Chosen | undefined
  source?: Chosen | undefined
  /** Only deals of clients that pass a test, which is given the alias of `clients` in the query. */
  clients?: ChosenBy | undefined
  /** Only deals that pass a test, which is given the alias of `deals`; they are as they stood on the day. */
  deals?: ChosenBy | undefined
}

/** A test of records, and the conditions that it is made of. */
interface ChosenBy {
  texts: string[]
  test: (alias: string) => RawBuilder<SqlBool>
}

const FILTERS = { process: 'process_id', owner: 'owner_id', source: 'source_id' } as const

type FilterName = keyof typeof FILTERS

function filters(scope: Scope): [FilterName, Chosen][] {
  return (Object.keys(FILTERS) as FilterName[]).flatMap((name) => {
    const filter = scope[name]
    return filter ? [[name, filter] as [FilterName, Chosen]] : []
  })
}

/**
 * The test of the chosen clients for rows that name one in the column given; undefined if all are. Where
 * deals are chosen, these are clients with such a deal.
 */
export function ofClients(
  { clients, deals }: Pick<Scope, 'clients' | 'deals'>,
  column: string,
): RawBuilder<SqlBool> | undefined {
  const of = sql.ref(column)
  const tests = [
    ...(clients ? [sql`${of} IN (SELECT c.id FROM clients AS c WHERE ${clients.test('c')})`] : []),
    ...(deals ? [sql`${of} IN (SELECT x.client_id FROM deals AS x WHERE ${deals.test('x')})`] : []),
  ]
  return tests.length === 0 ? undefined : sql`(${sql.join(tests, sql` AND `)})`
}

/** The same choice for rows that are not deals: clients with such a deal stand in for chosen deals. */
export function asClients<S extends Scope>(scope: S): S {
  const { clients, deals } = scope
  if (!deals) return scope
  const texts = [...(clients?.texts ?? []), ...deals.texts]
  const test = (alias: string): RawBuilder<SqlBool> =>
    ofClients(scope, `${alias}.id`) ?? sql<SqlBool>`true`
  return { ...scope, clients: { texts, test }, deals: undefined }
}

/** Narrows a query over deals to what the scope asks for. */
export function within(deals: DealsAsOf, scope: Scope): ReturnType<DealsAsOf> {
  const narrowed = filters(scope).reduce(
    (query, [name, { id }]) => query.where(isAssigned(`d.${FILTERS[name]}`, id)),
    deals(),
  )
  const clients = ofClients({ clients: scope.clients }, 'd.client_id')
  const chosen = clients ? narrowed.where(clients) : narrowed
  return scope.deals ? chosen.where(scope.deals.test('d')) : chosen
}

/** The conditions on clients and deals. */
function whereTexts({ clients, deals }: Scope): string[] {
  return [...(clients?.texts ?? []), ...(deals?.texts ?? [])]
}

/** The filters for a report's subtitle: `process: typical, owner: Ann, where: region=North`. */
export function describeFilters(scope: Scope): string[] {
  const texts = whereTexts(scope)
  return [
    ...filters(scope).map(([name, { name: value }]) => `${name}: ${value}`),
    ...(texts.length > 0 ? [`where: ${texts.join(', ')}`] : []),
  ]
}

/** The filters as JSON: those that are set. */
export function filtersHead(scope: Scope): Record<string, string> {
  const texts = whereTexts(scope)
  return {
    ...Object.fromEntries(filters(scope).map(([name, { name: value }]) => [name, value])),
    ...(texts.length > 0 ? { where: texts.join(', ') } : {}),
  }
}

/** A deal's profit in SQL, as `profitOf` defines it; null if the amount is unknown. */
export function profitSql(margin: number | null) {
  const without =
    margin === null ? sql`d.amount` : sql`CAST(round(d.amount * ${margin}) AS INTEGER)`
  return sql<number | null>`CASE WHEN d.cost IS NULL THEN ${without} ELSE d.amount - d.cost END`
}

/** How many deals have no amount, in any currency. */
export function withoutAmount({ isForeign }: DealsAsOf): RawBuilder<number> {
  const amount = isForeign ? sql`coalesce(d.amount, d.own_amount)` : sql`d.amount`
  return sql<number>`count(*) - count(${amount})`
}

/** The note that says how many deals have no amount. */
export function amountNote(deals: number): string[] {
  if (deals === 0) return []
  return [`Without an amount: ${counted(deals, 'deal')}, 0 in sums.`]
}

/** The note that says how profit was worked out where deals have no cost. */
export function profitNote(withoutCost: number, deals: number, margin: number | null): string[] {
  if (withoutCost === 0) return []
  const how = margin === null ? 'their amount' : `${margin * 100}% of their amount`
  const which =
    withoutCost === deals
      ? 'no deal has a cost'
      : `${withoutCost} of ${counted(deals, 'deal')} ${withoutCost === 1 ? 'has' : 'have'} no cost`
  return [`Profit: ${which}; ${how} counts as profit.`]
}

/** The note on deals that were imported with an outcome but no history. */
export function outcomeOnlyNote(deals: number): string[] {
  if (deals === 0) return []
  return [
    `${counted(deals, 'deal')} came by import with an outcome and without a history: a won one ` +
      'counts as through every stage, a lost one up to the stage that its file names, else the first.',
  ]
}

/** The test for deals whose opening day is known: the others were opened in no known period. */
export const OPENING_KNOWN = sql<SqlBool>`d.opened_known = 1`

/**
 * The deals with an unknown opening day that may have been opened from a day on: the day that stands
 * in for it is the latest it can be.
 */
function withoutOpening(deals: DealsAsOf, scope: Scope, from: Day | null) {
  const unknown = within(deals, scope).where('d.opened_known', '=', 0)
  return from === null ? unknown : unknown.where('d.opened_on', '>=', from)
}

/** How many they are. */
export async function countWithoutOpening(
  deals: DealsAsOf,
  scope: Scope,
  from: Day | null,
): Promise<number> {
  const { n } = await withoutOpening(deals, scope, from)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** The note on deals left out because nobody knows when they were opened. @param of where from. */
export function withoutOpeningNote(deals: number, of: string): string[] {
  if (deals === 0) return []
  const which = deals === 1 ? '1 deal whose opening day is' : `${deals} deals whose opening day is`
  return [`Left out of ${of}: ${which} not known.`]
}

/** What is said instead of a funnel of deals that went through no stages. */
export const NO_FUNNEL =
  'These deals are of processes without stages: there is no funnel to draw, only totals.'

/** The note on deals that no stage can show. */
export function stagelessNote(deals: number): string[] {
  if (deals === 0) return []
  return [`${counted(deals, 'deal')} of processes without stages: in the totals only.`]
}
