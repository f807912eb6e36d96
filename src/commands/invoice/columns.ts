import { type Currency, toDecimal } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import type { ListedInvoice } from '../../money/invoices/load.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

/** The amounts of an invoice, by their columns. */
const AMOUNTS = [
  ['net', 'Net', true],
  ['tax', 'Tax', true],
  ['gross', 'Amount', false],
  ['open', 'Open', false],
] as const

/**
 * The columns of amounts that may be in several currencies: as money if all are in one, else as texts that name it.
 * Programs get them as decimals next to `currency`.
 */
function amountColumns(isMixed: boolean): Column[] {
  return AMOUNTS.flatMap(([key, label, hidden]): Column[] =>
    isMixed
      ? [
          {
            key: `${key}_text`,
            label,
            type: 'text',
            spoken: true,
            lasting: true,
            whole: true,
            hidden,
          },
          { key, label, type: 'number', hidden: true },
        ]
      : [{ key, label, type: 'money', lasting: true, hidden }],
  )
}

/** Rows of a list of invoices, its columns, and the currency of its amounts if it is one. */
export function invoiceTable(
  invoices: readonly ListedInvoice[],
  book: Currency,
): { columns: Column[]; rows: Row[]; currency: Currency } {
  const codes = new Set(invoices.map(({ currency }) => currency))
  const isMixed = codes.size > 1
  const [only = book.code] = codes
  const currency = currencyOf(isMixed || only === book.code ? null : only, book)
  const rows = invoices.map(({ client_id: clientId, deal_id: dealId, ...invoice }): Row => {
    const own = currencyOf(invoice.currency === book.code ? null : invoice.currency, book)
    if (!isMixed) return { ...invoice, client_id: clientId, deal_id: dealId }
    const amounts = AMOUNTS.flatMap(([key]) => [
      [key, toDecimal(invoice[key], own)],
      [`${key}_text`, moneyText(invoice[key], own)],
    ])
    return { ...invoice, client_id: clientId, deal_id: dealId, ...Object.fromEntries(amounts) }
  })
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
    ...amountColumns(isMixed),
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
