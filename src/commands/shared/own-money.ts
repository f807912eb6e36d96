import {
  type Currency,
  currencyDigits,
  formatMoney,
  type Money,
  toDecimal,
} from '../../domain/money.ts'
import type { Row } from '../../domain/table.ts'

/** The amounts of a deal: in the book's currency, and in its own if that is another one. Minor units. */
export interface OwnMoney {
  amount: Money | null
  cost: Money | null
  /** Null is the book's. */
  currency: string | null
  own_amount: Money | null
  own_cost: Money | null
}

/** The currency that a deal is in, written as the book's amounts are. */
export function currencyOf(code: string | null, book: Currency): Currency {
  return code === null ? book : { ...book, code, digits: currencyDigits(code) }
}

/** `1,000.00 USD`. */
export function moneyText(minor: number, currency: Currency): string {
  return `${formatMoney(minor, currency, true)} ${currency.code}`
}

/**
 * A deal's currency and its amount there as cells: `currency` and `own_amount` for programs, and `in_currency`, the
 * amount with its currency, for people where that is not the book's.
 */
export function ownCells(
  { currency: code, amount, own_amount: own }: OwnMoney,
  book: Currency,
): Row {
  const currency = currencyOf(code, book)
  const minor = code === null ? amount : own
  return {
    currency: currency.code,
    own_amount: minor === null ? null : toDecimal(minor, currency),
    in_currency: code === null || minor === null ? null : moneyText(minor, currency),
  }
}
