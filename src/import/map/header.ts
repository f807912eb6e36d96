import { headerKey } from '../../domain/header-key.ts'
import { nameKey, tidyName } from '../../domain/name.ts'

export { columnKeys, headerKey, keyed } from '../../domain/header-key.ts'

/** The column that says why a row was rejected; left out when the file comes back. */
export const REASON_HEADER = 'Rejected because'

const CURRENCIES = new Set(
  `eur, usd, gbp, chf, thb, rub, cny, rmb, in, руб, р, บาท, 元, net, netto, нетто`
    .split(',')
    .map((word) => headerKey(word)),
)

/**
 * A key without the number of the column, the currency and that it is net: `phone 2` is `phone`,
 * `amount eur` and `amount net` are `amount`. A year stays: `sales 2024` is another thing than `sales`.
 */
export function bareKey(key: string): string {
  const words = key.split(' ').filter((word) => !/^\d{1,2}$/.test(word))
  const last = words.findLastIndex((word) => !CURRENCIES.has(word))
  return words.slice(0, Math.max(last, 0) + 1).join(' ')
}

/** What a column is called: its header, or `Column 4` if that is empty. */
export function columnTitle(header: string, index: number): string {
  return tidyName(header) || `Column ${index + 1}`
}

/**
 * The name of the property that each column would become: its header, `Column 4` if that is
 * empty, `Name 2` if an earlier column has the name.
 * @param taken names that other columns have been given.
 */
export function propertyNames(headers: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(taken.map(nameKey))
  const times = new Map<string, number>()
  return headers.map((header, index) => {
    const name = columnTitle(header, index)
    const key = nameKey(name)
    let unique = name
    let count = times.get(key) ?? 0
    do {
      count += 1
      unique = count === 1 ? name : `${name} ${count}`
    } while (used.has(nameKey(unique)))
    times.set(key, count)
    used.add(nameKey(unique))
    return unique
  })
}

/** The headers as a list for people, a long one cut. */
export function listHeaders(headers: readonly string[]): string {
  const named = headers.map(tidyName).filter(Boolean)
  const shown = named
    .slice(0, 40)
    .map((name) => (name.length > 60 ? `${name.slice(0, 59)}…` : name))
  const more = named.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}
