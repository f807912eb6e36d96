import { type RawBuilder, sql } from 'kysely'
import { bookLocale } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'
import { nameKey } from '../../domain/name.ts'
import { nameOrder } from '../../domain/name-order.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { By, FrameGroup } from './declare.ts'

/** What deals are grouped by, as the query returns it: a number, a text, or null for unknown. */
export type GroupValue = number | string | null

type DealsQuery = ReturnType<DealsAsOf>

const TABLES = {
  owner: 'owners',
  client: 'clients',
  process: 'processes',
  source: 'sources',
  category: 'categories',
  product: 'products',
} as const

/** The day of a deal that decides its month, quarter or year. */
export type DayColumn = 'd.closed_on' | 'd.opened_on'

/** The day; null if another one stands in for it. */
function knownDay(day: DayColumn): RawBuilder<string | null> {
  if (day === 'd.closed_on') return sql`d.closed_on`
  return sql`CASE WHEN d.opened_known = 1 THEN d.opened_on END`
}

function expression(by: By, column: DayColumn): RawBuilder<GroupValue> {
  const day = knownDay(column)
  switch (by) {
    case 'owner':
    case 'client':
    case 'process':
    case 'source':
      return sql`${sql.ref(`d.${by}_id`)}`
    case 'region':
    case 'size':
      return sql`(SELECT ${sql.ref(`gc.${by}`)} FROM clients AS gc WHERE gc.id = d.client_id)`
    case 'category':
      return sql`gcc.category_id`
    case 'product':
      return sql`gcp.product_id`
    case 'year':
      return sql`substr(${day}, 1, 4)`
    case 'month':
      return sql`substr(${day}, 1, 7)`
    case 'quarter':
      return sql`substr(${day}, 1, 4) || '-Q' ||
        ((CAST(substr(${day}, 6, 2) AS INTEGER) + 2) / 3)`
  }
}

/**
 * Splits a query over deals: it selects the group as `groupValue` and groups by it. Without `by`
 * that is null, and nothing is split. A deal of a client with several categories is in each, and so is one
 * with several products.
 */
export function grouped(deals: DealsQuery, by: By | null, day: DayColumn) {
  if (by === null) return deals.select(sql<GroupValue>`NULL`.as('groupValue'))
  const joined = joinedTo(deals, by)
  const group = expression(by, day)
  return joined.select(group.as('groupValue')).groupBy(group)
}

/** The products in the amount of each deal, each once. */
const PRODUCTS = sql<{ deal_id: number; product_id: number }>`(
  SELECT DISTINCT deal_id, product_id FROM deal_lines WHERE counts = 1 AND product_id IS NOT NULL)`

/** Joins what deals can have several of. */
function joinedTo(deals: DealsQuery, by: By): DealsQuery {
  if (by === 'product') {
    return deals.leftJoin(PRODUCTS.as('gcp'), 'gcp.deal_id', 'd.id')
  }
  if (by !== 'category') return deals
  return deals.leftJoin('client_categories as gcc', 'gcc.client_id', 'd.client_id')
}

/** Cells of one group with its names. */
export interface CellGroup<C> {
  key: string | null
  label: string
  cells: C[]
}

async function namesOf(db: Db, by: keyof typeof TABLES): Promise<Map<GroupValue, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM ${sql.table(TABLES[by])}`.execute(db)
  return new Map(by === 'client' ? toldApart(rows) : rows.map(({ id, name }) => [id, name]))
}

/** Clients by name; those of one name have their numbers with it, as they are not one client. */
function toldApart(rows: readonly { id: number; name: string }[]): [number, string][] {
  const seen = new Set<string>()
  const several = new Set<string>()
  for (const { name } of rows) {
    const key = nameKey(name)
    if (seen.has(key)) several.add(key)
    seen.add(key)
  }
  return rows.map(({ id, name }) => [id, several.has(nameKey(name)) ? `${name} (${id})` : name])
}

const UNKNOWN_DAY = 'Day not known'

const NAMELESS: Partial<Record<By, string>> = {
  category: 'No category',
  month: UNKNOWN_DAY,
  quarter: UNKNOWN_DAY,
  year: UNKNOWN_DAY,
}

/**
 * Puts the cells of a split query together by the name of their group, sorted by name (months by
 * time), those without one last. Spellings of a region that differ in case are one.
 */
export async function cellGroups<C extends { groupValue: GroupValue }>(
  db: Db,
  by: By,
  cells: readonly C[],
): Promise<CellGroup<C>[]> {
  const names = by in TABLES ? await namesOf(db, by as keyof typeof TABLES) : null
  const groups = new Map<string | null, CellGroup<C>>()
  for (const cell of cells) {
    const { groupValue: value } = cell
    const key = names ? (names.get(value) ?? null) : value === null ? null : String(value)
    const sameAs = key === null ? null : nameKey(key)
    const group = groups.get(sameAs) ?? {
      key,
      label: key ?? NAMELESS[by] ?? `No ${by}`,
      cells: [],
    }
    group.cells.push(cell)
    groups.set(sameAs, group)
  }
  const isTime = by === 'month' || by === 'quarter' || by === 'year'
  const order = isTime
    ? (a: string, b: string): number => (a < b ? -1 : 1)
    : nameOrder((await bookLocale(db))?.tag ?? null)
  return [...groups]
    .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : order(a, b)))
    .map(([, group]) => group)
}

/** The frames of groups, from their cells. */
export function frameGroups<C>(
  groups: readonly CellGroup<C>[],
  build: (cells: C[], key: string | null) => Omit<FrameGroup, 'key' | 'label'>,
): FrameGroup[] {
  return groups.map(({ key, label, cells }) => ({ key, label, ...build(cells, key) }))
}

/** The note on deals that are in several groups, if there are any. */
export function severalGroupsNote(by: By | null, inGroups: number, deals: number): string[] {
  if ((by !== 'category' && by !== 'product') || inGroups <= deals) return []
  const which =
    by === 'product'
      ? 'each of its products, with all of its amount'
      : 'every category of its client'
  return [`A deal counts in ${which}: the groups add up to more than the totals.`]
}
