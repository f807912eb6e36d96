import { defineCommand, option } from '../../../cli/command.ts'
import { dueOption } from '../../../cli/options.ts'
import { Fault } from '../../../domain/fault.ts'
import { parsePrice, parseQuantity } from '../../../domain/lines/read.ts'
import type { Quantity } from '../../../domain/lines/scaled.ts'
import { tidyName } from '../../../domain/name.ts'
import { listReport } from '../../../domain/table.ts'
import { wholeNumber } from '../../../domain/whole-number.ts'
import { find, findId } from '../../../records/lookup.ts'
import {
  dropPrice,
  listPrices,
  priceListNamed,
  setPrice,
} from '../../../records/products/prices.ts'
import { loadProduct } from '../../../records/products/index.ts'
import { priceText } from '../../shared/exchanged.ts'
import { currencyOf } from '../../shared/own-money.ts'
import { readTypedPrice } from '../../shared/typed-money.ts'
import { productArgument } from '../fields.ts'
import { priceSection } from './section.ts'

export const add = defineCommand({
  description:
    'A price for a quantity, for the clients of a price list, or for some time. It comes before the ' +
    'product’s own price: that of the client’s list first, then that of the largest quantity ' +
    'reached. A price with the same list, quantity and first day is changed.',
  arguments: [
    productArgument,
    { syntax: '<money>', help: 'the price of one unit, in the currency of the product' },
  ],
  options: {
    list: option('--list <price-list>', 'the clients that it is for; a new name makes a new list'),
    from: option('--from <quantity>', 'from this quantity on', async (text, context) =>
      parseQuantity(text, (await context.book()).settings.currency),
    ),
    since: dueOption('--since <day>', 'the first day that it is valid'),
    until: dueOption('--until <day>', 'the last day that it is valid'),
  },
  examples: [
    'product price add CR-20 1199 --from 10',
    'product price add CR-20 1099.50 --list Wholesale --since 2026-12-01 --until 2027-05-31',
  ],
  run: (context, [text = '', money = ''], { list: listName, from, since, until }) =>
    context.change({}, async (db) => {
      const typed = await readTypedPrice(money, context)
      const { id: productId, name } = await find(db, 'product', text)
      const book = (await context.book()).settings.currency
      const currency = currencyOf((await loadProduct(db, productId)).currency, book)
      if (typed.named !== null && typed.named !== currency.code) {
        const hint = `give it in ${currency.code}, or change all: funnel product edit ${productId} --currency ${typed.named}`
        throw new Fault('usage', `the prices of ${name} are in ${currency.code}`, hint)
      }
      const price = parsePrice(typed.text, currency)
      const inList = listName === undefined ? null : await priceListNamed(db, listName)
      const made = await setPrice(db, productId, {
        list: inList?.id ?? null,
        from: from ?? (0 as Quantity),
        price,
        validFrom: since ?? null,
        validTo: until ?? null,
      })
      const sum = priceText(price, currency)
      const newList = inList?.isNew ? `; new price list: ${tidyName(listName ?? '')}` : ''
      return {
        summary: `${made.isNew ? 'added' : 'changed'} price ${made.id} of ${name}: ${sum}${newList}`,
        result: { price: made.id, product: productId },
      }
    }),
})

export const list = defineCommand({
  arguments: [{ syntax: '[product]', help: 'only those of this product' }],
  options: {},
  examples: ['product price list', 'product price list CR-20 --json'],
  async run(context, [text]) {
    const { db, settings } = await context.book()
    const prices = await listPrices(db, await findId(db, 'product', text))
    await context.print(
      listReport('prices', `Prices (${prices.length})`, priceSection(prices, settings.currency), {
        currency: settings.currency,
        empty: 'No prices but the products’ own; funnel product price add adds one.',
      }),
    )
  },
})

export const drop = defineCommand({
  arguments: [{ syntax: '<number>', help: 'the number that product price list shows' }],
  options: {},
  examples: ['product price drop 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const id = wholeNumber(text, {
        what: 'the number of a price',
        hint: 'see: funnel product price list',
      })
      const { product } = await dropPrice(db, id)
      return { summary: `dropped price ${id} of ${product}`, result: { price: id } }
    }),
})
