import type { PaidDeal } from '../../money/payments/paid-deals.ts'
import type { Db } from '../../book/store/db.ts'
import { list, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { pastDayOption } from '../../cli/options.ts'
import { parseMoney } from '../../domain/amount.ts'
import { Fault } from '../../domain/fault.ts'
import type { Currency, Money } from '../../domain/money.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { findInvoice, type Invoice } from '../../money/invoices/find.ts'
import type { Allocated } from '../../money/payments/allocate.ts'
import { currencyOf } from '../shared/own-money.ts'
import { readTypedMoney } from '../shared/typed-money.ts'
import { sumText } from '../invoice/fields.ts'

/** What a payment has besides its client and its amount. */
export const paymentOptions = {
  on: pastDayOption('--on <day>', 'the day it was paid, if not today'),
  method: option('--method <text>', 'how: cash, card, transfer'),
  account: option('--account <account>', 'the bank account it went to'),
  note: option('--note <text>', 'anything else'),
}

/** The invoices that a payment is for. */
export const forOption = list(
  '--for <invoice>',
  'the invoice it pays, or several: 2026-0001,2026-0002 (repeatable)',
)

/** The argument that names a payment. */
export const paymentArgument = { syntax: '<payment>', help: 'its number, which payment list shows' }

/** The number of a payment. */
export function paymentNumber(text: string): number {
  const hint = 'see: funnel payment list'
  return wholeNumber(text.replace(/^#/, ''), { what: 'the number of a payment', hint })
}

/** An amount in a currency that it may name: `1190`, `1000 USD`. */
export function readSum(text: string, book: Currency): { amount: Money; currency: string } {
  if (text === '') throw new Fault('usage', 'how much was paid?', 'funnel payment add CLIENT 1190')
  const { named } = readTypedMoney(text, book)
  const currency = currencyOf(named === null || named === book.code ? null : named, book)
  return { amount: parseMoney(text, currency), currency: currency.code }
}

/** The same; without a currency of its own it is in the given one. */
export async function readSumIn(context: Context, text: string, code: string): Promise<Money> {
  const book = (await context.book()).settings.currency
  return parseMoney(text, currencyOf(code === book.code ? null : code, book))
}

/** The invoices that texts name, each once, in their order. */
export async function invoicesNamed(db: Db, texts: readonly string[]): Promise<Invoice[]> {
  const names = texts.flatMap((text) => text.split(',')).map((text) => text.trim())
  const found = new Map<number, Invoice>()
  for (const name of names.filter((text) => text !== '')) {
    const invoice = await findInvoice(db, name)
    found.set(invoice.id, invoice)
  }
  return [...found.values()]
}

/** `; 2026-0001 is paid, 190.00 EUR are open of 2026-0002`. */
export function allocatedText(done: readonly Allocated[], book: Currency): string {
  const parts = done.map(({ invoice, open }) =>
    open === 0
      ? `${invoice.number} is settled`
      : `${sumText(open, invoice.currency, book)} are still open of ${invoice.number}`,
  )
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`
}

/** What was allocated, for programs. */
export function allocatedResult(done: readonly Allocated[]) {
  return { settled: done.map(({ invoice }) => invoice.number).join(', ') }
}

/** `deal 7 (Cold store) is won, as it is paid`, for each. */
export function paidTexts(deals: readonly PaidDeal[]): string[] {
  return deals.map(({ id, step: { title, state, now } }) => {
    const where = state.status === 'won' ? 'is won' : `went on to ${now}`
    return `deal ${id} (${title}) ${where}, as it is paid`
  })
}

/** The same after what was done: `; deal 7 …`. */
export function paidText(deals: readonly PaidDeal[]): string {
  return paidTexts(deals)
    .map((text) => `; ${text}`)
    .join('')
}

/** The same for programs. */
export function paidResult(deals: readonly PaidDeal[]) {
  return {
    deals: deals.map(({ id, step: { state, now } }) => ({
      deal: id,
      status: state.status,
      stage: now,
    })),
  }
}
