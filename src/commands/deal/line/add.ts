import type { Db } from '../../../book/store/db.ts'
import { defineCommand, option } from '../../../cli/command.ts'
import type { Day } from '../../../domain/day.ts'
import { Fault } from '../../../domain/fault.ts'
import { NO_DISCOUNT, ONE, type Quantity } from '../../../domain/lines/scaled.ts'
import { dealDefaults } from '../../../records/deals.ts'
import { addLine, settleLines } from '../../../records/lines/change.ts'
import { lineNamed, loadLines } from '../../../records/lines/load.ts'
import { find } from '../../../records/lookup.ts'
import { loadProduct, requireActiveProduct, type Product } from '../../../records/products/index.ts'
import { type FoundPrice, priceFor } from '../../../records/products/prices.ts'
import type { LineValues } from '../../../records/rows/line.ts'
import { dealCurrency } from '../../shared/deal-money.ts'
import { dealArgument } from '../../shared/deal-steps.ts'
import { warnOfOddities } from '../../shared/deal-warnings.ts'
import { type Exchanged, withExchanged } from '../../shared/exchanged.ts'
import { amountText, givenValues, lineOptions, linePrices } from './fields.ts'

/** The product that is named. @throws Fault `not-found` with how to enter what is not a product. */
async function productNamed(db: Db, text: string): Promise<Product> {
  try {
    const product = await loadProduct(db, (await find(db, 'product', text)).id)
    requireActiveProduct(product)
    return product
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'not-found') throw error
    const other = `for a line without a product: --text "${text}" --price MONEY`
    throw new Fault('not-found', error.message, `${error.hint ?? ''}\n  ${other}`.trim(), error)
  }
}

/** The price of a line that names none. @throws Fault `usage` if the product has none either. */
async function usualPrice(
  db: Db,
  product: Product | null,
  asked: { dealId: number; quantity: Quantity; on: Day },
): Promise<FoundPrice> {
  if (!product)
    throw new Fault('usage', 'a line without a product needs a price', 'give it: --price 90')
  const { clientId } = await dealDefaults(db, asked.dealId)
  const found = await priceFor(db, product, { ...asked, clientId })
  if (found) return found
  const hint = `give it here: --price 90; or for good: funnel product edit ${product.id} --price 90`
  throw new Fault('usage', `the product ${product.name} has no price`, hint)
}

export default defineCommand({
  description:
    'A line is a product, or a text, with quantity, price and discount: it comes to quantity × price × ' +
    '(1 − discount). The amount and the cost of a deal follow its lines; options and alternatives are ' +
    'outside of both until they are chosen (deal line edit --choose). Prices in another currency than the ' +
    'deal’s are converted at the rate of the day.',
  arguments: [
    dealArgument,
    { syntax: '[product]', help: 'its code, its number, or part of its name' },
  ],
  options: {
    ...lineOptions,
    alternativeTo: option('--alternative-to <line>', 'instead of this line of the deal'),
  },
  examples: [
    'deal line add 1 CR-20 --quantity 3 --discount 5%',
    'deal line add 1 --text "Transport" --price 400 --optional',
    'deal line add 1 --text "Smaller cold room" --price 900 --alternative-to CR-20',
  ],
  run: (context, [text = '', productText], options) =>
    context.change({ on: options.on }, async (db, moment) => {
      const { id: dealId, name: title } = await find(db, 'deal', text)
      const currency = await dealCurrency(context, db, dealId)
      const product = productText === undefined ? null : await productNamed(db, productText)
      const lines = await loadLines(db, dealId)
      const other =
        options.alternativeTo === undefined ? null : lineNamed(lines, dealId, options.alternativeTo)
      if (other && options.optional) {
        const hint = 'leave --optional out: an alternative is outside the amount until it is chosen'
        throw new Fault('usage', '--optional and --alternative-to cannot be used together', hint)
      }
      const converted: Exchanged[] = []
      const book = (await context.book()).settings.currency
      const prices = linePrices(db, currency, book, { on: moment.on, converted })
      const values = await givenValues(options, prices)
      const quantity = values.quantity ?? ONE
      const asked = { dealId, quantity, on: moment.on }
      const usual = values.price === undefined ? await usualPrice(db, product, asked) : null
      const line: LineValues = {
        productId: product?.id ?? null,
        text: null,
        unit: product?.unit ?? null,
        price: usual
          ? await prices.ofProduct('price', usual.price, product?.currency ?? null)
          : (0 as LineValues['price']),
        cost:
          product?.cost == null || values.cost !== undefined
            ? null
            : await prices.ofProduct('cost', product.cost, product.currency),
        discount: NO_DISCOUNT,
        tax: product?.tax ?? null,
        ...values,
        quantity,
        optional: options.optional ?? false,
        alternativeOf: other ? (other.alternative_of ?? other.id) : null,
        chosen: false,
      }
      const change = { dealId, digits: currency.digits, moment }
      const position = await addLine(db, change, line)
      const settled = await settleLines(db, change)
      await warnOfOddities(context, db, dealId, ['terms'])
      const from = usual?.list == null ? '' : ` at the price of ${usual.list}`
      const done = {
        summary: `added line ${position} to deal ${dealId} (${title})${from}${amountText(settled, currency)}`,
        result: { deal: dealId, line: position },
      }
      return withExchanged(done, converted)
    }),
})
