import { nameKey, tidyName } from '../../domain/name.ts'

/** The column that says why a row was rejected; left out when the file comes back. */
export const REASON_HEADER = 'Rejected because'

/**
 * What the spellings of one header share: `BillingState`, `billing_state` and `Billing State` are
 * `billing state`, `Budget__c` is `budget`, `E-Mail 2` and `email2` are `email 2`, `Prénom` is
 * `prenom`. Empty for a header without letters and digits.
 */
export function headerKey(header: string): string {
  const words = header
    .normalize('NFKC')
    .replace(/__(c|pc|r)$/i, '')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{L})(\p{Nd}+)$/u, '$1 $2')
    // Vowels and tones of Thai are marks, so marks belong to the word.
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  return nameKey(withoutAccents(words)).replaceAll(/(^| )e mail/g, '$1email')
}

/** `é` as `e` and `ё` as `е`: few people type them in a header. `й` stays the letter that it is. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/(\p{Script=Latin})[\u0300-\u036F]+/gu, '$1')
    .replaceAll(/([Ее])\u0308/g, '$1')
    .normalize('NFC')
}

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

/**
 * A key for each column, all different: the header's, with ` #2` for the second of the same, and the
 * place (`#4`) if there is no header.
 */
export function columnKeys(headers: readonly string[]): string[] {
  return keyed(headers.map((header) => ({ header }))).map(([key]) => key)
}

/** Columns, each with its key as `columnKeys` makes it. */
export function keyed<T extends { header: string }>(columns: readonly T[]): [key: string, T][] {
  const seen = new Map<string, number>()
  return columns.map((column, index) => {
    const key = headerKey(column.header)
    if (key === '') return [`#${index + 1}`, column]
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return [times === 1 ? key : `${key} #${times}`, column]
  })
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
