import type { ClientRecord, ContactRecord } from '../domain/client-record.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { ownFields, propertyHeader } from '../import/map/own.ts'
import { column } from './columns.ts'

const FIELDS = ownFields('clients')

/** Several values in one cell; one that holds a sign which would part it stands in quotes. */
function joined(values: readonly string[]): string | null {
  const parts = values.map((value) =>
    /^"|[;,\n]|:::/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
  )
  return parts.join('; ') || null
}

function isEmpty({ email, phone, website }: ClientRecord): boolean {
  return email.length + phone.length + website.length === 0
}

/**
 * The rows of a client: one for itself where it has addresses of its own or no contact, and one for
 * each contact with that contact's addresses. All else is the same in each.
 */
function clientRows(client: ClientRecord, properties: readonly string[]): Cell[][] {
  const values = new Map(client.properties.map(({ name, value }) => [name, value]))
  const row = (person: ContactRecord | null): Cell[] => {
    const { email, phone, website } = person ?? client
    const cells: Record<string, Cell> = {
      ref: client.ref,
      name: client.name,
      kind: client.kind,
      owner: client.owner,
      source: client.source,
      rating: client.rating,
      consent: client.consent,
      region: client.region,
      size: client.size,
      note: client.note,
      email: joined(email),
      phone: joined(phone),
      website: joined(website),
      category: joined(client.category),
      contact: person?.name ?? null,
      role: person?.role ?? null,
    }
    const own = FIELDS.map((field) => cells[field] ?? null)
    return [...own, ...properties.map((name) => values.get(name) ?? null)]
  }
  const people = client.contacts.map(row)
  return people.length === 0 || !isEmpty(client) ? [row(null), ...people] : people
}

/** Clients as a table whose columns the import reads: its fields, then the properties by name. */
export function clientTable(
  clients: AsyncIterable<ClientRecord>,
  properties: readonly string[],
): LongTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const client of clients) yield* clientRows(client, properties)
  }
  const keys = [...FIELDS, ...properties.map(propertyHeader)]
  return { name: 'clients', columns: keys.map((key) => column(key)), currency: null, rows: rows() }
}
