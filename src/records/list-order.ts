import { nullsLast } from '../book/store/sql.ts'
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Locale } from '../domain/locale.ts'
import { nameOrder } from '../domain/name-order.ts'
import { type PropertyType, sizesOf } from '../domain/property-values.ts'

/**
 * What something is sorted by. A `plain` value is a number, a day or a word of the program's own; a `name`
 * is sorted as the book's language does; a `property` by what its values are: numbers, days or text.
 */
export interface SortValue {
  value: RawBuilder<unknown>
  as: 'plain' | 'name' | 'property'
  /** What the values of a property are said to be. */
  type?: PropertyType
}

/** The same with its direction; the last comes first where `descending`. */
export interface SortKey extends SortValue {
  descending: boolean
}

type Value = string | number | null

/** One row of a list: its number, and what it is sorted by. */
interface Sorted {
  id: number
  [key: `by_${number}`]: Value
}

type Order = (a: Sorted, b: Sorted) => number

/** Below 0 where a comes first. What is not known comes last, whatever the direction. */
function unknownLast(
  a: Value,
  b: Value,
  descending: boolean,
  compare: (a: string | number, b: string | number) => number,
): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (a === b) return 0
  return descending ? -compare(a, b) : compare(a, b)
}

function plainly(a: string | number, b: string | number): number {
  return a < b ? -1 : 1
}

/** How rows compare by the key at some place. @param texts the values of a property. */
function comparer(
  { as, descending, type }: SortKey,
  place: number,
  texts: readonly string[],
  locale: Locale | null,
): Order {
  const key = `by_${place}` as const
  const names = nameOrder(locale?.tag ?? null)
  const byName = (a: string | number, b: string | number): number => names(String(a), String(b))
  if (as !== 'property') {
    const compare = as === 'plain' ? plainly : byName
    return (a, b) => unknownLast(a[key] ?? null, b[key] ?? null, descending, compare)
  }
  const sizes = sizesOf(texts, locale, type)
  // Values that cannot be ordered come after the others in either direction.
  return (a, b) => {
    const [left, right] = [a[key] ?? null, b[key] ?? null]
    const bySize = unknownLast(
      sizes.get(String(left)) ?? null,
      sizes.get(String(right)) ?? null,
      descending,
      plainly,
    )
    return bySize === 0 ? unknownLast(left, right, descending, byName) : bySize
  }
}

/** Keeps the first rows in an order as they arrive, and drops the rest. */
async function firstOf(
  rows: AsyncIterable<Sorted>,
  order: Order,
  limit: number,
): Promise<Sorted[]> {
  const first: Sorted[] = []
  for await (const row of rows) {
    const last = first.at(-1)
    if (first.length === limit && last && order(row, last) >= 0) continue
    let [low, high] = [0, first.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = first[middle]
      if (other && order(row, other) < 0) high = middle
      else low = middle + 1
    }
    first.splice(low, 0, row)
    if (first.length > limit) first.pop()
  }
  return first
}

/** The values that the rows of a list have of a property; none for other keys. */
async function textsOf<DB, TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  { as, value }: SortKey,
): Promise<string[]> {
  if (as !== 'property') return []
  const rows = await query.select(value.as('value')).distinct().execute()
  const found = rows as unknown as { value: Value }[]
  return found.flatMap((row) => (row.value === null ? [] : [String(row.value)]))
}

/**
 * The numbers of the rows of a list, in their order. SQLite knows no language: where a name or a
 * property is among the keys, the rows are sorted here.
 * @param query the rows that the list is of, nothing of them selected.
 * @param id their number, such as `d.id`.
 * @param keys what they are sorted by; then by their numbers.
 */
export async function orderedIds<DB, TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  id: string,
  keys: readonly SortKey[],
  { limit, locale }: { limit?: number | undefined; locale: Locale | null },
): Promise<number[]> {
  const ids = query.select(sql.ref<number>(id).as('id'))
  const inSql = (rows: typeof ids, by: readonly SortKey[]): typeof ids =>
    by.reduce(
      (sorted, { value, descending }) =>
        sorted.orderBy(nullsLast(value, descending ? 'desc' : 'asc')),
      rows,
    )
  if (keys.every(({ as }) => as === 'plain')) {
    const sorted = inSql(ids, keys).orderBy(sql.ref(id))
    const rows = await (limit === undefined ? sorted : sorted.limit(limit)).execute()
    return (rows as unknown as Sorted[]).map((row) => row.id)
  }
  const rows = ids.select(keys.map(({ value }, place) => value.as(`by_${place}`)))
  const orders: Order[] = []
  for (const [place, key] of keys.entries()) {
    orders.push(comparer(key, place, await textsOf(query, key), locale))
  }
  const order: Order = (a, b) => {
    for (const compare of orders) {
      const first = compare(a, b)
      if (first !== 0) return first
    }
    return a.id - b.id
  }
  if (limit !== undefined) {
    const stream = rows.stream() as unknown as AsyncIterable<Sorted>
    return (await firstOf(stream, order, limit)).map((row) => row.id)
  }
  // Sorted by key, names are already nearly in order, which makes sorting them here quick.
  const all = (await inSql(rows, keys.slice(0, 1)).execute()) as unknown as Sorted[]
  return all.toSorted(order).map((row) => row.id)
}

/** Rows of a query in the order of their numbers. */
export function inOrderOf<T>(
  ids: readonly number[],
  rows: readonly T[],
  idOf: (row: T) => number,
): T[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [row]
  })
}
