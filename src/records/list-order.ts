import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Locale } from '../domain/locale.ts'
import { nameOrder } from '../domain/name-order.ts'
import { sizesOf } from '../domain/property-values.ts'

/**
 * What something is sorted by. A `plain` value is a number, a day or a word of the program's own; a `name`
 * is sorted as the book's language does; a `property` by what its values are: numbers, days or text.
 */
export interface SortValue {
  value: RawBuilder<unknown>
  as: 'plain' | 'name' | 'property'
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

/** How rows compare by the key at some place. */
function comparer(
  rows: readonly Sorted[],
  { as, descending }: SortKey,
  place: number,
  locale: Locale | null,
): Order {
  const key = `by_${place}` as const
  const names = nameOrder(locale?.tag ?? null)
  const byName = (a: string | number, b: string | number): number => names(String(a), String(b))
  if (as !== 'property') {
    const compare = as === 'plain' ? plainly : byName
    return (a, b) => unknownLast(a[key] ?? null, b[key] ?? null, descending, compare)
  }
  const texts = new Set(rows.flatMap((row) => (row[key] == null ? [] : [String(row[key])])))
  const sizes = sizesOf([...texts], locale)
  // Values without a size come behind the others in either direction.
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

/** The first rows in an order, no more than a limit, without sorting the rest. */
function firstOf(rows: readonly Sorted[], order: Order, limit: number | undefined): Sorted[] {
  if (limit === undefined || limit >= rows.length) return rows.toSorted(order)
  const first: Sorted[] = []
  for (const row of rows) {
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

/**
 * The numbers of the rows of a list, in their order. SQLite knows no language: where a name or a
 * property is among the keys, the rows are sorted here.
 * @param query the rows that the list is of, nothing of them selected.
 * @param id their number, such as `d.id`.
 * @param keys what they are sorted by, the last of them telling all rows apart.
 */
export async function orderedIds<DB, TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, object>,
  id: string,
  keys: readonly SortKey[],
  { limit, locale }: { limit?: number | undefined; locale: Locale | null },
): Promise<number[]> {
  const isPlain = keys.every(({ as }) => as === 'plain')
  let rows = query.select(sql.ref<number>(id).as('id'))
  if (!isPlain) rows = rows.select(keys.map(({ value }, place) => value.as(`by_${place}`)))
  // Names are nearly sorted already by their keys, which makes sorting them here quick.
  for (const { value, descending } of isPlain ? keys : keys.slice(0, 1)) {
    rows = rows.orderBy(sql`(${value}) IS NULL`).orderBy(value, descending ? 'desc' : 'asc')
  }
  if (isPlain && limit !== undefined) rows = rows.limit(limit)
  const found = (await rows.execute()) as unknown as Sorted[]
  if (isPlain) return found.map((row) => row.id)
  const orders = keys.map((key, place) => comparer(found, key, place, locale))
  const order: Order = (a, b) => {
    for (const compare of orders) {
      const first = compare(a, b)
      if (first !== 0) return first
    }
    return a.id - b.id
  }
  return firstOf(found, order, limit).map((row) => row.id)
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
