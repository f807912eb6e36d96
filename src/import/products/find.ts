import type { Selectable } from 'kysely'
import type { ProductsTable } from '../../book/schema/products.ts'
import type { Store } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'

/** A product of the book. */
export type KnownProduct = Selectable<ProductsTable>

/** Finds products by their code, else by their name. */
export function productFinder(store: Store) {
  const byCode = store.prepare('SELECT * FROM products WHERE code_key = ?')
  const byName = store.prepare('SELECT * FROM products WHERE name_key = ?')
  return ({
    code,
    name,
  }: {
    code: string | null
    name: string | null
  }): KnownProduct | undefined => {
    const coded = code === null ? undefined : byCode.get(nameKey(code))
    const found = coded ?? (name === null ? undefined : byName.get(nameKey(name)))
    return found as KnownProduct | undefined
  }
}
