import { type RawBuilder, sql } from 'kysely'
import { contains, joinedTexts, listedTexts, valuesOf } from '../book/store/sql.ts'
import { lastContact } from '../book/contact-made.ts'
import { isAssigned } from '../book/unassigned.ts'
import { amountSql } from '../book/worth.ts'
import type { Day } from '../domain/day.ts'
import type { Db } from '../book/store/db.ts'
import type { Locale } from '../domain/locale.ts'
import { nameKey } from '../domain/name.ts'
import { CLIENT_TEXTS, namesOf, type TextField } from '../domain/text-fields.ts'
import type { Column, ColumnType, Row } from '../domain/table.ts'
import type { ClientTest } from './choose/index.ts'
import { findColumn, noColumn, readNames, readSorts, typedName } from './list-columns.ts'
import { inOrderOf, orderedIds, type SortKey, type SortValue } from './list-order.ts'
import { type Property, propertyOf } from './properties.ts'

/** A column of a list of clients: how it is shown, what it is, and what it is sorted by. */
export interface ListColumn {
  column: Column
  value: RawBuilder<unknown>
  order: SortValue
}

function made(
  key: string,
  label: string,
  type: ColumnType,
  value: RawBuilder<unknown>,
  order: RawBuilder<unknown> = value,
): ListColumn {
  const as = type === 'text' || type === 'names' ? 'name' : 'plain'
  return { column: { key, label, type }, value, order: { value: order, as } }
}

const own = (key: string, label: string, type: ColumnType = 'text', name = key): ListColumn =>
  made(key, label, type, sql.ref(`c.${name}`))

const WORDS = namesOf(CLIENT_TEXTS, 'word').filter((name) => !isOnRequest(name))
const REST = namesOf(CLIENT_TEXTS).filter((name) => !WORDS.includes(name))

function isOnRequest(name: keyof typeof CLIENT_TEXTS): boolean {
  const field: TextField = CLIENT_TEXTS[name]
  return field.onRequest === true
}

function texts(names: readonly (keyof typeof CLIENT_TEXTS)[]): ListColumn[] {
  return names.map((name) => own(name, CLIENT_TEXTS[name].label))
}

function joined(from: RawBuilder<unknown>): RawBuilder<unknown> {
  return joinedTexts(from, '; ')
}

function reach(kind: 'email' | 'phone' | 'website', label: string): ListColumn {
  const from = sql`SELECT value FROM contact_points
    WHERE client_id = c.id AND kind = ${kind} ORDER BY id`
  return made(kind, label, 'text', joined(from))
}

function deals(key: string, label: string, which: RawBuilder<unknown>): ListColumn {
  const value = sql`(SELECT count(*) FROM deals AS d WHERE d.client_id = c.id AND ${which})`
  return made(key, label, 'count', value)
}

/** The amounts of a client's deals together; a deal without an amount counts as 0. */
function worth(
  key: string,
  label: string,
  which: RawBuilder<unknown>,
  amount: RawBuilder<unknown> = sql`d.amount`,
): ListColumn {
  const value = sql`(SELECT coalesce(sum(${amount}), 0) FROM deals AS d
    WHERE d.client_id = c.id AND ${which})`
  return made(key, label, 'money', value)
}

const OPEN_AMOUNT = 'open_amount'

/** @param amount of one of them, in the book's currency. */
function openAmount(amount: RawBuilder<unknown>): ListColumn {
  return worth(OPEN_AMOUNT, 'Open amount', sql`d.closed_on IS NULL`, amount)
}

const ownCategories = sql`SELECT k.name AS value FROM client_categories AS m
  JOIN categories AS k ON k.id = m.category_id WHERE m.client_id = c.id ORDER BY k.name_key`

const COLUMNS: ListColumn[] = [
  own('id', 'No.', 'count'),
  made('name', 'Client', 'text', sql.ref('c.name'), sql.ref('c.name_key')),
  ...texts(WORDS),
  made('owner', 'Owner', 'text', sql`(SELECT name FROM owners WHERE id = c.owner_id)`),
  made('source', 'Source', 'text', sql`(SELECT name FROM sources WHERE id = c.source_id)`),
  made(
    'price_list',
    'Price list',
    'text',
    sql`(SELECT name FROM price_lists WHERE id = c.price_list_id)`,
  ),
  made('terms', 'Terms', 'text', sql`(SELECT name FROM terms WHERE id = c.terms_id)`),
  deals('open_deals', 'Open deals', sql`d.closed_on IS NULL`),
  deals('won_deals', 'Won deals', sql`d.status = 'won'`),
  deals('lost_deals', 'Lost deals', sql`d.status = 'lost'`),
  deals('deals', 'Deals', sql`true`),
  openAmount(sql`d.amount`),
  worth('won_amount', 'Won amount', sql`d.status = 'won'`),
  own('ref', 'Ref'),
  own('kind', 'Kind'),
  own('consent', 'Mailings'),
  own('added', 'Added', 'day', 'added_on'),
  made('last_contact', 'Last contact', 'day', sql.raw(lastContact('c.id'))),
  made(
    'contact',
    'People',
    'text',
    joined(sql`SELECT name AS value FROM contacts WHERE client_id = c.id ORDER BY id`),
  ),
  reach('email', 'E-mail'),
  reach('phone', 'Phone'),
  reach('website', 'Website'),
  made('categories', 'Categories', 'names', listedTexts(ownCategories), joined(ownCategories)),
  ...texts(REST),
]

const BY_KEY = new Map(COLUMNS.map((entry) => [entry.column.key, entry]))

const KEYS = [...BY_KEY.keys()]

/** The columns that a list can have, as they are named on the command line. */
export const columnNames: readonly string[] = [...KEYS.map(typedName), 'property:NAME']

function property({ name, id, type }: Property): ListColumn {
  const value = sql`(SELECT value FROM client_properties
    WHERE client_id = c.id AND property_id = ${id})`
  return {
    column: { key: `property:${name}`, label: name, type: 'text' },
    value,
    order: { value, as: 'property', type },
  }
}

/**
 * The column of a name: `email`, `open-deals`, `property:Fleet`, and `Fleet` as files have it.
 * @throws Fault `usage` if lists have no such column; `not-found` if no client has such a property.
 */
async function columnOf(db: Db, text: string, today: Day): Promise<ListColumn> {
  const found = await propertyOf(db, 'clients', KEYS, text)
  if (found) return property(found)
  if (findColumn('clients', KEYS, text) === OPEN_AMOUNT) {
    return openAmount((await amountSql(db, today))('d', 'amount'))
  }
  const column = BY_KEY.get(findColumn('clients', KEYS, text) ?? '')
  if (column) return column
  throw noColumn('clients', text, [...KEYS, 'property:NAME'], 'list')
}

/** Reads a list of columns: `name,email,property:Fleet`. */
export function readColumns(db: Db, text: string, today: Day): Promise<ListColumn[]> {
  return Promise.all(readNames(text).map((name) => columnOf(db, name, today)))
}

/** Reads what to sort by: `region,-open-deals`. */
export function readSorting(db: Db, text: string, today: Day): Promise<SortKey[]> {
  return Promise.all(
    readSorts(text).map(async ({ name, descending }) => ({
      ...(await columnOf(db, name, today)).order,
      descending,
    })),
  )
}

const SHOWN = ['id', 'name', ...WORDS, 'owner', 'source', 'open_deals']
const HIDDEN = ['ref', 'kind']

/** Those that a terminal leaves out if no client has a value. */
const OPTIONAL = new Set<string>([...WORDS, 'owner', 'source'])

/** The columns of a list where none are asked for. */
export const usualColumns: readonly ListColumn[] = [...SHOWN, ...HIDDEN].flatMap((key) => {
  const found = BY_KEY.get(key)
  if (!found) return []
  const seen = HIDDEN.includes(key) ? { hidden: true } : { optional: OPTIONAL.has(key) }
  return [{ ...found, column: { ...found.column, ...seen } }]
})

/** Which clients a list shows, which columns, and in what order; by name where none is given. */
export interface ListWish {
  /** Words that all stand in the name, in any order. */
  text?: string | undefined
  ownerId?: number | null
  test?: ClientTest | undefined
  columns: readonly ListColumn[]
  sorting?: readonly SortKey[] | undefined
  limit?: number | undefined
  /** The language by which names are sorted; null for the order of most languages. */
  locale?: Locale | null | undefined
}

/** Clients whose name, or other name, holds some text. */
function bearsName(key: string) {
  return sql<boolean>`(${contains(sql.ref('c.name_key'), key)} OR c.id IN (
    SELECT client_id FROM client_aliases WHERE kind = 'name' AND ${contains(sql.ref('key'), key)}))`
}

/** Which clients a list shows. */
function asked(db: Db, wish: Omit<ListWish, 'columns'>) {
  let query = db.selectFrom('clients as c')
  for (const word of nameKey(wish.text ?? '').split(' ')) {
    if (word !== '') query = query.where(bearsName(word))
  }
  if (wish.ownerId != null) query = query.where(isAssigned('c.owner_id', wish.ownerId))
  if (wish.test) query = query.where(wish.test('c'))
  return query
}

const BY_NAME: SortKey[] = [{ value: sql.ref('c.name_key'), as: 'name', descending: false }]

/** The numbers of the clients of a list, in its order. What is unknown is sorted last. */
export function clientIds(db: Db, wish: Omit<ListWish, 'columns'>): Promise<number[]> {
  const { sorting = [], limit, locale = null } = wish
  return orderedIds(asked(db, wish), 'c.id', [...sorting, ...BY_NAME], { limit, locale })
}

/** Clients by their numbers and in their order, each a row of the columns asked for. */
export async function clientRows(
  db: Db,
  ids: readonly number[],
  columns: readonly ListColumn[],
): Promise<Row[]> {
  const values = columns.map(({ column, value }) => value.as(column.key))
  const rows = (await db
    .selectFrom('clients as c')
    .select(values)
    .select('c.id as number_of_client')
    .where(sql<boolean>`c.id IN ${valuesOf(ids)}`)
    .execute()) as (Row & { number_of_client: number })[]
  return inOrderOf(ids, rows, (row) => row.number_of_client).map(
    ({ number_of_client: _, ...row }) => row,
  )
}

/** A list of clients, each a row of the columns asked for. */
export async function listClients(db: Db, wish: ListWish): Promise<Row[]> {
  return clientRows(db, await clientIds(db, wish), wish.columns)
}
