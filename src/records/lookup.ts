import { distance } from 'fastest-levenshtein'
import { sql } from 'kysely'
import { NONE } from '../book/none.ts'
import type { Db } from '../book/open.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'

/** Something that a person can name on the command line. */
export type Noun =
  | 'client'
  | 'deal'
  | 'process'
  | 'stage'
  | 'reason'
  | 'owner'
  | 'source'
  | 'segment'
  | 'category'
  | 'property'
  | 'report'

interface Place {
  table: string
  name: 'name' | 'title'
  key: 'name_key' | 'title_key'
  ref: boolean
}

const dictionary = { name: 'name', key: 'name_key', ref: false } as const

const PLACES: Record<Noun, Place> = {
  client: { table: 'clients', name: 'name', key: 'name_key', ref: true },
  deal: { table: 'deals', name: 'title', key: 'title_key', ref: true },
  process: { table: 'processes', ...dictionary },
  stage: { table: 'stages', ...dictionary },
  reason: { table: 'reasons', ...dictionary },
  owner: { table: 'owners', ...dictionary },
  source: { table: 'sources', ...dictionary },
  segment: { table: 'segments', ...dictionary },
  category: { table: 'categories', ...dictionary },
  property: { table: 'properties', ...dictionary },
  report: { table: 'report_variants', ...dictionary },
}

/** Names that have no list of their own. */
const UNLISTED = new Set<Noun>(['category', 'property'])

/** A record's number and name. */
export interface Named {
  id: number
  name: string
}

/** How many candidates an ambiguity lists. */
const CANDIDATES = 8

/** How many names a mistyped one is compared with. */
const MOST_COMPARED = 1000

type Match =
  | { kind: 'id'; value: number }
  | { kind: 'ref' | 'exact' | 'alias' | 'part'; value: string }

function search(db: Db, place: Place, match: Match, limit = CANDIDATES + 1): Promise<Named[]> {
  const key = sql.ref(place.key)
  const where = {
    id: () => sql`id = ${match.value}`,
    ref: () => sql`ref = ${match.value}`,
    exact: () => sql`${key} = ${match.value}`,
    // A reference is its own key; the key of a name is in lower case.
    alias: () =>
      sql`id IN (SELECT client_id FROM client_aliases WHERE key IN (${match.value}, ${nameKey(String(match.value))}))`,
    part: () => sql`${key} LIKE ${`%${escapeLike(String(match.value))}%`} ESCAPE '\\'`,
  }[match.kind]()
  return sql<Named>`
    SELECT id, ${sql.ref(place.name)} AS name FROM ${sql.table(place.table)}
    WHERE ${where} ORDER BY ${key}, id LIMIT ${limit}`
    .execute(db)
    .then((result) => result.rows)
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}

function ambiguous(noun: Noun, text: string, found: Named[]): Fault {
  const lines = found.slice(0, CANDIDATES).map(({ id, name }) => `  ${id}  ${name}`)
  if (found.length > CANDIDATES) lines.push('  …')
  const message = `“${text}” fits more than one ${noun}:\n${lines.join('\n')}`
  return new Fault('not-found', message, 'give its number, or more of its name')
}

/** The operation that took a record away; nothing where it never was there, or was erased. */
async function takenAway(
  db: Db,
  table: string,
  id: number,
): Promise<{ id: number; summary: string } | undefined> {
  return db
    .selectFrom('journal as j')
    .innerJoin('operations as o', 'o.id', 'j.operation_id')
    .select(['o.id', 'o.summary'])
    .where('j.table_name', '=', table)
    .where('j.row_id', '=', id)
    .orderBy('j.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * Finds a record by its number (`7` or `#7`), its reference in the system it came from, its name,
 * the name or reference of a client merged into it, or any part of its name that no other has.
 * @throws Fault `not-found` where none or several answer; the message lists the candidates.
 */
export async function find(db: Db, noun: Noun, text: string): Promise<Named> {
  const place = PLACES[noun]
  const key = nameKey(text)
  const number = /^#?(\d{1,15})$/.exec(key)?.[1]
  const attempts: Match[] = []
  if (number) attempts.push({ kind: 'id', value: Number(number) })
  if (place.ref) attempts.push({ kind: 'ref', value: text.trim() })
  if (key !== '') attempts.push({ kind: 'exact', value: key })
  if (noun === 'client') attempts.push({ kind: 'alias', value: text.trim() })
  // A number that is nobody's must not hit a name that happens to hold it.
  if (key !== '' && !number) attempts.push({ kind: 'part', value: key })
  for (const attempt of attempts) {
    const found = await search(db, place, attempt)
    if (found.length === 1 && found[0]) return found[0]
    if (found.length > 1) throw ambiguous(noun, text, found)
  }
  const gone = number ? await takenAway(db, place.table, Number(number)) : undefined
  if (gone) {
    const message = `there is no ${noun} “${text}” any more: operation ${gone.id}: ${gone.summary}`
    throw new Fault('not-found', message, `to have it back: funnel undo ${gone.id}`)
  }
  const near = await nearest(db, place, key)
  const hint = near === undefined ? await listed(db, noun) : `did you mean “${near}”?`
  throw new Fault('not-found', `there is no ${noun} “${text}”`, hint)
}

/**
 * Finds an owner or a source, or with `none` those that are nobody's: `NONE`. One that is called none
 * is meant by its name.
 * @throws Fault `not-found` as `find` does.
 */
export async function findOrNone(db: Db, noun: 'owner' | 'source', text: string): Promise<Named> {
  const key = nameKey(text)
  if (key !== 'none') return find(db, noun, text)
  const [called] = await search(db, PLACES[noun], { kind: 'exact', value: key })
  return called ?? { id: NONE, name: key }
}

/** Where the names that there are can be read. */
async function listed(db: Db, noun: Noun): Promise<string | undefined> {
  if (!UNLISTED.has(noun)) return `see: funnel ${noun} list`
  const found = await search(db, PLACES[noun], { kind: 'part', value: '' })
  if (found.length === 0) return undefined
  const names = found.slice(0, CANDIDATES).map(({ name }) => name)
  return `there are: ${names.join(', ')}${found.length > CANDIDATES ? ' …' : ''}`
}

/** How many letters a mistyped name may be off. */
const TYPOS = 2

/** The name that comes closest, as a whole or in one of its words, where one is close. */
async function nearest(db: Db, place: Place, key: string): Promise<string | undefined> {
  if (key.length <= TYPOS) return undefined
  const rows = await search(db, place, { kind: 'part', value: '' }, MOST_COMPARED)
  const off = (name: string): number => {
    const whole = nameKey(name)
    return Math.min(...[whole, ...whole.split(' ')].map((part) => distance(part, key)))
  }
  const ranked = rows
    .map(({ name }) => ({ name, off: off(name) }))
    .filter((candidate) => candidate.off <= TYPOS)
    .toSorted((a, b) => a.off - b.off)
  return ranked[0]?.name
}

/** The number of what `text` names, `NONE` for `none`; null where no text is given. */
export async function findIdOrNone(
  db: Db,
  noun: 'owner' | 'source',
  text: string | undefined,
): Promise<number | null> {
  return text === undefined ? null : (await findOrNone(db, noun, text)).id
}

/** The number of the record that `text` names; null where no text is given. */
export async function findId(db: Db, noun: Noun, text: string | undefined): Promise<number | null> {
  return text === undefined ? null : (await find(db, noun, text)).id
}
