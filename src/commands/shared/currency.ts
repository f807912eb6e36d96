import { option, type OptionSpec } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { parseCurrency } from '../../domain/settings.ts'

/** Reads the code of a currency other than the book's. @throws Fault `usage` if it is not one, or the book's. */
export async function readForeign(text: string, context: Context): Promise<string> {
  const { code } = parseCurrency(text)
  const own = (await context.book()).settings.currency.code
  if (code !== own) return code
  throw new Fault('usage', `${code} is the currency of the book`, 'name another one')
}

/** The code of a currency. */
export function currencyOption(flags: string, help: string): OptionSpec<string> {
  return option(flags, help, (text) => parseCurrency(text).code)
}
