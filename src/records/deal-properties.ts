import type { Db } from '../book/store/db.ts'

/** A value that a deal has besides its own fields. */
export interface DealProperty {
  name: string
  value: string
}

/** The properties of the deals whose numbers lie in a span, by the deal's number; names in order. */
export async function dealProperties(
  db: Db,
  first: number,
  last: number,
): Promise<Map<number, DealProperty[]>> {
  const rows = await db
    .selectFrom('deal_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['v.deal_id as deal', 'p.name', 'v.value'])
    .where('v.deal_id', '>=', first)
    .where('v.deal_id', '<=', last)
    .orderBy('v.deal_id')
    .orderBy('p.name_key')
    .execute()
  const found = new Map<number, DealProperty[]>()
  for (const { deal, name, value } of rows) {
    const properties = found.get(deal)
    if (properties) properties.push({ name, value })
    else found.set(deal, [{ name, value }])
  }
  return found
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
