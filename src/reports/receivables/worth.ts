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

/** The note on what could not be converted. */
export function unratedMoneyNote(count: number, one: string, several: string): string[] {
  if (count === 0) return []
  return [
    `Not summed: ${counted(count, one, several)} in another currency, without an exchange rate on ${count === 1 ? 'its' : 'their'} day.`,
  ]
}
