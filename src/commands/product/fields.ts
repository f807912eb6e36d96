import { option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable } from '../../cli/options.ts'
import { parsePortion, parsePrice } from '../../domain/lines/read.ts'
import type { UnitPrice } from '../../domain/lines/scaled.ts'

/** Reads a price of one unit in the book's currency. */
export async function readPrice(text: string, context: Context): Promise<UnitPrice> {
  return parsePrice(text, (await context.book()).settings.currency)
}

/** The options that `product add` and `product edit` share. */
export const productOptions = {
  code: clearable(option('--code <code>', 'its number or code, by which it can be named')),
  price: clearable(option('--price <money>', 'the price of one unit', readPrice)),
  cost: clearable(option('--cost <money>', 'what one unit costs you', readPrice)),
  unit: clearable(option('--unit <text>', 'what it is counted in: h, kg, piece')),
  tax: clearable(
    option('--tax <percent>', 'its tax rate: 19%', (text) => parsePortion(text, 'tax rate')),
  ),
  text: clearable(option('--text <text>', 'how offers describe it')),
}

/** The argument that names a product. */
export const productArgument = {
  syntax: '<product>',
  help: 'its code, its number, or part of its name',
}
