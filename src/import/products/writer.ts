import type { Selectable } from 'kysely'
import { rowAdder, rowChanger } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import type { ProductsTable } from '../../book/schema/products.ts'
import type { TaxesTable } from '../../book/schema/firm.ts'
import { Fault } from '../../domain/fault.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import { nameKey } from '../../domain/name.ts'
import { taxWithRate } from '../../records/firm/taxes.ts'
import { productChanges, productRow } from '../../records/rows/product.ts'
import { leftAlone } from '../left-alone.ts'
import type { OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import { draftProduct, type ProductDraft } from './draft.ts'
import { productFinder } from './find.ts'
import { pricesGiven } from './money.ts'

type Product = Selectable<ProductsTable>

const VALUES = ['code', 'text', 'unit', 'price', 'cost', 'tax', 'tax_id'] as const

const SHOWN = 5

/** Said of taxes that were left out, as the book has none of the name, or one with another rate. */
function missingTaxes(names: readonly string[]): string {
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  const shown = `${names.slice(0, SHOWN).join(', ')}${more}`
  return `taxes left out, as the book does not have them with that rate: ${shown} (funnel tax add NAME RATE)`
}

/**
 * Turns the rows of a list of products into products. One is in the book already if it has the code of the
 * row, or its name where one of both has no code.
 * @param how `book` the code of the book's currency.
 */
export function productWriter(
  store: Store,
  { onDuplicate, book }: { onDuplicate: OnDuplicate; book: string },
): Writer {
  const add = rowAdder(store, 'products')
  const change = rowChanger(store, 'products')
  const left = leftAlone(store, 'products')
  const hasListed = store
    .prepare('SELECT EXISTS (SELECT 1 FROM prices WHERE product_id = ?)')
    .pluck()
  const taxes = store.prepare('SELECT * FROM taxes').all() as Selectable<TaxesTable>[]
  /** Taxes that rows name and the book does not have. */
  const unknown = new Set<string>()

  /**
   * The tax of the book that a row means: of its name and rate, else of its rate. A name alone stands for the rate
   * that the tax has in the book.
   */
  const taxOf = ({
    tax,
    taxName,
  }: ProductDraft): { tax: Portion | null; tax_id: number | null } => {
    const named = taxes.find((known) => known.name_key === nameKey(taxName ?? ''))
    const rate = tax ?? named?.rate ?? null
    if (taxName !== null && (!named || named.rate !== rate)) unknown.add(taxName)
    if (rate === null) return { tax: null, tax_id: null }
    const found = named?.rate === rate ? named : taxWithRate(taxes, rate)
    return { tax: rate, tax_id: found?.id ?? null }
  }

  const find = productFinder(store, left.called)

  const bring = (
    known: Product,
    draft: ProductDraft & { tax_id: number | null },
    { row, importId }: Origin,
    cells: Cells,
  ): Outcome => {
    const overwrite = onDuplicate === 'update'
    const isListed = known.currency !== draft.currency && hasListed.get(known.id) === 1
    const prices = pricesGiven(known, draft, isListed)
    if (prices === null && overwrite) {
      const [is, would] = [known.currency ?? book, draft.currency ?? book]
      const message = `the prices of ${left.called(known.id)} are in ${is}, and those of the row in ${would}`
      throw new Fault('usage', message)
    }
    const differs = VALUES.filter((key) => draft[key] !== null && draft[key] !== known[key])
    const taken = differs
      .filter((key) => overwrite || known[key] === null)
      .filter((key) => prices !== null || (key !== 'price' && key !== 'cost'))
      // The tax goes with its rate.
      .filter((key, _, all) => key !== 'tax_id' || all.includes('tax') || draft.tax === known.tax)
    const renames = overwrite && nameKey(draft.name) !== known.name_key
    const retired =
      draft.retired === null || Number(draft.retired) === known.retired ? null : draft.retired
    const set = {
      ...productChanges(Object.fromEntries(taken.map((key) => [key, draft[key]]))),
      ...(prices?.currency === undefined ? {} : { currency: prices.currency }),
      ...(renames ? { name: draft.name, name_key: nameKey(draft.name) } : {}),
      ...(overwrite && retired !== null ? { retired: retired ? (1 as const) : (0 as const) } : {}),
    }
    left.add(
      row,
      known.id,
      differs.filter((key) => !taken.includes(key) && key !== 'tax_id'),
      cells,
    )
    if (Object.keys(set).length === 0) return 'unchanged'
    importId()
    change(known.id, set)
    return 'updated'
  }

  return {
    write(cells, origin) {
      const read = draftProduct(cells)
      const draft = { ...read, ...taxOf(read) }
      const known = find(draft)
      if (!known) {
        const { name, retired, taxName: _, ...values } = draft
        const { importId, row } = origin
        const more = { retired: retired ?? false, origin: { importId: importId(), row } }
        add(productRow(name, values, more))
        return 'created'
      }
      if (onDuplicate === 'skip') return 'skipped'
      if (onDuplicate === 'error') {
        throw new Fault('usage', `${left.called(known.id)} is this one already`)
      }
      return bring(known, draft, origin, cells)
    },
    finish() {
      const loud = left.notes('value')
      const missing = unknown.size === 0 ? [] : [missingTaxes([...unknown])]
      return Promise.resolve({
        late: [],
        notes: [...missing, ...loud],
        loud: [...missing, ...loud],
        left: left.found(),
      })
    },
  }
}
