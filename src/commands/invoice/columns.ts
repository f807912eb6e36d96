import type { Currency } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import type { ListedInvoice } from '../../money/invoices/load.ts'
import { mixedAmounts } from '../shared/mixed-amounts.ts'

/** The amounts of an invoice. */
const AMOUNTS = [
  { key: 'net', label: 'Net', hidden: true },
  { key: 'tax', label: 'Tax', hidden: true },
  { key: 'gross', label: 'Amount', hidden: false },
  { key: 'open', label: 'Open', hidden: false },
] as const

/** Rows of a list of invoices, its columns, and the currency of its amounts if it is one. */
export function invoiceTable(
  invoices: readonly ListedInvoice[],
  book: Currency,
): { columns: Column[]; rows: Row[]; currency: Currency } {
  const {
    rows,
    columns: amounts,
    currency,
  } = mixedAmounts(
    invoices.map((invoice) => ({ ...invoice })),
    AMOUNTS,
    book,
  )
  const columns: Column[] = [
    { key: 'name', label: 'Number', type: 'text', spoken: true, whole: true },
    { key: 'number', label: 'Number', type: 'text', hidden: true },
    { key: 'id', label: 'No.', type: 'count', hidden: true },
    { key: 'client', label: 'Client', type: 'text' },
    { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
    { key: 'status', label: 'Status', type: 'text' },
    { key: 'part', label: 'Part', type: 'text', optional: true },
    { key: 'issued_on', label: 'Issued', type: 'day', optional: true },
    { key: 'due_on', label: 'Due', type: 'day', optional: true },
    { key: 'late', label: 'Late', type: 'days', optional: true },
    ...amounts,
    { key: 'currency', label: 'Currency', type: 'text', hidden: true },
    { key: 'kind', label: 'Kind', type: 'text', hidden: true },
    { key: 'corrects', label: 'Corrects', type: 'text', optional: true },
    { key: 'deal', label: 'Deal', type: 'text', hidden: true },
    { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
    { key: 'owner', label: 'Owner', type: 'text', hidden: true },
    { key: 'voided_on', label: 'Voided', type: 'day', hidden: true },
    { key: 'note', label: 'Note', type: 'text', hidden: true },
  ]
  return { columns, rows, currency }
}
