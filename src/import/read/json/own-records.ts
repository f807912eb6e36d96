import type { Addresses, ClientRecord, ContactRecord } from '../../../domain/client-record.ts'
import { CLIENT_TEXTS, perField, wordFor } from '../../../domain/text-fields.ts'
import type { ImportKind } from '../../map/fields.ts'
import { lastingFields, ownFields, propertyHeader, foreignFields } from '../../map/own-export.ts'
import { clientColumns, clientRows } from '../../own-export/client-rows.ts'
import { isObject, type JsonObject } from './parse.ts'
import type { JsonCell } from './flat.ts'

/** How the records of an export become rows of the table that it writes as CSV. */
export interface OwnShape {
  columns: (properties: readonly string[]) => string[]
  rows: (record: JsonObject, properties: readonly string[]) => JsonCell[][]
}

/** The first release called the list of categories by the name of the column. */
const CLIENT_KEYS = new Set([...ownFields('clients'), 'categories', 'contacts', 'properties'])

/** Clients contain their contacts and properties; some of their fields may have been left out. */
function isOwnClient(keys: readonly string[]): boolean {
  const holdsRecords = keys.includes('contacts') || keys.includes('properties')
  return holdsRecords && keys.includes('name') && keys.every((key) => CLIENT_KEYS.has(key))
}

function text(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? [])
}

function addresses({ email, phone, website }: JsonObject): Addresses {
  return { email: texts(email), phone: texts(phone), website: texts(website) }
}

function contactOf(value: unknown): ContactRecord[] {
  if (!isObject(value)) return []
  return [{ name: text(value.name) ?? '', role: text(value.role), ...addresses(value) }]
}

/** The values of a record's properties, by name. */
export function propertiesOf({ properties }: JsonObject): { name: string; value: string }[] {
  if (!isObject(properties)) return []
  return Object.entries(properties).map(([name, value]) => ({ name, value: text(value) ?? '' }))
}

function clientOf(record: JsonObject): ClientRecord {
  const { contacts, categories, category } = record
  return {
    ref: text(record.ref),
    name: text(record.name) ?? '',
    owner: text(record.owner),
    source: text(record.source),
    price_list: text(record['price-list']),
    terms: text(record.terms),
    ...perField(CLIENT_TEXTS, (name) => text(record[wordFor(name)])),
    kind: text(record.kind) as ClientRecord['kind'],
    consent: text(record.consent) as ClientRecord['consent'],
    ...addresses(record),
    category: texts(categories ?? category),
    contacts: (Array.isArray(contacts) ? contacts : []).flatMap(contactOf),
    properties: propertiesOf(record),
  }
}

const CLIENTS: OwnShape = {
  columns: clientColumns,
  rows: (record, properties) => clientRows(clientOf(record), properties),
}

/** @param keys of a record. */
function tableShape(kind: ImportKind, keys: readonly string[]): OwnShape {
  const fields = [...ownFields(kind), ...foreignFields(kind, keys)]
  const cell = (value: unknown): JsonCell => (typeof value === 'number' ? value : text(value))
  return {
    columns: (properties) => [...fields, ...properties.map((name) => propertyHeader(kind, name))],
    rows: (record, properties) => {
      const values = new Map(propertiesOf(record).map(({ name, value }) => [name, value]))
      const own = fields.map((field) => cell(record[field]))
      return [[...own, ...properties.map((name) => values.get(name) ?? null)]]
    },
  }
}

/** The shape of a list without records: that of an export, as there is nothing in it that differs. */
export function emptyShape(kind: ImportKind): OwnShape {
  return kind === 'clients' ? CLIENTS : tableShape(kind, [])
}

/** The shape of records that an export of this kind wrote; undefined for those of other programs. */
export function ownShape(kind: ImportKind, keys: readonly string[]): OwnShape | undefined {
  if (kind === 'clients') return isOwnClient(keys) ? CLIENTS : undefined
  const isOwn = lastingFields(kind).every((field) => keys.includes(field))
  return isOwn ? tableShape(kind, keys) : undefined
}
