import type { Db } from '../book/store/db.ts'
import { bookLocale } from '../book/locale.ts'
import { Fault } from '../domain/fault.ts'
import { kindText, unfitting } from '../domain/property-values.ts'
import { propertyType } from './properties.ts'
import { tidyLines } from '../domain/name.ts'
import { nameColumns } from './dictionaries.ts'
import { propertyRow } from './rows/client-details.ts'
import { dealPropertyRow } from './rows/deal.ts'

/** The number of the category or property of this name, made if there is none yet. */
export async function ensureNamed(
  db: Db,
  table: 'categories' | 'properties',
  name: string,
): Promise<number> {
  const named = nameColumns(name)
  const existing = await db
    .selectFrom(table)
    .select('id')
    .where('name_key', '=', named.name_key)
    .executeTakeFirst()
  if (existing) return existing.id
  const added = await db.insertInto(table).values(named).returning('id').executeTakeFirstOrThrow()
  return added.id
}

/** A record that can have properties. */
interface Holder {
  of: 'client' | 'deal'
  id: number
}

function clear(db: Db, { of, id }: Holder, property: number) {
  return of === 'client'
    ? db
        .deleteFrom('client_properties')
        .where('client_id', '=', id)
        .where('property_id', '=', property)
        .execute()
    : db
        .deleteFrom('deal_properties')
        .where('deal_id', '=', id)
        .where('property_id', '=', property)
        .execute()
}

/** @throws Fault `usage` if a value is not what its property is said to be. */
async function requireFitting(
  db: Db,
  id: number,
  { name, value }: { name: string; value: string },
): Promise<void> {
  const type = await propertyType(db, id)
  if (type === null || unfitting([value], type, await bookLocale(db)).length === 0) return
  const hint =
    type.kind === 'choice'
      ? `to allow it: funnel property edit "${name}" --choice "${value}"`
      : `to take any text: funnel property edit "${name}" --kind text`
  throw new Fault('usage', `“${value}” is not ${kindText(type)}, as ${name} must be`, hint)
}

/** Gives a client or a deal a value of its own; an empty one clears it. */
export async function setNamedValue(
  db: Db,
  holder: Holder,
  property: { name: string; value: string },
): Promise<void> {
  const id = await ensureNamed(db, 'properties', property.name)
  const value = tidyLines(property.value)
  if (value !== '') await requireFitting(db, id, { ...property, value })
  if (value === '') {
    await clear(db, holder, id)
  } else if (holder.of === 'client') {
    await db
      .insertInto('client_properties')
      .values(propertyRow(holder.id, id, value))
      .onConflict((conflict) =>
        conflict.columns(['client_id', 'property_id']).doUpdateSet({ value }),
      )
      .execute()
  } else {
    await db
      .insertInto('deal_properties')
      .values(dealPropertyRow(holder.id, id, value))
      .onConflict((conflict) => conflict.columns(['deal_id', 'property_id']).doUpdateSet({ value }))
      .execute()
  }
}
