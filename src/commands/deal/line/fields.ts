import type { Db } from '../../../book/store/db.ts'
import { flag, option, type Values } from '../../../cli/command.ts'
import { clearable, onOption } from '../../../cli/options.ts'
import { parsePortion, parsePrice, parseQuantity } from '../../../domain/lines/read.ts'
import type { UnitPrice } from '../../../domain/lines/scaled.ts'
import { type Currency, formatMoney, type Money } from '../../../domain/money.ts'
import type { LinesSettled } from '../../../records/lines/change.ts'
import type { LineValues } from '../../../records/rows/line.ts'
import { type Exchanging, exchangeInto } from '../../shared/exchanged.ts'
import { given } from '../../shared/given.ts'
import { currencyOf } from '../../shared/own-money.ts'
import { priceOption, type TypedMoney } from '../../shared/typed-money.ts'

/** The options that `deal line add` and `deal line edit` share. */
export const lineOptions = {
  quantity: option(
    '--quantity <number>',
    'how much of it: 2, 2.5; default: 1',
    async (text, context) => parseQuantity(text, (await context.book()).settings.currency),
  ),
  price: priceOption('--price <money>', 'the price of one unit; default: the product’s'),
  discount: option('--discount <percent>', 'what is taken off its price: 5%', (text) =>
    parsePortion(text, 'discount'),
  ),
  tax: clearable(
    option('--tax <percent>', 'its tax rate; default: the product’s', (text) =>
      parsePortion(text, 'tax rate'),
    ),
  ),
  cost: clearable(priceOption('--cost <money>', 'what one unit costs you; default: the product’s')),
  unit: clearable(option('--unit <text>', 'what it is counted in; default: the product’s')),
  text: clearable(option('--text <text>', 'what is sold, or what is said about the product')),
  optional: flag('--optional', 'an option: outside the amount until it is chosen'),
  on: { ...onOption, help: 'the day from which the amount of the deal follows, if not today' },
}

/** Brings prices into the currency of the deal, which they are in if nothing else is said. */
export interface LinePrices {
  /** Of a product, in its currency: null is the book's. */
  ofProduct: (what: string, price: UnitPrice, currency: string | null) => Promise<UnitPrice>
  typed: (what: string, typed: TypedMoney) => Promise<UnitPrice>
}

/** Prices for lines of a deal, at the rates of a day. */
export function linePrices(
  db: Db,
  own: Currency,
  book: Currency,
  exchanging: Exchanging,
): LinePrices {
  const way = `give --price and --cost in ${own.code}`
  const into = exchangeInto(db, own, exchanging, way)
  return {
    ofProduct: (what, price, currency) => into.price(what, price, currencyOf(currency, book)),
    typed(what, { text, named }) {
      const from = named === null ? own : currencyOf(named, book)
      return into.price(what, parsePrice(text, from), from)
    },
  }
}

/** The values of a line that were given, apart from the choice. */
export async function givenValues(
  options: Partial<Values<typeof lineOptions>>,
  prices: LinePrices,
): Promise<Partial<LineValues>> {
  const { quantity, price, discount, tax, cost, unit, text } = options
  return {
    ...given({ quantity, discount, tax, unit, text }),
    ...(price === undefined ? {} : { price: await prices.typed('price', price) }),
    ...(cost === undefined ? {} : { cost: cost && (await prices.typed('cost', cost)) }),
  }
}

/** What became of the amount of the deal, in words: `; amount 12,000.00 → 12,500.00 EUR`. */
export function amountText(settled: LinesSettled, currency: Currency): string {
  const sum = (amount: Money): string => formatMoney(amount, currency, true)
  const { before, amount, follows } = settled
  if (amount === null) return ''
  const changed = before !== null && before !== amount ? `${sum(before)} → ` : ''
  const own = follows ? '' : ', which no line makes up'
  return `; amount ${changed}${sum(amount)} ${currency.code}${own}`
}
