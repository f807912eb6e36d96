import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { applyingPrice, type ListedPrice } from '../../domain/lines/price-list.ts'
import type { Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import { nameColumns } from '../dictionaries.ts'
import { priceRow } from '../rows/product.ts'

/** A price list by its name, which is added if it is new. */
export async function priceListNamed(
  db: Db,
  text: string,
): Promise<{ id: number; isNew: boolean }> {
  const row = nameColumns(text)
  const known = await db
    .selectFrom('price_lists')
    .select('id')
    .where('name_key', '=', row.name_key)
    .executeTakeFirst()
  if (known) return { id: known.id, isNew: false }
  const { id } = await db
    .insertInto('price_lists')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, isNew: true }
}

/**
 * Adds a price of a product, or changes the one that has the same list, quantity and first day. Returns its
 * number and whether it was there.
 * @throws Fault `usage` if its last day comes before its first.
 */
export async function setPrice(
  db: Db,
  productId: number,
  price: ListedPrice,
): Promise<{ id: number; isNew: boolean }> {
  const { validFrom, validTo } = price
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    const message = `the price would end on ${validTo}, before it begins on ${validFrom}`
    throw new Fault('usage', message, 'give a later --until')
  }
  const row = priceRow(productId, price)
  const known = await db
    .selectFrom('prices')
    .select('id')
    .where('product_id', '=', productId)
    .where('list_id', price.list === null ? 'is' : '=', price.list)
    .where('from_quantity', '=', price.from)
    .where('valid_from', validFrom === null ? 'is' : '=', validFrom)
    .executeTakeFirst()
  if (known) {
    await db.updateTable('prices').set(row).where('id', '=', known.id).execute()
    return { id: known.id, isNew: false }
  }
  const { id } = await db.insertInto('prices').values(row).returning('id').executeTakeFirstOrThrow()
  return { id, isNew: true }
}

/** A price as lists show it. */
export interface PriceRow {
  id: number
  product: string
  list: string | null
  from_quantity: Quantity
  price: UnitPrice
  /** That of its product; null for the book's. */
  currency: string | null
  valid_from: Day | null
  valid_to: Day | null
}

/** Prices by product, list and quantity; only those of a product, if one is given. */
export async function listPrices(db: Db, productId: number | null): Promise<PriceRow[]> {
  const query = db
    .selectFrom('prices as p')
    .innerJoin('products as o', 'o.id', 'p.product_id')
    .leftJoin('price_lists as l', 'l.id', 'p.list_id')
    .select([
      'p.id',
      'o.name as product',
      'l.name as list',
      'p.from_quantity',
      'p.price',
      'o.currency',
      'p.valid_from',
      'p.valid_to',
    ])
    .orderBy('o.name_key')
    .orderBy((eb) => eb.fn.coalesce('l.name_key', eb.val('')))
    .orderBy('p.from_quantity')
    .orderBy((eb) => eb.fn.coalesce('p.valid_from', eb.val('' as Day)))
  return (productId === null ? query : query.where('p.product_id', '=', productId)).execute()
}

/** Removes a price by its number. @throws Fault `not-found` if there is none. */
export async function dropPrice(db: Db, id: number): Promise<PriceRow> {
  const found = (await listPrices(db, null)).find((price) => price.id === id)
  if (!found)
    throw new Fault('not-found', `there is no price ${id}`, 'see: funnel product price list')
  await db.deleteFrom('prices').where('id', '=', id).execute()
  return found
}
/** What a product costs a client. */
export interface FoundPrice {
  price: UnitPrice
  /** The name of the price list that it comes from; null for the product's own price, or one for all. */
  list: string | null
}

/**
 * The price of a product for a client on a day: by its price list and quantity, else the product's own; null
 * if it has none.
 */
export async function priceFor(
  db: Db,
  product: { id: number; price: UnitPrice | null },
  asked: { clientId: number; quantity: Quantity; on: Day },
): Promise<FoundPrice | null> {
  const rows = await db
    .selectFrom('prices')
    .selectAll()
    .where('product_id', '=', product.id)
    .execute()
  const own = product.price === null ? null : { price: product.price, list: null }
  if (rows.length === 0) return own
  const client = await db
    .selectFrom('clients as c')
    .leftJoin('price_lists as l', 'l.id', 'c.price_list_id')
    .select(['l.id', 'l.name'])
    .where('c.id', '=', asked.clientId)
    .executeTakeFirstOrThrow()
  const prices = rows.map((row): ListedPrice => ({
    list: row.list_id,
    from: row.from_quantity,
    price: row.price,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
  const found = applyingPrice(prices, { ...asked, list: client.id })
  return found ? { price: found.price, list: found.list === null ? null : client.name } : own
}
