import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import type { DealDraft } from './draft.ts'
import type { Known } from './find.ts'

/** What a row says about the money of a deal of the book, in the currency that the deal then has. */
interface MoneyGiven {
  amount: Money | null
  cost: Money | null
  /** Missing if the deal keeps its currency; null is the book's. */
  currency?: string | null
  /** Are amounts in another currency left out, as the deal has some? */
  left: boolean
}

/**
 * Amount and cost that a row gives to a deal of the book. Amounts in another currency than the deal's replace all that
 * it has, if they may replace anything, or are left out.
 * @throws Fault `usage` if an amount that the deal has would be in another currency.
 */
export function moneyGiven(
  { currency: was, amount, cost }: Pick<Known, 'currency' | 'amount' | 'cost'>,
  draft: Pick<DealDraft, 'currency' | 'amount' | 'cost'>,
  overwrite: boolean,
): MoneyGiven {
  const none = draft.amount === null && draft.cost === null
  if (draft.currency === was || none) {
    return { amount: draft.amount, cost: draft.cost, left: false }
  }
  const hasMoney = amount !== null || cost !== null
  if (hasMoney && !overwrite) return { amount: null, cost: null, left: true }
  if ((amount !== null && draft.amount === null) || (cost !== null && draft.cost === null)) {
    const message =
      'its currency differs from that of the deal, and only one of amount and cost is given'
    throw new Fault('usage', message)
  }
  return { amount: draft.amount, cost: draft.cost, currency: draft.currency, left: false }
}
