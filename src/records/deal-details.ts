import { sql } from 'kysely'
import { valuesOf } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { Named } from './lookup.ts'
import { ensureNamed, setNamedValue } from './named-details.ts'
import { dealTagRow } from './rows/deal.ts'

/** A value that a deal has besides its own fields. */
export interface DealProperty {
  name: string
  value: string
}

/** What a deal has besides its fields and its events. */
export interface DealDetails {
  tags: readonly string[]
  /** An empty value clears the property. */
  properties: readonly DealProperty[]
}

/** One thing to take off a deal, by its name. */
export interface DealRemoval {
  what: 'tag' | 'property'
  value: string
}

/** Adds tags and properties to a deal; a tag that it has already is not added twice. */
export async function addDealDetails(db: Db, id: number, details: DealDetails): Promise<void> {
  for (const name of details.tags) {
    const category = await ensureNamed(db, 'categories', name)
    await db
      .insertInto('deal_tags')
      .values(dealTagRow(id, category))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  for (const property of details.properties) {
    await setNamedValue(db, { of: 'deal', id }, property)
  }
}

/** The tags or the properties that a deal has: the row of each and its name. */
function held(db: Db, id: number, what: DealRemoval['what']) {
  const query =
    what === 'tag'
      ? db
          .selectFrom('deal_tags as h')
          .innerJoin('categories as n', 'n.id', 'h.category_id')
          .select(['h.id', 'n.name', 'n.name_key as key'])
          .where('h.deal_id', '=', id)
      : db
          .selectFrom('deal_properties as h')
          .innerJoin('properties as n', 'n.id', 'h.property_id')
          .select(['h.id', 'n.name', 'n.name_key as key'])
          .where('h.deal_id', '=', id)
  return query.orderBy('n.name_key').execute()
}

/**
 * Takes tags and properties off a deal.
 * @throws Fault `not-found` if the deal has no such thing; the hint lists what it has.
 */
export async function removeDealDetails(
  db: Db,
  deal: Named,
  removals: readonly DealRemoval[],
): Promise<void> {
  for (const { what, value } of removals) {
    const has = await held(db, deal.id, what)
    const meant = has.find(({ key }) => key === nameKey(value))
    if (!meant) {
      const names = has.map(({ name }) => name).join(', ')
      throw new Fault(
        'not-found',
        `deal ${deal.id} (${deal.name}) has no ${what} “${value}”`,
        names === '' ? 'it has none' : `it has: ${names}`,
      )
    }
    const table = what === 'tag' ? 'deal_tags' : 'deal_properties'
    await db.deleteFrom(table).where('id', '=', meant.id).execute()
  }
}

function grouped<T extends { deal: number }, V>(
  rows: readonly T[],
  value: (row: T) => V,
): Map<number, V[]> {
  const found = new Map<number, V[]>()
  for (const row of rows) {
    const values = found.get(row.deal)
    if (values) values.push(value(row))
    else found.set(row.deal, [value(row)])
  }
  return found
}

const among = (column: string, ids: readonly number[]) =>
  sql<boolean>`${sql.ref(column)} IN ${valuesOf(ids)}`

/** The properties of deals, by the deal's number; names in order. */
export async function dealProperties(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, DealProperty[]>> {
  const rows = await db
    .selectFrom('deal_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['v.deal_id as deal', 'p.name', 'v.value'])
    .where(among('v.deal_id', ids))
    .orderBy('v.deal_id')
    .orderBy('p.name_key')
    .execute()
  return grouped(rows, ({ name, value }) => ({ name, value }))
}

/** The tags of deals, by the deal's number; in order. */
export async function dealTags(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('deal_tags as t')
    .innerJoin('categories as c', 'c.id', 't.category_id')
    .select(['t.deal_id as deal', 'c.name'])
    .where(among('t.deal_id', ids))
    .orderBy('t.deal_id')
    .orderBy('c.name_key')
    .execute()
  return grouped(rows, ({ name }) => name)
}

/** The products on the lines of deals, each once, by the deal's number; in order. */
export async function dealProducts(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .selectFrom('deal_lines as l')
    .innerJoin('products as p', 'p.id', 'l.product_id')
    .select(['l.deal_id as deal', 'p.name', 'p.name_key'])
    .distinct()
    .where(among('l.deal_id', ids))
    .orderBy('l.deal_id')
    .orderBy('p.name_key')
    .execute()
  return grouped(rows, ({ name }) => name)
}

/** The names of the properties that deals have, in alphabetical order. */
export async function dealPropertyNames(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('properties')
    .select('name')
    .where('id', 'in', db.selectFrom('deal_properties').select('property_id'))
    .orderBy('name_key')
    .execute()
  return rows.map(({ name }) => name)
}
