import type { Db } from '../book/store/db.ts'
import { moveReferences } from '../book/store/references.ts'
import { type ContactPointKind, parseContactPoint } from '../domain/contact-point.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { Named } from './lookup.ts'

/** The details that can be removed from a client. */
export const REMOVABLE = [
  'email',
  'phone',
  'website',
  'category',
  'property',
  'contact',
  'alias',
] as const
type Removable = (typeof REMOVABLE)[number]

/** One thing to remove from a client: an address, or the name of anything else. */
export interface Removal {
  what: Removable
  value: string
}

/** Something that a client has: the row's number, how it is shown, and the keys it answers to. */
interface Held {
  id: number
  text: string
  keys: string[]
}

const WORDS: Record<Removable, string> = {
  email: 'e-mail',
  phone: 'phone',
  website: 'website',
  category: 'category',
  property: 'property',
  contact: 'contact',
  alias: 'other name or reference',
}

const TABLES = {
  category: 'client_categories',
  property: 'client_properties',
  contact: 'contacts',
  alias: 'client_aliases',
} as const

function isPoint(what: Removable): what is ContactPointKind {
  return what === 'email' || what === 'phone' || what === 'website'
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '')
}

/** What matches a contact point: its text, its key and, for a phone, its digits. */
function pointKeys(kind: ContactPointKind, value: string, key: string): string[] {
  return [nameKey(value), key, ...(kind === 'phone' ? [digits(value), digits(key)] : [])]
}

async function heldPoints(db: Db, client: number, kind: ContactPointKind): Promise<Held[]> {
  const rows = await db
    .selectFrom('contact_points')
    .select(['id', 'value', 'key'])
    .where('client_id', '=', client)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute()
  return rows.map(({ id, value, key }) => ({ id, text: value, keys: pointKeys(kind, value, key) }))
}

async function heldNames(
  db: Db,
  client: number,
  what: keyof typeof TABLES,
): Promise<{ id: number; name: string; key: string }[]> {
  if (what === 'contact') {
    return db
      .selectFrom('contacts')
      .select(['id', 'name', 'name_key as key'])
      .where('client_id', '=', client)
      .orderBy('id')
      .execute()
  }
  if (what === 'alias') {
    return db
      .selectFrom('client_aliases')
      .select(['id', 'value as name', 'key'])
      .where('client_id', '=', client)
      .orderBy('id')
      .execute()
  }
  const [table, dictionary, column] =
    what === 'category'
      ? (['client_categories', 'categories', 'h.category_id'] as const)
      : (['client_properties', 'properties', 'h.property_id'] as const)
  return db
    .selectFrom(`${table as 'client_categories'} as h`)
    .innerJoin(`${dictionary as 'categories'} as d`, 'd.id', column as 'h.category_id')
    .select(['h.id', 'd.name', 'd.name_key as key'])
    .where('h.client_id', '=', client)
    .orderBy('d.name_key')
    .execute()
}

async function held(db: Db, client: number, what: Removable): Promise<Held[]> {
  if (isPoint(what)) return heldPoints(db, client, what)
  const rows = await heldNames(db, client, what)
  return rows.map(({ id, name, key }) => ({ id, text: name, keys: [key, nameKey(name)] }))
}

/** The keys of what a person typed; a text that is not an address can still be one as written. */
function wantedKeys({ what, value }: Removal): string[] {
  const keys = [nameKey(value), value.trim()]
  if (!isPoint(what)) return keys
  if (what === 'phone') return [...keys, digits(value)].filter((key) => key !== '')
  try {
    return [...keys, parseContactPoint(what, value).key]
  } catch {
    return keys
  }
}

function unknown(client: Named, { what, value }: Removal, has: Held[]): Fault {
  const message = `client ${client.id} (${client.name}) has no ${WORDS[what]} “${value}”`
  const texts = has.map(({ text }) => text).join(', ')
  return new Fault('not-found', message, texts === '' ? 'it has none' : `it has: ${texts}`)
}

/**
 * Removes details of a client. What refers to a removed person (interactions, addresses) stays with the
 * client.
 * @throws Fault `not-found` if the client has no such thing; the hint lists what it has.
 */
export async function removeDetails(
  db: Db,
  client: Named,
  drops: readonly Removal[],
): Promise<void> {
  for (const drop of drops) {
    const has = await held(db, client.id, drop.what)
    const wanted = new Set(wantedKeys(drop))
    const meant = has.filter(({ keys }) => keys.some((key) => wanted.has(key)))
    if (meant.length === 0) throw unknown(client, drop, has)
    const table = isPoint(drop.what) ? 'contact_points' : TABLES[drop.what]
    for (const { id } of meant) {
      if (drop.what === 'contact') await moveReferences(db, 'contacts', id, null)
      await db.deleteFrom(table).where('id', '=', id).execute()
    }
  }
}
