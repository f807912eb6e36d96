import type { Selectable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { isConstraint } from '../../book/store/fault.ts'
import type { ProductsTable } from '../../book/schema/products.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { nameOrder } from '../../domain/name-order.ts'
import { nameColumns, nothingToChange } from '../dictionaries.ts'
import { renaming } from '../saved-names.ts'
import { productChanges, productRow, type ProductValues } from '../rows/product.ts'

/** A product as the book has it. */
export type Product = Selectable<ProductsTable>

/** The refusal of a name or a code that another product has. */
async function taken(
  db: Db,
  error: unknown,
  name: string,
  code: string | null | undefined,
): Promise<unknown> {
  if (!isConstraint(error, 'UNIQUE')) return error
  const named = await db
    .selectFrom('products')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  const what = named ? `name “${tidyName(name)}”` : `code “${tidyName(code ?? '')}”`
  const hint = 'see: funnel product list; or change that product: funnel product edit PRODUCT'
  return new Fault('usage', `the ${what} is that of another product`, hint, error)
}

/**
 * Adds a product. Returns its number.
 * @throws Fault `usage` if the name is empty, or name or code are those of another product.
 */
export async function addProduct(db: Db, name: string, values: ProductValues): Promise<number> {
  const { name: tidy } = nameColumns(name)
  try {
    const { id } = await db
      .insertInto('products')
      .values(productRow(tidy, values))
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw await taken(db, error, name, values.code)
  }
}

/** What `editProduct` changes; what is left out stays. */
export interface ProductEdit extends ProductValues {
  name?: string | undefined
  retired?: boolean | undefined
}

/**
 * Changes a product. Lines that deals already have keep what they were agreed at.
 * @throws Fault `usage` if nothing is given, or name or code are those of another product.
 */
export async function editProduct(db: Db, id: number, edit: ProductEdit): Promise<void> {
  const { name, retired, ...values } = edit
  const set = {
    ...productChanges(values),
    ...(name === undefined ? {} : nameColumns(name)),
    ...(retired === undefined ? {} : { retired: retired ? (1 as const) : (0 as const) }),
  }
  if (Object.keys(set).length === 0) throw nothingToChange('product')
  const write = (): Promise<unknown> =>
    db.updateTable('products').set(set).where('id', '=', id).execute()
  try {
    await (name === undefined && edit.code === undefined
      ? write()
      : renaming(db, 'product', id, write))
  } catch (error) {
    throw await taken(db, error, name ?? '', values.code)
  }
}

/** A product by its number. */
export async function loadProduct(db: Db, id: number): Promise<Product> {
  return db.selectFrom('products').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** All products by name as the locale sorts, retired ones last. */
export async function listProducts(db: Db, locale: string | null): Promise<Product[]> {
  const rows = await db.selectFrom('products').selectAll().execute()
  const names = nameOrder(locale)
  return rows.toSorted((a, b) => a.retired - b.retired || names(a.name_key, b.name_key))
}

/** @throws Fault `usage` if the product is retired, with how to bring it back. */
export function requireActiveProduct({ name, retired }: Pick<Product, 'name' | 'retired'>): void {
  if (retired === 0) return
  const hint = `name another, or bring it back: funnel product edit "${name}" --restore`
  throw new Fault('usage', `the product ${name} is retired`, hint)
}
