import type { Db } from '../../book/store/db.ts'
import { ownAmounts } from '../../book/worth.ts'
import type { Context } from '../../cli/context.ts'
import { parseMoney } from '../../domain/amount.ts'
import type { Terms } from '../../domain/deal-state.ts'
import { Fault } from '../../domain/fault.ts'
import type { Currency } from '../../domain/money.ts'
import { type Exchanging, exchangeInto } from './exchanged.ts'
import { currencyOf, moneyText } from './own-money.ts'
import { currencyIn, type TypedMoney } from './typed-money.ts'

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

/** Amount and cost of a deal as they were given, and its currency where it was named: an ISO 4217 code. */
export interface DealMoney {
  amount?: TypedMoney | null
  cost?: TypedMoney | null
  currency?: string
}

type Money3 = Partial<Pick<Terms, 'amount' | 'cost' | 'currency'>>

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
 * Amounts for a deal, in minor units of its currency, which is changed with them if the amount names another. A cost
 * in another currency is converted at the rate of the day.
 * @param id null for a deal that is about to be opened.
 * @param to the day, and what is told of a cost that was converted.
 * @throws Fault `usage` if the currency would change under an amount that is not given again; `failed` if the
 *   currency of the cost has no rate on the day.
 */
export async function moneyOfDeal(
  context: Context,
  db: Db,
  id: number | null,
  given: DealMoney,
  to: Exchanging,
): Promise<Money3> {
  const named = currencyIn('a deal', given.currency, [given.amount])
  if (named === undefined && given.amount === undefined && given.cost === undefined) return {}
  const book = (await context.book()).settings.currency
  const now = await moneyNow(db, id)
  const code = named === undefined ? now.currency : named === book.code ? null : named
  const currency = currencyOf(code, book)
  const terms: Money3 = code === now.currency ? {} : { currency: code }
  for (const name of ['amount', 'cost'] as const) {
    const typed = given[name]
    if (typed !== undefined) {
      if (typed === null) terms[name] = null
      else {
        const from = typed.named === null ? currency : currencyOf(typed.named, book)
        const into = exchangeInto(db, currency, to, `give --${name} in ${currency.code}`)
        terms[name] = await into.money(name, parseMoney(typed.text, from), from)
      }
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
