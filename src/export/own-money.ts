import { type Currency, currencyDigits, toDecimal } from '../domain/money.ts'
import type { Cell, Column } from '../domain/table.ts'
import { column } from './columns.ts'

/** Amounts as numbers, as each currency has its own decimals, and a column for the currency after the others. */
export function withCurrency(columns: Column[]): Column[] {
  const asNumbers = columns.map((one) =>
    one.type === 'money' ? { ...one, type: 'number' as const } : one,
  )
  return [...asNumbers, column('currency')]
}

/** The same with a column for the rate. */
export function abroad(columns: Column[]): Column[] {
  return [...withCurrency(columns), column('exchange-rate')]
}

/** What a deal or an event has in a currency of its own; null is the book's. */
interface OwnMoney {
  amount: number | null
  cost: number | null
  currency: string | null
  rate: string | null
}

/** The cells of these columns: amounts in their own currency, as decimals, and the rate. */
export function ownMoney(of: OwnMoney, book: Currency): Record<string, Cell> {
  const code = of.currency ?? book.code
  const own = of.currency === null ? book : { code, digits: currencyDigits(code) }
  const decimal = (minor: number | null): number | null =>
    minor === null ? null : toDecimal(minor, own)
  return {
    amount: decimal(of.amount),
    cost: decimal(of.cost),
    currency: code,
    'exchange-rate': of.rate,
  }
}
