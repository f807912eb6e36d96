import type { Database } from 'better-sqlite3'
import { isSamePhone } from '../../domain/duplicates/contact-keys.ts'
import type { ContactPoint } from '../../domain/contact-point.ts'
import { nameKey } from '../../domain/name.ts'
import { type Bulk, bulkInsert } from '../bulk.ts'
import { tagBook } from '../tags.ts'
import type { ClientDraft } from './draft.ts'

const PHONE = 'phone:'

const CLIENT_COLUMNS = [
  'ref',
  'kind',
  'name',
  'name_key',
  'owner_id',
  'source_id',
  'rating',
  'consent',
  'region',
  'size',
  'note',
  'added_on',
  'import_id',
  'import_row',
]

/** The clients and the tables that hang on a client, ready to take rows. */
export function collectors(raw: Database) {
  const property = tagBook(raw, 'properties').id
  const category = tagBook(raw, 'categories').id
  const clients = bulkInsert(raw, 'clients', CLIENT_COLUMNS)
  const ofClient = (table: string, columns: string[], after = clients): Bulk =>
    bulkInsert(raw, table, ['client_id', ...columns], after)
  const contacts = ofClient('contacts', ['name', 'name_key', 'role'])
  const tables = {
    clients,
    contacts,
    points: ofClient('contact_points', ['contact_id', 'kind', 'value', 'key'], contacts),
    properties: ofClient('client_properties', ['property_id', 'value']),
    categories: ofClient('client_categories', ['category_id']),
  }
  return {
    ...tables,
    property,
    category,
    flush: () => Object.values(tables).forEach((table) => table.flush()),
  }
}

export type Collectors = ReturnType<typeof collectors>

/** Adds what hangs on a client: addresses, a person, tags, properties. Returns the person's number. */
export function addHangers(to: Collectors, client: number, draft: ClientDraft): number | null {
  const contact = draft.contact
    ? to.contacts.add([client, draft.contact.name, nameKey(draft.contact.name), draft.contact.role])
    : null
  for (const { kind, value, key } of draft.points)
    to.points.add([client, contact, kind, value, key])
  const seen = new Set<number>()
  for (const { name, value } of draft.properties) {
    const id = to.property(name)
    if (!seen.has(id)) to.properties.add([client, id, value])
    seen.add(id)
  }
  for (const id of new Set(draft.categories.map(to.category))) to.categories.add([client, id])
  return contact
}

/**
 * Contact points that a list does not hold yet. A phone number that it holds in national writing is
 * no new one: the book may have got its country since.
 */
export function newPoints(points: ContactPoint[], known: ReadonlySet<string>): ContactPoint[] {
  const phones = [...known].filter((one) => one.startsWith(PHONE))
  return points.filter(({ kind, key }) => {
    if (known.has(`${kind}:${key}`)) return false
    if (kind !== 'phone') return true
    return !phones.some((one) => isSamePhone(one.slice(PHONE.length), key))
  })
}
