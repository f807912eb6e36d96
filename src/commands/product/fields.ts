import { option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable } from '../../cli/options.ts'
import { type ChosenTax, findTax } from '../../records/firm/taxes.ts'
import type { ProductValues } from '../../records/rows/product.ts'
import { currencyOption } from '../shared/currency.ts'
import { given } from '../shared/given.ts'
import { priceOption } from '../shared/typed-money.ts'

/** Reads a tax, by its name in the book or by its rate. */
async function readTax(text: string, context: Context): Promise<ChosenTax> {
  return findTax((await context.book()).db, text)
}

/** The options that `product add` and `product edit` share. */
export const productOptions = {
  code: clearable(option('--code <code>', 'its number or code, by which it can be named')),
  price: clearable(priceOption('--price <money>', 'the price of one unit: 90, "100 USD"')),
  cost: clearable(priceOption('--cost <money>', 'what one unit costs you')),
  currency: currencyOption('--currency <code>', 'what its prices are in, if not the book’s: USD'),
  unit: clearable(option('--unit <text>', 'what it is counted in: h, kg, piece')),
  tax: clearable(option('--tax <tax>', 'its tax rate, such as 19%, or a tax of the book', readTax)),
  text: clearable(option('--text <text>', 'how offers describe it')),
}

/** The argument that names a product. */
export const productArgument = {
  syntax: '<product>',
  help: 'its code, its number, or part of its name',
}

type Own = Omit<ProductValues, 'price' | 'cost' | 'currency' | 'tax' | 'tax_id'>

/** Values of a product from its options, apart from prices; what was not given is left out. */
export function productValues({
  tax,
  ...values
}: { [K in keyof Own]: Own[K] | undefined } & {
  tax?: ChosenTax | null | undefined
}): ProductValues {
  if (tax === undefined) return given(values)
  return { ...given(values), tax: tax?.rate ?? null, tax_id: tax?.id ?? null }
}
