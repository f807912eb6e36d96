import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { parsePrice } from '../../domain/lines/read.ts'
import { loadProduct } from '../../records/products/index.ts'
import { listPrices } from '../../records/products/prices.ts'
import type { ProductValues } from '../../records/rows/product.ts'
import { priceText } from '../shared/exchanged.ts'
import { currencyOf } from '../shared/own-money.ts'
import { currencyIn, type TypedMoney } from '../shared/typed-money.ts'

/** Price and cost of a product as they were given, and its currency where it was named: an ISO 4217 code. */
interface ProductMoney {
  price?: TypedMoney | null | undefined
  cost?: TypedMoney | null | undefined
  currency?: string | undefined
}

type Prices = Pick<ProductValues, 'price' | 'cost' | 'currency'>

const NONE = { currency: null, price: null, cost: null }

/** The prices of a list stay in the currency of their product. @throws Fault `usage` if it has any. */
async function requireNoPrices(db: Db, id: number, was: string, code: string): Promise<void> {
  const [first] = await listPrices(db, id)
  if (!first) return
  throw new Fault(
    'usage',
    `the listed prices of ${first.product} are in ${was}, and would be in ${code}`,
    `drop them first, see: funnel product price list ${id}`,
  )
}

/**
 * Price and cost for a product, in its currency, which is changed with them if they name another.
 * @param id null for a new product.
 * @throws Fault `usage` if the currency would change under a price that is not given again.
 */
export async function moneyOfProduct(
  context: Context,
  db: Db,
  id: number | null,
  given: ProductMoney,
): Promise<Prices> {
  const book = (await context.book()).settings.currency
  const now = id === null ? NONE : await loadProduct(db, id)
  const named = currencyIn('a product', given.currency, [given.price, given.cost])
  const code = named === undefined ? now.currency : named === book.code ? null : named
  const [was, currency] = [currencyOf(now.currency, book), currencyOf(code, book)]
  const isOther = code !== now.currency
  const prices: Prices = isOther ? { currency: code } : {}
  for (const name of ['price', 'cost'] as const) {
    const typed = given[name]
    if (typed !== undefined) prices[name] = typed && parsePrice(typed.text, currency)
    else if (now[name] !== null && isOther) {
      const said = priceText(now[name], was)
      throw new Fault(
        'usage',
        `the ${name} of product ${id} is ${said}, and would be in ${currency.code}`,
        `give it again: --${name} "NUMBER ${currency.code}"`,
      )
    }
  }
  if (id !== null && isOther) await requireNoPrices(db, id, was.code, currency.code)
  return prices
}
