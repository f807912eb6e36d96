import type { Selectable } from 'kysely'
import type { PricesTable } from '../../book/schema/products.ts'
import { rowAdder, rowChanger } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import type { ListedPrice } from '../../domain/lines/price-list.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { nameRow } from '../../records/rows/name.ts'
import { priceRow, productRow } from '../../records/rows/product.ts'
import { leftAlone } from '../left-alone.ts'
import type { NameBook } from '../names.ts'
import type { OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import { productFinder } from '../products/find.ts'
import type { Cells } from '../row-cells.ts'
import { draftPrice, type PriceDraft } from './draft.ts'

/** How prices are written. */
interface PriceWriting {
  store: Store
  names: NameBook
  onDuplicate: OnDuplicate
  /** The code of the book's currency. */
  book: string
}

type Price = Selectable<PricesTable>

// NULL is not equal to NULL, but two prices without a first day may be the same one.
const SAME = `SELECT * FROM prices WHERE product_id = :product AND coalesce(list_id, 0) = coalesce(:list, 0)
  AND from_quantity = :quantity AND coalesce(valid_from, '') = coalesce(:day, '')`

/** The values of a price that a row may change, and the fields that they are read from. */
const VALUES = { price: 'price', valid_to: 'to' } as const

/**
 * Turns the rows of price lists into prices of products. One of the same product, list, quantity and first day is
 * in the book already.
 */
export function priceWriter({ store, names, onDuplicate, book }: PriceWriting): Writer {
  const add = rowAdder(store, 'prices')
  const change = rowChanger(store, 'prices')
  const addList = rowAdder(store, 'price_lists')
  const addProduct = rowAdder(store, 'products')
  const listNamed = store.prepare('SELECT id FROM price_lists WHERE name_key = ?').pluck()
  const same = store.prepare(SAME)
  const findProduct = productFinder(store, leftAlone(store, 'products').called)
  const left = leftAlone(store, 'prices')

  /** @throws Fault `usage` if the row is not in the currency of the prices of its product. */
  const productOf = (
    { code, product, currency }: PriceDraft,
    { row, importId }: Origin,
  ): { id: number } => {
    const known = findProduct({ code, name: product })
    if (known && known.currency === currency) return known
    const name = tidyName(product ?? code ?? '')
    if (!known) {
      names.check('products', name)
      const origin = { importId: importId(), row }
      return { id: addProduct(productRow(name, { code, currency }, { origin })) }
    }
    const way = currency === null ? ' (a column “currency” would say what they are in)' : ''
    throw new Fault(
      'usage',
      `the prices of ${known.name} are in ${known.currency ?? book}, and that of the row in ${currency ?? book}${way}`,
    )
  }

  const listOf = (name: string | null): number | null => {
    const tidy = tidyName(name ?? '')
    if (tidy === '') return null
    return (listNamed.get(nameKey(tidy)) as number | undefined) ?? addList(nameRow(tidy))
  }

  /** Gives a price of the book what the row says, as far as that may be. */
  const bring = (known: Price, price: ListedPrice, origin: Origin, cells: Cells): Outcome => {
    const given = { price: price.price, valid_to: price.validTo }
    const differs = (Object.keys(VALUES) as (keyof typeof VALUES)[]).filter(
      (key) => given[key] !== null && given[key] !== known[key],
    )
    if (differs.length === 0) return 'unchanged'
    if (onDuplicate !== 'update') {
      left.add(
        origin.row,
        known.id,
        differs.map((key) => VALUES[key]),
        cells,
      )
      return 'unchanged'
    }
    origin.importId()
    change(known.id, Object.fromEntries(differs.map((key) => [key, given[key]])))
    return 'updated'
  }

  return {
    write(cells, origin) {
      const draft = draftPrice(cells)
      const product = productOf(draft, origin)
      const { from, price, validFrom, validTo } = draft
      const listed = { list: listOf(draft.list), from, price, validFrom, validTo }
      const known = same.get({
        product: product.id,
        list: listed.list,
        quantity: from,
        day: validFrom,
      }) as Price | undefined
      if (!known) {
        origin.importId()
        add(priceRow(product.id, listed))
        return 'created'
      }
      if (onDuplicate === 'skip') return 'skipped'
      if (onDuplicate === 'error') {
        throw new Fault('usage', `${left.called(known.id)} is this one already`)
      }
      return bring(known, listed, origin, cells)
    },
    takenBack: () => names.forget(),
    finish() {
      const loud = left.notes('value')
      return Promise.resolve({ late: [], notes: [...loud], loud, left: left.found() })
    },
  }
}
