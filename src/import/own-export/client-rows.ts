import type { ClientRecord, ContactRecord } from '../../domain/client-record.ts'
import { ownFields, propertyHeader } from '../map/own-export.ts'
import { joinedValues } from './joined-values.ts'

const FIELDS = ownFields('clients')

/** The key of a field's value in the record of a client. */
const keyOf = (field: string): string => field.replaceAll('-', '_')

function isEmpty({ email, phone, website }: ClientRecord): boolean {
  return email.length + phone.length + website.length === 0
}

/** The columns of clients in the program's own files: the fields of the import, then the properties. */
export function clientColumns(properties: readonly string[]): string[] {
  return [...FIELDS, ...properties.map((name) => propertyHeader('clients', name))]
}

/**
 * The rows of a client: one for itself if it has addresses of its own or no contact, and one for
 * each contact with that contact's addresses. Everything else is the same in each.
 */
export function clientRows(
  client: ClientRecord,
  properties: readonly string[],
): (string | null)[][] {
  const values = new Map(client.properties.map(({ name, value }) => [name, value]))
  const { contacts, properties: _, ...own } = client
  const row = (person: ContactRecord | null): (string | null)[] => {
    const { email, phone, website } = person ?? client
    const cells: Record<string, string | null> = {
      ...own,
      email: joinedValues(email),
      phone: joinedValues(phone),
      website: joinedValues(website),
      category: joinedValues(client.category),
      contact: person?.name ?? null,
      role: person?.role ?? null,
    }
    const fields = FIELDS.map((field) => cells[keyOf(field)] ?? null)
    return [...fields, ...properties.map((name) => values.get(name) ?? null)]
  }
  const people = contacts.map(row)
  return people.length === 0 || !isEmpty(client) ? [row(null), ...people] : people
}
