import type { Store } from '../book/store/store.ts'

/** How references begin that an export makes from the numbers of records without one. */
export const MADE_REF = { clients: 'client-', deals: 'deal-' } as const

const NUMBER = /^(\d{1,15})\+*$/

/** The number that a reference was made from; null if it was not made by an export. */
export function madeNumber(table: 'clients' | 'deals', ref: string | null): number | null {
  const beginning = MADE_REF[table]
  if (ref === null || !ref.startsWith(beginning)) return null
  const number = NUMBER.exec(ref.slice(beginning.length))?.[1]
  return number === undefined ? null : Number(number)
}

/**
 * Finds the record of this book whose number a reference was made from, so that a file
 * comes back to the book that it was written from. In another book the number belongs to another record:
 * the name has to be the same.
 * @param settle writes records to the book that are still collected.
 */
export function byMadeRef(
  store: Store,
  table: 'clients' | 'deals',
  settle?: () => void,
): (ref: string | null, nameKey: string) => number | null {
  const key = table === 'clients' ? 'name_key' : 'title_key'
  const find = store
    .prepare(`SELECT id FROM ${table} WHERE id = ? AND ${key} = ? AND ref IS NULL`)
    .pluck()
  return (ref, nameKey) => {
    const number = madeNumber(table, ref)
    if (number === null) return null
    settle?.()
    return (find.get(number, nameKey) as number) ?? null
  }
}
