import type { Db } from '../../book/store/db.ts'
import { ownAmounts } from '../../book/worth.ts'
import { option, type OptionSpec } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { amountDecimal, parseMoney } from '../../domain/amount.ts'
import { currencyNamed, standsFor } from '../../domain/currency-signs.ts'
import type { Terms } from '../../domain/deal-state.ts'
import { Fault } from '../../domain/fault.ts'
import type { Currency } from '../../domain/money.ts'
import { numberText } from '../../domain/number-text.ts'
import { quoted } from '../../domain/plain-text.ts'
import { currencyOf, moneyText } from './own-money.ts'

/** An amount as it was typed: in the currency that it names, else in that of its deal. */
export interface TypedMoney {
  text: string
  /** ISO 4217 code; null if it names none. */
  named: string | null
}

/** Reads an amount of a deal. @throws Fault `usage` if it is not one, or its sign may mean several currencies. */
function readTyped(text: string, book: Currency): TypedMoney {
  const { currency: sign } = numberText(text.replaceAll(/(?<=\d)_(?=\d)/g, ''))
  if (!sign || standsFor(sign, book.code)) {
    amountDecimal(text, book)
    return { text, named: sign ? book.code : null }
  }
  const named = currencyNamed(sign)
  if (named === null) {
    const hint = 'write the code of the currency: "1000 USD"'
    throw new Fault('usage', `${quoted(text)} may be in several currencies`, hint)
  }
  parseMoney(text, currencyOf(named, book))
  return { text, named }
}

/** An amount of a deal, in its currency or in one that it names. */
export function dealMoneyOption(flags: string, help: string): OptionSpec<TypedMoney> {
  return option(flags, help, async (text, context) =>
    readTyped(text, (await context.book()).settings.currency),
  )
}

/** Amount and cost of a deal as they were given, and its currency where it was named: an ISO 4217 code. */
export interface DealMoney {
  amount?: TypedMoney | null
  cost?: TypedMoney | null
  currency?: string
}

type Money3 = Partial<Pick<Terms, 'amount' | 'cost' | 'currency'>>

/** The one currency that is named; undefined if none is. @throws Fault `usage` if several are. */
function namedIn({ amount, cost, currency }: DealMoney): string | undefined {
  const named = [currency, amount?.named, cost?.named].filter((code) => code != null)
  const [first, ...others] = new Set(named)
  if (others.length === 0) return first
  const both = [...new Set(named)].join(' and ')
  throw new Fault('usage', `a deal is in one currency, and these are ${both}`, 'give all in one')
}

/** The currency and the amounts of a deal; a new one is in the book's and has none. */
async function moneyNow(db: Db, id: number | null) {
  if (id === null) return { currency: null, amount: null, cost: null }
  const deal = await db
    .selectFrom('deals')
    .select(['currency', 'amount', 'cost', 'own_amount', 'own_cost'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { currency: deal.currency, ...ownAmounts(deal) }
}

/**
 * Amounts for a deal, in minor units of its currency, which is changed with them if they name another.
 * @param id null for a deal that is about to be opened.
 * @throws Fault `usage` if the currency would change under an amount that is not given again.
 */
export async function moneyOfDeal(
  context: Context,
  db: Db,
  id: number | null,
  given: DealMoney,
): Promise<Money3> {
  const named = namedIn(given)
  if (named === undefined && given.amount === undefined && given.cost === undefined) return {}
  const book = (await context.book()).settings.currency
  const now = await moneyNow(db, id)
  const code = named === undefined ? now.currency : named === book.code ? null : named
  const currency = currencyOf(code, book)
  const terms: Money3 = code === now.currency ? {} : { currency: code }
  for (const name of ['amount', 'cost'] as const) {
    const typed = given[name]
    if (typed !== undefined) {
      terms[name] = typed === null ? null : parseMoney(typed.text, currency)
      continue
    }
    const kept = now[name]
    if (kept === null || code === now.currency) continue
    const was = moneyText(kept, currencyOf(now.currency, book))
    throw new Fault(
      'usage',
      `the ${name} of deal ${id} is ${was}, and would be in ${currency.code}`,
      `give it again: --${name} "NUMBER ${currency.code}"`,
    )
  }
  return terms
}
