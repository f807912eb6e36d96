import { defineCommand, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { UnitPrice } from '../../domain/lines/scaled.ts'
import { nameChange, nameKey, tidyName } from '../../domain/name.ts'
import { listReport, type Report } from '../../domain/table.ts'
import { defaultTax, listTaxes, taxText } from '../../records/firm/taxes.ts'
import { find } from '../../records/lookup.ts'
import {
  addProduct,
  editProduct,
  listProducts,
  loadProduct,
  type Product,
} from '../../records/products/index.ts'
import { listPrices } from '../../records/products/prices.ts'
import { stillUsed } from '../../records/in-use.ts'
import { countsOf, retiredOf, retireOptions, warnings } from '../shared/dictionary.ts'
import { priceText } from '../shared/exchanged.ts'
import { currencyOf } from '../shared/own-money.ts'
import { productCells, productColumns } from './columns.ts'
import { productArgument, productOptions, productValues } from './fields.ts'
import { moneyOfProduct } from './money.ts'
import { priceSection } from './price/section.ts'

export const add = defineCommand({
  arguments: [{ syntax: '<name>', help: 'what it is called' }],
  options: productOptions,
  examples: [
    'product add "Cold room" --code CR-20 --price 1249.99 --cost 800 --unit piece --tax 19%',
    'product add "Installation" --price 90 --unit h',
    'product add "Winch" --price "1000 USD" --cost 600',
  ],
  run: (context, [name = ''], options) =>
    context.change({}, async (db) => {
      const tax = options.tax === undefined ? await defaultTax(db) : options.tax
      const { price, cost, currency, ...values } = options
      const prices = await moneyOfProduct(context, db, null, { price, cost, currency })
      const id = await addProduct(db, name, { ...productValues({ ...values, tax }), ...prices })
      const said = options.tax === undefined && tax?.name ? `, ${taxText(tax)}` : ''
      return { summary: `added product ${id} (${tidyName(name)}${said})`, result: { product: id } }
    }),
})

/** The names of taxes by their numbers. */
async function taxNames(context: Context): Promise<ReadonlyMap<number, string>> {
  const { db } = await context.book()
  return new Map((await listTaxes(db)).map(({ id, name }) => [id, name]))
}

/** Words that are all in a product's code, name or text. */
function fits(words: readonly string[]) {
  const keys = words.map(nameKey)
  return ({ code, name, text }: Product): boolean => {
    const all = nameKey([code, name, text].filter((part) => part !== null).join(' '))
    return keys.every((key) => all.includes(key))
  }
}

export const list = defineCommand({
  arguments: [{ syntax: '[words...]', help: 'only those with all of these in code, name or text' }],
  options: {},
  examples: ['product list', 'product list cold --json'],
  async run(context, words) {
    const { db, settings } = await context.book()
    const products = (await listProducts(db, settings.locale?.tag ?? null)).filter(fits(words))
    const taxes = await taxNames(context)
    const rows = products.map((product) => productCells(product, taxes, settings.currency.code))
    const columns = productColumns(rows, settings.currency)
    await context.print(
      listReport(
        'products',
        `Products (${rows.length})`,
        { key: 'products', columns, rows },
        {
          currency: settings.currency,
          empty:
            words.length > 0 ? 'No product fits.' : 'No products; funnel product add adds one.',
        },
      ),
    )
  },
})

async function card(context: Context, product: Product): Promise<Report> {
  const { db, settings } = await context.book()
  const currency = currencyOf(product.currency, settings.currency)
  const taxes = await taxNames(context)
  const taxName = product.tax_id === null ? null : taxes.get(product.tax_id)
  const money = (price: UnitPrice | null): string | null =>
    price === null ? null : priceText(price, currency)
  const lines: [string, string | null][] = [
    ['Code', product.code],
    ['Unit', product.unit],
    ['Price', money(product.price)],
    ['Cost', money(product.cost)],
    [
      'Tax rate',
      product.tax === null ? null : taxText({ rate: product.tax, name: taxName ?? null }),
    ],
    ['Text', product.text],
    ['Retired', product.retired ? 'yes' : null],
  ]
  const prices = await listPrices(db, product.id)
  return {
    ...listReport(
      'product',
      `Product ${product.id}: ${product.name}`,
      priceSection(prices, currency),
    ),
    card: true,
    currency,
    subtitle: lines.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`),
    head: productCells(product, taxes, settings.currency.code),
    empty: '',
  }
}

export const show = defineCommand({
  arguments: [productArgument],
  options: {},
  examples: ['product show "Cold room"'],
  async run(context, [text = '']) {
    const { db } = await context.book()
    const { id } = await find(db, 'product', text)
    await context.print(await card(context, await loadProduct(db, id)))
  },
})

export const edit = defineCommand({
  description: 'Lines of deals keep the price, cost and tax rate that they were entered with.',
  arguments: [productArgument],
  options: { name: option('--name <name>', 'the new name'), ...productOptions, ...retireOptions },
  examples: ['product edit CR-20 --price 1299', 'product edit Installation --retire'],
  run: (context, [text = ''], { name, retire, restore, ...options }) =>
    context.change({}, async (db) => {
      const product = await find(db, 'product', text)
      const retired = retiredOf({ retire, restore })
      const { price, cost, currency, ...values } = options
      const prices = await moneyOfProduct(context, db, product.id, { price, cost, currency })
      await editProduct(db, product.id, { ...productValues(values), ...prices, name, retired })
      const said = nameChange(product.name, name)
      const now = { id: product.id, name: name ?? product.name }
      const used = retired ? await stillUsed(db, 'product', now) : undefined
      return {
        summary: `changed product ${product.id} (${said})`,
        result: { product: product.id, ...(used && { in_use: countsOf(used) }) },
        next: used && warnings(now.name, used),
      }
    }),
})
