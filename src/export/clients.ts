import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Addresses, ClientRecord, ContactRecord } from '../domain/client-record.ts'
import type { ContactPointKind } from '../domain/contact-point.ts'
import { CLIENT_TEXTS, namesOf } from '../domain/text-fields.ts'
import { clientRefs } from './refs.ts'
import { ofClients, type Wanted } from './wanted.ts'

/** How many clients are read at once: few, as their notes can be long. */
const PAGE = 200

// In the order of the import's fields.
const { rating: _, ...OTHER_TEXTS } = CLIENT_TEXTS

function noAddresses(): Addresses {
  return { email: [], phone: [], website: [] }
}

function nextClients(db: Db, after: number, wanted: Wanted) {
  return db
    .selectFrom('clients as c')
    .leftJoin('owners as o', 'o.id', 'c.owner_id')
    .leftJoin('sources as s', 's.id', 'c.source_id')
    .leftJoin('price_lists as l', 'l.id', 'c.price_list_id')
    .leftJoin('terms as t', 't.id', 'c.terms_id')
    .select([
      'c.id as id',
      'c.ref as ref',
      'c.name as name',
      'c.kind as kind',
      'o.name as owner',
      's.name as source',
      'c.rating',
      'c.consent',
      ...namesOf(OTHER_TEXTS).map((name) => `c.${name}` as const),
      'l.name as price_list',
      't.name as terms',
    ])
    .where('c.id', '>', after)
    .where(ofClients(wanted))
    .orderBy('c.id')
    .limit(PAGE)
    .execute()
}

/**
 * The details of the clients from one number to another. Ordered by client first: by its own number
 * alone each page would go through the whole table.
 */
async function detailsBetween(db: Db, first: number, last: number) {
  const between = sql<boolean>`client_id BETWEEN ${first} AND ${last}`
  const [contacts, points, categories, properties] = await Promise.all([
    db
      .selectFrom('contacts')
      .select(['id', 'client_id as client', 'name', 'role'])
      .where(between)
      .orderBy('client_id')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('contact_points')
      .select(['client_id as client', 'contact_id as contact', 'kind', 'value'])
      .where(between)
      .orderBy('client_id')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('client_categories as l')
      .innerJoin('categories as t', 't.id', 'l.category_id')
      .select(['l.client_id as client', 't.name as name'])
      .where(between)
      .orderBy('l.client_id')
      .orderBy('l.id')
      .execute(),
    db
      .selectFrom('client_properties as v')
      .innerJoin('properties as p', 'p.id', 'v.property_id')
      .select(['v.client_id as client', 'p.name as name', 'v.value as value'])
      .where(between)
      .orderBy('v.client_id')
      .orderBy('p.name_key')
      .execute(),
  ])
  return { contacts, points, categories, properties }
}

/** Clients with all their details, in the order of their numbers. */
export async function* clientRecords(db: Db, wanted: Wanted = {}): AsyncGenerator<ClientRecord> {
  const refOf = await clientRefs(db)
  let page = await nextClients(db, 0, wanted)
  while (page.length > 0) {
    const [first, last] = [page[0]?.id ?? 0, page.at(-1)?.id ?? 0]
    const found = await detailsBetween(db, first, last)
    const records = new Map<number, ClientRecord>()
    for (const { id, ...own } of page) {
      const ref = refOf(id, own.ref)
      const consent = own.consent === 'unknown' ? null : own.consent
      const none = { ...noAddresses(), category: [], contacts: [], properties: [] }
      records.set(id, { ...own, ref, consent, ...none })
    }
    const people = new Map<number, ContactRecord>()
    for (const { id, client, name, role } of found.contacts) {
      const person = { name, role, ...noAddresses() }
      people.set(id, person)
      records.get(client)?.contacts.push(person)
    }
    const holder = (client: number, contact: number | null): Addresses | undefined =>
      contact === null ? records.get(client) : people.get(contact)
    for (const { client, contact, kind, value } of found.points) {
      holder(client, contact)?.[kind satisfies ContactPointKind].push(value)
    }
    for (const { client, name } of found.categories) records.get(client)?.category.push(name)
    for (const { client, name, value } of found.properties) {
      records.get(client)?.properties.push({ name, value })
    }
    yield* records.values()
    page = await nextClients(db, last, wanted)
  }
}

/** The names of the properties that clients have, in alphabetical order. */
export async function propertyNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('properties')
    .select('name')
    .where('id', 'in', db.selectFrom('client_properties').select('property_id'))
    .orderBy('name_key')
    .execute()
  return rows.map(({ name }) => name)
}
