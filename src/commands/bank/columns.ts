import { type Currency, currencyDigits, toDecimal } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import type { BankLine } from '../../records/bank-lines.ts'

const DECIMALS = 2

/** The columns of a list of bookings. @param isOneCurrency are all amounts in the currency of the report? */
export function lineColumns(isOneCurrency: boolean): Column[] {
  return [
    { key: 'id', label: 'No.', type: 'count' },
    { key: 'booked_on', label: 'Booked', type: 'day' },
    isOneCurrency
      ? { key: 'amount', label: 'Amount', type: 'money' }
      : { key: 'amount', label: 'Amount', type: 'number', digits: DECIMALS },
    { key: 'currency', label: 'Currency', type: 'text', hidden: isOneCurrency },
    { key: 'party', label: 'Payer or payee', type: 'text', optional: true },
    { key: 'text', label: 'Text', type: 'text', wrap: true, optional: true },
    { key: 'state', label: 'State', type: 'text' },
    { key: 'payment', label: 'Payment', type: 'count', optional: true },
    { key: 'client', label: 'Client', type: 'text', hidden: true },
    { key: 'reason', label: 'Reason', type: 'text', optional: true },
    { key: 'account', label: 'Account', type: 'text' },
    { key: 'value_on', label: 'Value', type: 'day', hidden: true },
    { key: 'party_account', label: 'Their account', type: 'text', hidden: true },
    { key: 'bank_ref', label: 'Bank reference', type: 'text', hidden: true },
    { key: 'e2e_ref', label: 'End-to-end reference', type: 'text', hidden: true },
    { key: 'structured_ref', label: 'Structured reference', type: 'text', hidden: true },
    { key: 'file', label: 'File', type: 'text', hidden: true },
  ]
}

/** A booking as a row: its amount in minor units if all of a list are in one currency, else as a decimal. */
export function lineRow(line: BankLine, isOneCurrency: boolean): Row {
  const { bank_account_id: _, amount, ...rest } = line
  return { ...rest, amount: isOneCurrency ? amount : decimalAmount(line) }
}

/** The amount of a booking in units of its currency. */
export function decimalAmount({ amount, currency }: BankLine): number {
  return toDecimal(amount, { code: currency, digits: currencyDigits(currency) })
}

/** The currency of all of some accounts, written as the book's amounts are; undefined if there are several. */
export function commonCurrency(codes: readonly string[], book: Currency): Currency | undefined {
  const [code, other] = new Set(codes)
  if (code === undefined || other !== undefined) return undefined
  return { ...book, code, digits: currencyDigits(code) }
}
