import type { ClientRecord } from '../domain/client-record.ts'
import { wordFor } from '../domain/text-fields.ts'
import { propertyHeader } from '../import/map/own-export.ts'

/** The columns of the table that a contact is made of; JSON has contacts as records. */
const OF_CONTACTS = ['contact', 'role']

/**
 * Clients as records for JSON: one each, with lists of addresses and tags, its contacts, and its
 * properties by name.
 * @param columns which columns of the table; all if none are named.
 */
export async function* clientJson(
  clients: AsyncIterable<ClientRecord>,
  columns?: readonly string[],
): AsyncGenerator<Record<string, unknown>> {
  const wanted = columns && new Set(columns)
  const wants = (name: string): boolean => wanted?.has(name) ?? true
  const wantsContacts = OF_CONTACTS.some(wants)
  for await (const { contacts, properties, category, ...own } of clients) {
    const shown = properties.filter(({ name }) => wants(propertyHeader('clients', name)))
    yield {
      ...Object.fromEntries(
        Object.entries(own)
          .map(([key, value]) => [wordFor(key), value] as const)
          .filter(([key]) => wants(key)),
      ),
      ...(wants('category') ? { categories: category } : {}),
      ...(wantsContacts ? { contacts } : {}),
      ...(wanted && shown.length === 0
        ? {}
        : { properties: Object.fromEntries(shown.map(({ name, value }) => [name, value])) }),
    }
  }
}
