import type { StandingPromise } from '../../book/promises.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

/** The columns of promises. */
export const PROMISE_COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'number', label: 'Invoice', type: 'text', whole: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'amount_text', label: 'Promised', type: 'text', spoken: true, lasting: true, whole: true },
  { key: 'amount', label: 'Promised', type: 'number', hidden: true },
  { key: 'for_day', label: 'For', type: 'day' },
  { key: 'status', label: 'Status', type: 'text' },
  {
    key: 'missing_text',
    label: 'Missing',
    type: 'text',
    optional: true,
    spoken: true,
    whole: true,
  },
  { key: 'missing', label: 'Missing', type: 'number', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'made_on', label: 'Made', type: 'day', hidden: true },
  { key: 'owner', label: 'Owner', type: 'text', hidden: true },
  { key: 'note', label: 'Note', type: 'text', optional: true },
]

const WORDS: Partial<Record<string, string>> = { late: 'kept late' }

/** A promise as a row; what is missing only where it is broken. */
export function promiseRow(promise: StandingPromise, book: Currency): Row {
  const { invoice_id: _, ...rest } = promise
  const own = currencyOf(promise.currency === book.code ? null : promise.currency, book)
  return {
    ...rest,
    status: WORDS[promise.status] ?? promise.status,
    amount: toDecimal(promise.amount, own),
    amount_text: moneyText(promise.amount, own),
    missing: toDecimal(promise.missing, own),
    missing_text: promise.status === 'broken' ? moneyText(promise.missing, own) : null,
  }
}
