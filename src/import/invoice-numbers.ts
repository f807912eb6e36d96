import type { Store } from '../book/store/store.ts'
import { decimalToMinor, type Money, currencyDigits } from '../domain/money.ts'
import { nameKey } from '../domain/name.ts'
import type { Day } from '../domain/day.ts'

/** An invoice that a row of a file names, with what is open of it. */
export interface NamedInvoice {
  id: number
  kind: 'invoice' | 'credit'
  number: string
  client_id: number
  currency: string
  issued_on: Day
  voided_on: Day | null
  /** What is not settled of an invoice, or not used of a credit note. */
  open: number
}

/** A number in a list of them, and how much of the invoice is meant; null is all that can be. */
export interface Share {
  number: string
  invoice: NamedInvoice | undefined
  amount: Money | null
}

const AMOUNT = /^(.*\S)\s*=\s*(\d+(?:\.\d+)?)$/

/** Finds issued invoices and credit notes by their numbers. */
export function invoiceNumbers(store: Store) {
  const find = store.prepare(
    `SELECT i.id, i.kind, i.number, i.client_id, i.currency, i.issued_on, i.voided_on,
       i.gross - coalesce((SELECT sum(a.amount) FROM allocations AS a
         WHERE i.kind = 'invoice' AND a.invoice_id = i.id), 0)
       - coalesce((SELECT sum(a.amount) FROM allocations AS a
         WHERE i.kind = 'credit' AND a.credit_id = i.id), 0) AS open
     FROM invoices AS i WHERE i.number_key = ?`,
  )
  const invoice = (number: string): NamedInvoice | undefined =>
    find.get(nameKey(number)) as NamedInvoice | undefined
  const share = (text: string, currency: string): Share => {
    const whole = invoice(text)
    const [, number, amount] = AMOUNT.exec(text) ?? []
    if (whole || number === undefined || amount === undefined) {
      return { number: text, invoice: whole, amount: null }
    }
    const digits = currencyDigits(currency)
    return { number, invoice: invoice(number), amount: decimalToMinor(amount, digits) as Money }
  }
  return {
    invoice,
    /**
     * The invoices of a list of numbers, with commas or semicolons between them: `2026-0001, 2026-0003`, or
     * `2026-0001=119.00; 2026-0003=50.00` where only a part of each is meant.
     * @param currency what these amounts are in.
     * @throws Fault `usage` if an amount is finer than the currency.
     */
    listed(text: string, currency: string): Share[] {
      if (invoice(text)) return [share(text, currency)]
      return text
        .split(/[,;\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => share(part, currency))
    },
  }
}

/** A list of numbers and amounts, as exports write it: a number alone if all of something is for it. */
export function numberList(
  shares: readonly { number: string; amount: string }[],
  isWhole: boolean,
) {
  const [only] = shares
  if (shares.length === 1 && isWhole) return only?.number ?? null
  return shares.map(({ number, amount }) => `${number}=${amount}`).join('; ') || null
}
