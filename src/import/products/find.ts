import type { Selectable } from 'kysely'
import type { ProductsTable } from '../../book/schema/products.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'

/** A product of the book. */
export type KnownProduct = Selectable<ProductsTable>

/** What a row calls a product; null is not said. */
interface Called {
  code: string | null
  name: string | null
}

/**
 * Finds products by their code, else by their name, where one of both has no code.
 * @param called how people are told which product is meant.
 * @throws Fault `usage` if code and name are those of two products, or the one of that name has another code.
 */
export function productFinder(store: Store, called: (id: number) => string) {
  const byCode = store.prepare('SELECT * FROM products WHERE code_key = ?')
  const byName = store.prepare('SELECT * FROM products WHERE name_key = ?')
  const get = (by: typeof byCode, text: string | null): KnownProduct | undefined =>
    text === null ? undefined : (by.get(nameKey(text)) as KnownProduct | undefined)
  return ({ code, name }: Called): KnownProduct | undefined => {
    const [coded, named] = [get(byCode, code), get(byName, name)]
    if (coded && named && coded.id !== named.id) {
      const [first, second] = [called(coded.id), called(named.id)]
      throw new Fault('usage', `the code is that of ${first}, and the name that of ${second}`)
    }
    if (!coded && named && code !== null && named.code !== null) {
      const message = `${called(named.id)} has that name, and another code: ${named.code}`
      throw new Fault('usage', message)
    }
    return coded ?? named
  }
}
