import { UNASSIGNED } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import { nameKey } from '../domain/name.ts'
import { findDeal } from './lookup/deal.ts'
import {
  ambiguous,
  type Match,
  missing,
  type Named,
  type Noun,
  numberIn,
  PLACES,
  search,
} from './lookup/places.ts'

export type { Named, Noun } from './lookup/places.ts'

/** Databases look for parts of a limited length only, and nobody types a longer one. */
const LONGEST_PART = 10_000

/**
 * Finds a record by its code, if it has one, its number (`7` or `#7`), its reference in the system it came from, its name, the name or
 * reference of a client merged into it, or any unique part of its name. A deal is found as by `findDeal`.
 * @throws Fault `not-found` if none or several match; the message lists the candidates.
 */
export async function find(db: Db, noun: Noun, text: string): Promise<Named> {
  if (noun === 'deal') return findDeal(db, text)
  const place = PLACES[noun]
  const key = nameKey(text)
  const number = numberIn(key)
  const attempts: Match[] = []
  if (place.code !== undefined && key !== '') attempts.push({ kind: 'code', value: key })
  if (number) attempts.push({ kind: 'id', value: Number(number) })
  if (place.ref) attempts.push({ kind: 'ref', value: text.trim() })
  if (key !== '') attempts.push({ kind: 'exact', value: key })
  if (noun === 'client') attempts.push({ kind: 'alias', value: text.trim() })
  // An unused number must not match a name that happens to contain it.
  if (key !== '' && key.length <= LONGEST_PART && !number)
    attempts.push({ kind: 'part', value: key })
  for (const attempt of attempts) {
    const found = await search(db, place, attempt)
    if (found.length === 1 && found[0]) return found[0]
    if (found.length > 1) throw ambiguous(noun, text, found)
  }
  throw await missing(db, noun, text)
}

/**
 * Finds an owner or a source; `none` gives `NONE`, for records without one, unless one is actually called
 * none.
 * @throws Fault `not-found` as `find` does.
 */
export async function findOrNone(db: Db, noun: 'owner' | 'source', text: string): Promise<Named> {
  const key = nameKey(text)
  if (key !== 'none') return find(db, noun, text)
  const [called] = await search(db, PLACES[noun], { kind: 'exact', value: key })
  return called ?? { id: UNASSIGNED, name: key }
}

/** The number of what `text` names, `NONE` for `none`; null if no text is given. */
export async function findIdOrNone(
  db: Db,
  noun: 'owner' | 'source',
  text: string | undefined,
): Promise<number | null> {
  return text === undefined ? null : (await findOrNone(db, noun, text)).id
}

/** The number of the record that `text` names; null if no text is given. */
export async function findId(db: Db, noun: Noun, text: string | undefined): Promise<number | null> {
  return text === undefined ? null : (await find(db, noun, text)).id
}
