import type { Store } from '../../book/store/store.ts'
import { ADDRESS_PARTS, type Address, isOtherPlace } from '../../domain/address.ts'
import { nameKey } from '../../domain/name.ts'
import { CLIENT_TEXTS, namesOf, perField, wordFor } from '../../domain/text-fields.ts'
import { pointRow } from '../../records/rows/client-details.ts'
import type { Value } from '../../book/store/store.ts'
import type { NameBook } from '../names.ts'
import type { ClientDraft } from './draft.ts'
import { addClientDetails, type ClientTables, newPoints } from './client-details.ts'

/** What became of the values of a row. */
interface Filled {
  changed: boolean
  /** What in the row differs from the book and was left alone, by the names of fields and properties. */
  left: string[]
}

/** The number of what a row names. */
export interface Named {
  /** Null if the row names nothing, or the book has none of that name yet. */
  known: number | null
  /** The same, but adds what the book lacks; null if the row names nothing. */
  id: () => number | null
}

/** What a row names besides its client. It is added only where a client gets it. */
export type Names = Record<'owner' | 'source' | 'priceList' | 'terms', Named>

/** Adds to a client of the book what a row knows about it. */
export type ClientFiller = (
  client: number,
  draft: ClientDraft,
  named: Names,
  overwrite: boolean,
) => Filled

const { rating: _, ...OTHER_TEXTS } = CLIENT_TEXTS
const OWN = [
  'ref',
  'owner_id',
  'source_id',
  'price_list_id',
  'terms_id',
  'rating',
  ...namesOf(OTHER_TEXTS),
] as const

const NAMED = {
  owner_id: { name: 'owner', field: 'owner' },
  source_id: { name: 'source', field: 'source' },
  price_list_id: { name: 'priceList', field: 'price-list' },
  terms_id: { name: 'terms', field: 'terms' },
} as const

function isNamed(column: string): column is keyof typeof NAMED {
  return Object.hasOwn(NAMED, column)
}

interface Held {
  points: Set<string>
  contacts: Map<string, { id: number; role: string | null }>
  properties: Map<number, string>
  categories: Set<number>
}

/** How many clients' details are kept in memory: a list may name one client in thousands of rows. */
const KEPT = 500

function reader(store: Store): (client: number) => Held {
  const points = store.prepare('SELECT kind, key FROM contact_points WHERE client_id = ?').raw()
  const contacts = store
    .prepare('SELECT name_key, id, role FROM contacts WHERE client_id = ?')
    .raw()
  const properties = store
    .prepare('SELECT property_id, value FROM client_properties WHERE client_id = ?')
    .raw()
  const categories = store
    .prepare('SELECT category_id FROM client_categories WHERE client_id = ?')
    .pluck()
  const load = (client: number): Held => ({
    points: new Set(
      (points.all(client) as [string, string][]).map(([kind, key]) => `${kind}:${key}`),
    ),
    contacts: new Map(
      (contacts.all(client) as [string, number, string | null][]).map(([key, id, role]) => [
        key,
        { id, role },
      ]),
    ),
    properties: new Map(properties.all(client) as [number, string][]),
    categories: new Set(categories.all(client) as number[]),
  })
  const kept = new Map<number, Held>()
  return (client) => {
    const cached = kept.get(client)
    if (cached) return cached
    const loaded = load(client)
    kept.set(client, loaded)
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    return loaded
  }
}

/**
 * The filler. Blanks are filled; with `overwrite` the row's values replace the book's.
 * A value missing from the row never clears one.
 */
export function clientFiller(store: Store, to: ClientTables, names: NameBook): ClientFiller {
  const load = store.prepare(
    `SELECT ${OWN.join(', ')}, name, name_key, consent FROM clients WHERE id = ?`,
  )
  const update = store.prepare(
    `UPDATE clients SET ${OWN.map((column) => `${column} = :${column}`).join(', ')},
       name = :name, name_key = :name_key, consent = :consent WHERE id = :id`,
  )
  const setProperty = store.prepare(
    'UPDATE client_properties SET value = ? WHERE client_id = ? AND property_id = ?',
  )
  const setRole = store.prepare('UPDATE contacts SET role = ? WHERE id = ?')
  const alias = store.prepare(
    "SELECT 1 FROM client_aliases WHERE client_id = ? AND kind = 'name' AND key = ?",
  )
  const held = reader(store)

  const own: ClientFiller = (client, draft, named, overwrite) => {
    const row = load.get(client) as Record<string, Value>
    const given: Record<string, Value> = {
      ref: draft.ref,
      ...perField(CLIENT_TEXTS, (name) => draft[name]),
    }
    const next: Record<string, Value> = { id: client, ...row }
    const left: string[] = []
    const take = (column: string, value: Value, isBlank: boolean): void => {
      if (value === null || value === row[column]) return
      if (overwrite || isBlank) next[column] = value
      else left.push(wordFor(column))
    }
    const takeNamed = (column: keyof typeof NAMED): void => {
      const { name, field } = NAMED[column]
      if (draft[name] === null || (named[name].known ?? -1) === row[column]) return
      if (overwrite || row[column] === null) next[column] = named[name].id()
      else left.push(field)
    }
    const moves = !overwrite && isOtherPlace(row as unknown as Address, draft)
    for (const column of OWN) {
      if (isNamed(column)) {
        takeNamed(column)
        continue
      }
      // Another address is left alone as a whole: one part of each would be neither.
      const isPart = moves && ADDRESS_PARTS.some((part) => part === column)
      take(column, given[column] ?? null, row[column] === null && !isPart)
    }
    if (next.owner_id !== row.owner_id) names.active('owners', draft.owner)
    if (next.source_id !== row.source_id) names.active('sources', draft.source)
    // The reference is what the client is known by in another program, or an alias of it.
    if (row.ref) next.ref = row.ref
    const { key } = draft
    const isKnown = key === row.name_key || alias.get(client, key) !== undefined
    if (draft.hasOwnName && (overwrite ? key === row.name_key || !isKnown : !isKnown)) {
      // A client that deals named only by its reference has no name yet.
      take('name', draft.name, row.name === row.ref)
    }
    next.name_key = nameKey(String(next.name))
    if (draft.consent !== 'unknown') take('consent', draft.consent, row.consent === 'unknown')
    const changed = Object.keys(row).some((column) => next[column] !== row[column])
    if (changed) update.run(next)
    return { changed, left }
  }

  const fillDetails = (client: number, draft: ClientDraft, overwrite: boolean): Filled => {
    const has = held(client)
    const person = draft.contact ? has.contacts.get(nameKey(draft.contact.name)) : undefined
    const points = newPoints(draft.points, has.points)
    let changed = false
    const left: string[] = []
    const role = draft.contact?.role ?? null
    if (person && role !== null && person.role !== role) {
      if (overwrite || person.role === null) {
        setRole.run(role, person.id)
        person.role = role
        changed = true
      } else left.push('role')
    }
    if (person) {
      for (const point of points) {
        to.points.add(pointRow(client, person.id, point))
        changed = true
      }
    }
    const properties = draft.properties.filter(({ name, value }) => {
      const id = to.property(name)
      const before = has.properties.get(id)
      if (before === undefined) return true
      if (before === value) return false
      if (overwrite) {
        setProperty.run(value, client, id)
        has.properties.set(id, value)
        changed = true
      } else left.push(name)
      return false
    })
    const categories = draft.categories.filter((name) => !has.categories.has(to.category(name)))
    const contact = person ? null : draft.contact
    const rest = { ...draft, contact, points: person ? [] : points, properties, categories }
    const contactId = addClientDetails(to, client, rest)
    to.flush()
    if (contact && contactId !== null) {
      has.contacts.set(nameKey(contact.name), { id: contactId, role: contact.role })
    }
    for (const { kind, key } of points) has.points.add(`${kind}:${key}`)
    for (const { name, value } of properties) {
      if (!has.properties.has(to.property(name))) has.properties.set(to.property(name), value)
    }
    for (const name of categories) has.categories.add(to.category(name))
    const more = rest.points.length + properties.length + categories.length
    return { changed: changed || contact !== null || more > 0, left }
  }

  return (client, draft, named, overwrite) => {
    const first = own(client, draft, named, overwrite)
    const rest = fillDetails(client, draft, overwrite)
    return { changed: first.changed || rest.changed, left: [...first.left, ...rest.left] }
  }
}
