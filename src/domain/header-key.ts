import { nameKey } from './name.ts'

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
