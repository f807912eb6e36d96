import { distance } from 'fastest-levenshtein'
import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { minOf } from '../../domain/lists.ts'

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
  | 'product'
  | 'price-list'
  | 'tax'
  | 'terms'
  | 'bank-account'

/** Where a noun's records are, and what they are found by. */
interface Place {
  table: string
  name: 'name' | 'title'
  key: 'name_key' | 'title_key'
  ref: boolean
  /** The column of keys of a code that people type, which comes before the number. */
  code?: string
}

const dictionary = { name: 'name', key: 'name_key', ref: false } as const

/** Where the records of each noun are. */
export const PLACES: Record<Noun, Place> = {
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
  product: { table: 'products', ...dictionary, code: 'code_key' },
  'price-list': { table: 'price_lists', ...dictionary },
  tax: { table: 'taxes', ...dictionary },
  terms: { table: 'terms', ...dictionary },
  'bank-account': { table: 'bank_accounts', ...dictionary },
  report: { table: 'report_variants', ...dictionary },
}

/** Names that have no list of their own. */
const UNLISTED = new Set<Noun>(['category', 'price-list'])

/** A record's number and name. */
export interface Named {
  id: number
  name: string
}

/** A noun as sentences have it: `price list`. */
const spoken = (noun: Noun): string => noun.replace('-', ' ')

/** `is no deal`, `are no terms`: what is missing. */
const are = (noun: Noun): string => `${noun === 'terms' ? 'are' : 'is'} no ${spoken(noun)}`

/** How many candidates an ambiguity lists. */
export const CANDIDATES = 8

/** How many names a mistyped one is compared with. */
const MOST_COMPARED = 1000

/** How a name is compared with those of the book. */
export type Match =
  | { kind: 'id'; value: number }
  | { kind: 'ref' | 'code' | 'exact' | 'alias' | 'part'; value: string }

/** The records of a place that a text may mean, by name. */
export function search(
  db: Db,
  place: Place,
  match: Match,
  limit = CANDIDATES + 1,
): Promise<Named[]> {
  const key = sql.ref(place.key)
  const where = {
    id: () => sql`id = ${match.value}`,
    ref: () => sql`ref = ${match.value}`,
    code: () => sql`${sql.ref(place.code ?? '')} = ${match.value}`,
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

/** A text as LIKE takes it exactly. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}

/** The refusal of a text that means several records. */
export function ambiguous(noun: Noun, text: string, found: Named[]): Fault {
  const lines = found.slice(0, CANDIDATES).map(({ id, name }) => `  ${id}  ${name}`)
  if (found.length > CANDIDATES) lines.push('  …')
  const message = `“${text}” fits more than one ${noun === 'terms' ? 'set of terms' : spoken(noun)}:\n${lines.join('\n')}`
  return new Fault('not-found', message, 'give its number, or more of its name')
}

/** The operation that removed a record; nothing if it never existed, or was erased. */
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

/** The command that lists the existing names. */
async function listed(db: Db, noun: Noun): Promise<string | undefined> {
  if (!UNLISTED.has(noun)) return `see: funnel ${spoken(noun)} list`
  const found = await search(db, PLACES[noun], { kind: 'part', value: '' })
  if (found.length === 0) return undefined
  const names = found.slice(0, CANDIDATES).map(({ name }) => name)
  return `there are: ${names.join(', ')}${found.length > CANDIDATES ? ' …' : ''}`
}

/** How many letters a mistyped name may be off. */
const TYPOS = 2

/** The closest name, as a whole or in one of its words, if one is close. */
async function nearest(db: Db, place: Place, key: string): Promise<string | undefined> {
  if (key.length <= TYPOS) return undefined
  const rows = await search(db, place, { kind: 'part', value: '' }, MOST_COMPARED)
  const off = (name: string): number => {
    const whole = nameKey(name)
    return minOf([whole, ...whole.split(' ')].map((part) => distance(part, key)))
  }
  const ranked = rows
    .map(({ name }) => ({ name, off: off(name) }))
    .filter((candidate) => candidate.off <= TYPOS)
    .toSorted((a, b) => a.off - b.off)
  return ranked[0]?.name
}

/**
 * The refusal of a text that matches no record: with how to bring back a removed one, else with the closest
 * name, else with how to list the names.
 */
export async function missing(db: Db, noun: Noun, text: string): Promise<Fault> {
  const place = PLACES[noun]
  const key = nameKey(text)
  const number = numberIn(key)
  const gone = number ? await takenAway(db, place.table, Number(number)) : undefined
  if (gone) {
    const message = `there ${are(noun)} “${text}” any more: operation ${gone.id}: ${gone.summary}`
    return new Fault('not-found', message, `to have it back: funnel undo ${gone.id}`)
  }
  const near = await nearest(db, place, key)
  const hint = near === undefined ? await listed(db, noun) : `did you mean “${near}”?`
  return new Fault('not-found', `there ${are(noun)} “${text}”`, hint)
}

/** The number that a text names a record by: `7` or `#7`. */
export function numberIn(key: string): string | undefined {
  return /^#?(\d{1,15})$/.exec(key)?.[1]
}
