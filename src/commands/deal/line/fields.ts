import { flag, option, type Values } from '../../../cli/command.ts'
import type { Context } from '../../../cli/context.ts'
import { clearable, onOption } from '../../../cli/options.ts'
import { parsePortion, parseQuantity } from '../../../domain/lines/read.ts'
import type { Portion } from '../../../domain/lines/scaled.ts'
import type { Db } from '../../../book/store/db.ts'
import { currencyOf } from '../../shared/own-money.ts'
import { type Currency, formatMoney, type Money } from '../../../domain/money.ts'
import type { LinesSettled } from '../../../records/lines/change.ts'
import type { LineValues } from '../../../records/rows/line.ts'
import { readPrice } from '../../product/fields.ts'
import { given } from '../../shared/given.ts'

/** The options that `deal line add` and `deal line edit` share. */
export const lineOptions = {
  quantity: option(
    '--quantity <number>',
    'how much of it: 2, 2.5; default: 1',
    async (text, context) => parseQuantity(text, (await context.book()).settings.currency),
  ),
  price: option('--price <money>', 'the price of one unit; default: the product’s', readPrice),
  discount: option('--discount <percent>', 'what is taken off its price: 5%', (text) =>
    parsePortion(text, 'discount'),
  ),
  tax: clearable(
    option('--tax <percent>', 'its tax rate; default: the product’s', (text) =>
      parsePortion(text, 'tax rate'),
    ),
  ),
  cost: clearable(
    option('--cost <money>', 'what one unit costs you; default: the product’s', readPrice),
  ),
  unit: clearable(option('--unit <text>', 'what it is counted in; default: the product’s')),
  text: clearable(option('--text <text>', 'what is sold, or what is said about the product')),
  optional: flag('--optional', 'an option: outside the amount until it is chosen'),
  on: { ...onOption, help: 'the day from which the amount of the deal follows, if not today' },
}

/** The values of a line that were given, apart from the choice. */
export function givenValues(options: Partial<Values<typeof lineOptions>>): Partial<LineValues> {
  const { quantity, price, discount, tax, cost, unit, text } = options
  return given({ quantity, price, discount, tax, cost, unit, text })
}

/** The discount of a line that has none. */
export const NO_DISCOUNT = 0 as Portion

/** The currency of a deal, in which the prices of its lines are. */
export async function dealCurrency(context: Context, db: Db, dealId: number): Promise<Currency> {
  const book = (await context.book()).settings.currency
  const { currency } = await db
    .selectFrom('deals')
    .select('currency')
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  return currencyOf(currency, book)
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
