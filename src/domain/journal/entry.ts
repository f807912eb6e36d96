import type { Day } from '../day.ts'
import type { TaxCategory } from '../firm/tax-category.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Role } from './accounts.ts'

/** An amount on one account. */
export interface Posting {
  role: Role
  /** The client of a receivable, or the bank account of money; null for the others. */
  of: number | null
  /** The rate of a tax or of what it is on, and why it has it; null where an invoice came without them. */
  tax: { rate: Portion; category: TaxCategory } | null
  /** In minor units of the book's currency: above zero is a debit. */
  amount: number
}

/** One transaction of double-entry bookkeeping: its postings add up to zero. */
export interface Entry {
  /** What it is the entry of, and stays the same: `invoice-42`. */
  uid: string
  day: Day
  clientId: number
  /** The number of the invoice or credit note that it is about. */
  document: string | null
  /** The day on which it is due. */
  dueOn: Day | null
  text: string
  postings: Posting[]
}

/** A posting without a tax. */
export const posting = (role: Role, of: number | null, amount: number): Posting => ({
  role,
  of,
  tax: null,
  amount,
})

/** Postings that are not zero. */
export const above = (postings: readonly Posting[]): Posting[] =>
  postings.filter(({ amount }) => amount !== 0)

/** The postings that take an entry back. */
export function reversed<P extends Posting>({ postings }: { postings: readonly P[] }): P[] {
  return postings.map((one) => ({ ...one, amount: -one.amount }))
}

/** A tax of an invoice, in minor units of the book's currency. */
interface TaxShare {
  tax: Posting['tax']
  base: number
  amount: number
}

/**
 * What an invoice posts: the client owes its gross; its net amounts are sales, its taxes are owed to the state.
 * A credit note posts the same with the other sign. What rounding to the book's currency leaves goes to the first
 * net amount.
 */
export function salePostings(
  clientId: number,
  gross: number,
  shares: readonly TaxShare[],
  sign: 1 | -1,
): Posting[] {
  const rest = gross - shares.reduce((sum, { base, amount }) => sum + base + amount, 0)
  return above([
    posting('receivable', clientId, sign * gross),
    ...shares.flatMap(({ tax, base, amount }, index): Posting[] => [
      { role: 'sales', of: null, tax, amount: -sign * (base + (index === 0 ? rest : 0)) },
      { role: 'tax', of: null, tax, amount: -sign * amount },
    ]),
  ])
}

/** One side of a settlement: how much it takes from what is owed, or was paid ahead, in the book's currency. */
interface Side {
  clientId: number
  worth: number
}

/**
 * What settling an invoice, or giving credit back, posts: nothing, if both are of one client and worth the same. The
 * difference between two exchange rates is income or expense: 1,000 USD issued at 1.10 and paid at 1.05 USD for one
 * EUR are 909.09 EUR and 952.38 EUR, 43.29 EUR of income.
 */
export function settlementPostings(to: Side, from: Side): Posting[] {
  const difference = to.worth - from.worth
  if (to.clientId !== from.clientId) {
    return above([
      posting('receivable', to.clientId, -to.worth),
      posting('receivable', from.clientId, from.worth),
      posting('exchange', null, difference),
    ])
  }
  return above([
    posting('receivable', to.clientId, -difference),
    posting('exchange', null, difference),
  ])
}
