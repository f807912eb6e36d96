import type { Context } from '../../cli/context.ts'
import { option, type OptionSpec } from '../../cli/command.ts'
import { amountDecimal, parseMoney } from '../../domain/amount.ts'
import { currencyNamed, standsFor } from '../../domain/currency-signs.ts'
import { Fault } from '../../domain/fault.ts'
import { parsePrice } from '../../domain/lines/read.ts'
import type { Currency } from '../../domain/money.ts'
import { hasMultiplier, numberText } from '../../domain/number-text.ts'
import { quoted } from '../../domain/plain-text.ts'
import { currencyOf } from './own-money.ts'

/** An amount as it was typed: in the currency that it names, else in that of its record. */
export interface TypedMoney {
  text: string
  /** ISO 4217 code; null if it names none. */
  named: string | null
}

/** A number next to three letters, which may have been meant as a currency. */
const CODE = /^\s*(?:[a-z]{3}\s*\d[\d.,'\s]*|\d[\d.,'\s]*\s[a-z]{3})\s*$/i

/** Reads an amount. @throws Fault `usage` if it is not one, or its sign may mean several currencies. */
function readTyped(
  text: string,
  book: Currency,
  parse: (text: string, currency: Currency) => number,
): TypedMoney {
  const { currency: sign } = numberText(text.replaceAll(/(?<=\d)_(?=\d)/g, ''))
  if (!sign && CODE.test(text) && !hasMultiplier(text)) {
    const hint = 'write it as 1500, or with the code of a currency: "1000 USD"'
    throw new Fault('usage', `${quoted(text)} is not an amount`, hint)
  }
  if (!sign || standsFor(sign, book.code)) {
    amountDecimal(text, book)
    return { text, named: sign ? book.code : null }
  }
  const named = currencyNamed(sign)
  if (named === null) {
    const hint = 'write the code of the currency: "1000 USD"'
    throw new Fault('usage', `${quoted(text)} may be in several currencies`, hint)
  }
  parse(text, currencyOf(named, book))
  return { text, named }
}

/** Reads an amount in the book's currency, or in one that it names. */
export function readTypedMoney(text: string, book: Currency): TypedMoney {
  return readTyped(text, book, parseMoney)
}

/** An amount in the currency of its deal, or in one that it names. */
export function moneyOption(flags: string, help: string): OptionSpec<TypedMoney> {
  return option(flags, help, async (text, context) =>
    readTypedMoney(text, (await context.book()).settings.currency),
  )
}

/** Reads the price of one unit, in a currency that it names or not. */
export async function readTypedPrice(text: string, context: Context): Promise<TypedMoney> {
  return readTyped(text, (await context.book()).settings.currency, parsePrice)
}

/** The price of one unit in the currency of its product or deal, or in one that it names. */
export function priceOption(flags: string, help: string): OptionSpec<TypedMoney> {
  return option(flags, help, readTypedPrice)
}

/** The one currency that is named; undefined if none is. @throws Fault `usage` if several are. */
export function currencyIn(
  what: string,
  currency: string | undefined,
  typed: readonly (TypedMoney | null | undefined)[],
): string | undefined {
  const named = [currency, ...typed.map((one) => one?.named)].filter((code) => code != null)
  const [first, ...others] = new Set(named)
  if (others.length === 0) return first
  const both = [...new Set(named)].join(' and ')
  throw new Fault('usage', `${what} is in one currency, and these are ${both}`, 'give all in one')
}
