import { unescapeFormula } from '../../domain/csv-injection.ts'
import { nameKey } from '../../domain/name.ts'
import { CLIENT_TEXTS, DEAL_TEXTS, namesOf, wordFor } from '../../domain/text-fields.ts'
import { fieldsOf, findField, hasProperties, type FieldName, type ImportKind } from './fields.ts'
import { columnTitle, keyed, REASON_HEADER } from './header.ts'
import type { Profile } from './profile.ts'

// Fields that repeat, as a whole or in parts, what another one or the book says.
const LEFT_OUT = new Set<FieldName>([
  'first-name',
  'last-name',
  'won-on',
  'lost-on',
  'is-won',
  'is-lost',
  'is-closed',
  'is-active',
  'changed',
  'won-amount',
  'currency',
  'exchange-rate',
  'from-stage',
  'discount-amount',
  'unit-discount',
  'total',
])

/** The same for one kind only, and what one kind has though others leave it out. */
const REPEATS: Partial<Record<ImportKind, ReadonlySet<string>>> = {
  bookings: new Set(['debit', 'credit', 'direction']),
}
const KEEPS: Partial<Record<ImportKind, ReadonlySet<string>>> = {
  bookings: new Set(['currency']),
}

/** Fields of files with amounts in other currencies than the book's. */
const ABROAD = new Set(['currency', 'exchange-rate'])

/** How a history finds its deals if they have no reference: the program's own files have one. */
const NAMES_DEAL = new Set<FieldName>(['title', 'client', 'client-ref'])

/** What a file of an earlier release may lack, as there was no such field yet. */
function isAddedLater(kind: ImportKind, field: string): boolean {
  return LATER[kind]?.has(field) ?? false
}

const TIMES = new Set(['time', 'minutes'])

const LATER: Partial<Record<ImportKind, ReadonlySet<string>>> = {
  clients: new Set([...namesOf(CLIENT_TEXTS).map(wordFor), 'price-list', 'terms']),
  deals: new Set([...namesOf(DEAL_TEXTS).map(wordFor), 'contact', 'tag', 'chance']),
  history: new Set(['chance']),
  products: new Set(['tax-name']),
  interactions: TIMES,
  tasks: TIMES,
  invoices: new Set(['buyer-ref']),
}

const PROPERTY = 'property:'

const OWN_NAME = 'funnel export'

/** True for what `ownProfile` gives. */
export function isOwn(profile: Profile): boolean {
  return profile.name === OWN_NAME
}

/** The fields that the program's own files have as columns, in their order. */
export function ownFields(kind: ImportKind): string[] {
  return (fieldsOf(kind) as readonly { name: FieldName }[])
    .map(({ name }) => name)
    .filter((name) => !LEFT_OUT.has(name) || KEEPS[kind]?.has(name))
    .filter((name) => !REPEATS[kind]?.has(name))
    .filter((name) => kind !== 'history' || !NAMES_DEAL.has(name))
}

/** The fields that a file of the program has as well if some of its amounts are in another currency. */
export function foreignFields(kind: ImportKind, names: readonly string[]): string[] {
  return [...ABROAD].filter((name) => names.includes(name) && findField(kind, name))
}

/** The fields that every file of the program has, in any release. */
export function lastingFields(kind: ImportKind): string[] {
  return ownFields(kind).filter((field) => !isAddedLater(kind, field))
}

/** The fields among those that the headers begin with, in their order; undefined if one is missing. */
function leadingFields(
  kind: ImportKind,
  fields: readonly string[],
  headers: readonly string[],
): readonly string[] | undefined {
  const found: string[] = []
  for (const field of fields) {
    if (headers[found.length] === field) found.push(field)
    else if (!isAddedLater(kind, field)) return undefined
  }
  return found
}

/**
 * The header of a property's column in the program's own files: its name, or `property:NAME` if
 * the name alone means something else.
 */
export function propertyHeader(kind: ImportKind, name: string): string {
  const key = nameKey(name)
  const isTaken =
    findField(kind, key) !== undefined || key.startsWith(PROPERTY) || name === REASON_HEADER
  return isTaken ? PROPERTY + name : name
}

/** The property that such a header names. */
export function propertyNamed(header: string): string {
  return header.startsWith(PROPERTY) ? header.slice(PROPERTY.length) : header
}

/**
 * How to read a file that this program wrote (`funnel export`): each column is exactly what its header
 * says. Undefined if the headers do not begin with all the fields in their order, except for
 * those that an earlier release may not have had.
 */
export function ownProfile(kind: ImportKind, headers: readonly string[]): Profile | undefined {
  const all = ownFields(kind)
  const isWhole = headers[0] === all[0]
  // Clients made from cards have no reference of their own.
  const fields = leadingFields(kind, isWhole || kind !== 'clients' ? all : all.slice(1), headers)
  if (!fields) return undefined
  const targetOf = (text: string, index: number): string => {
    const header = unescapeFormula(text)
    if (index < fields.length) return header
    if (ABROAD.has(header) && findField(kind, header)) return header
    return header.startsWith(PROPERTY) ? header : PROPERTY + columnTitle(header, index)
  }
  // A column that was added to a kind without properties is read as in any other file.
  const withHeaders = keyed(headers.map((header) => ({ header })))
  const isField = (header: string): boolean =>
    ABROAD.has(header) && findField(kind, header) !== undefined
  const columns = hasProperties(kind)
    ? withHeaders
    : withHeaders.filter(([, { header }], index) => index < fields.length || isField(header))
  return {
    name: OWN_NAME,
    kind,
    headers: [...headers],
    targets: Object.fromEntries(
      columns.map(([key, { header }], index) => [key, targetOf(header, index)]),
    ),
    options: { ...(isWhole && { match: 'ref,name' }), dateFormat: 'ymd', decimal: '.' },
  }
}
