import type { Store } from '../../book/store/store.ts'
import { isSamePhone } from '../../domain/duplicates/contact-keys.ts'
import type { ContactPoint } from '../../domain/contact-point.ts'
import {
  categoryRow,
  contactRow,
  pointRow,
  propertyRow,
} from '../../records/rows/client-details.ts'
import { bulkInsert } from '../../book/store/bulk.ts'
import { tagBook } from '../tags.ts'
import type { ClientDraft } from './draft.ts'

const PHONE = 'phone:'

/** The clients and the tables of their details, ready to take rows. */
export function clientTables(store: Store) {
  const property = tagBook(store, 'properties').id
  const category = tagBook(store, 'categories').id
  const clients = bulkInsert(store, 'clients')
  const contacts = bulkInsert(store, 'contacts', clients)
  const tables = {
    clients,
    contacts,
    points: bulkInsert(store, 'contact_points', contacts),
    properties: bulkInsert(store, 'client_properties', clients),
    categories: bulkInsert(store, 'client_categories', clients),
  }
  return {
    ...tables,
    property,
    category,
    flush: () => Object.values(tables).forEach((table) => table.flush()),
  }
}

export type ClientTables = ReturnType<typeof clientTables>

/** Adds the details of a client: addresses, a person, tags, properties. Returns the person's number. */
export function addClientDetails(
  to: ClientTables,
  client: number,
  draft: ClientDraft,
): number | null {
  const contact = draft.contact
    ? to.contacts.add(contactRow(client, draft.contact.name, draft.contact.role))
    : null
  for (const point of draft.points) to.points.add(pointRow(client, contact, point))
  const seen = new Set<number>()
  for (const { name, value } of draft.properties) {
    const id = to.property(name)
    if (!seen.has(id)) to.properties.add(propertyRow(client, id, value))
    seen.add(id)
  }
  for (const id of new Set(draft.categories.map(to.category))) {
    to.categories.add(categoryRow(client, id))
  }
  return contact
}

/**
 * Contact points that a list does not have yet. A phone number that it has in national format is
 * not new: the book's country may have been set since.
 */
export function newPoints(points: ContactPoint[], known: ReadonlySet<string>): ContactPoint[] {
  const phones = [...known].filter((one) => one.startsWith(PHONE))
  return points.filter(({ kind, key }) => {
    if (known.has(`${kind}:${key}`)) return false
    if (kind !== 'phone') return true
    return !phones.some((one) => isSamePhone(one.slice(PHONE.length), key))
  })
}
