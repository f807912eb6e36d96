import type { Part } from '../../domain/invoices/ageing.ts'
import { type Currency, currencyDigits, type Money } from '../../domain/money.ts'
import { converted, type Rate } from '../../domain/rate.ts'
import { counted } from '../../domain/text.ts'

/**
 * What an amount of an invoice or a payment is in the book’s currency, at the rate that is written in it; null if none
 * is. 1,000.00 USD at 1.10 are 909.09 EUR.
 */
export function worthIn(
  book: Currency,
  minor: Money,
  currency: string,
  rate: Rate | null,
): Money | null {
  if (currency === book.code) return minor
  if (rate === null) return null
  return converted(minor, rate, { from: currencyDigits(currency), to: book.digits })
}

/**
 * The open parts of an invoice in the book’s currency, which together are the worth of all that is open: 0.50 USD three
 * times at 1.10 are 0.45, 0.46 and 0.45 EUR, as 1.50 USD are 1.36. Null if no rate is known.
 */
export function partsIn(
  book: Currency,
  parts: readonly Part[],
  currency: string,
  rate: Rate | null,
): Part[] | null {
  let [sum, before] = [0, 0]
  const worths: Part[] = []
  for (const { dueOn, amount } of parts) {
    sum += amount
    const now = worthIn(book, sum as Money, currency, rate)
    if (now === null) return null
    worths.push({ dueOn, amount: (now - before) as Money })
    before = now
  }
  return worths
}

/** The note on what could not be converted. */
export function unratedMoneyNote(count: number, one: string, several: string): string[] {
  if (count === 0) return []
  return [
    `Not summed: ${counted(count, one, several)} in another currency, without an exchange rate on ${count === 1 ? 'its' : 'their'} day; funnel rate apply says which day and fixes that.`,
  ]
}
