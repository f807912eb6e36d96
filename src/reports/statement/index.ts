import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { daysLate } from '../../domain/invoices/ageing.ts'
import { type Currency, currencyDigits, formatMoney } from '../../domain/money.ts'
import { describePeriod, type Period } from '../../domain/period.ts'
import type { Column, Report, Row, Section } from '../../domain/table.ts'
import {
  type Account,
  accountCurrencies,
  type Entry,
  type EntryKind,
  loadEntries,
  loadOpen,
} from './load.ts'

const COLUMNS: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'kind', label: 'Kind', type: 'text', hidden: true },
  { key: 'document', label: 'No.', type: 'text', whole: true, none: '' },
  { key: 'text', label: 'What', type: 'text', wrap: true, worded: true },
  { key: 'due_on', label: 'Due', type: 'day', hidden: true },
  { key: 'debit', label: 'Debit', type: 'money', none: '' },
  { key: 'credit', label: 'Credit', type: 'money', none: '' },
  { key: 'balance', label: 'Balance', type: 'money', lasting: true },
]

const TOTALS: Column[] = [
  { key: 'opening', label: 'Opening balance', type: 'money' },
  { key: 'debit', label: 'Debit', type: 'money' },
  { key: 'credit', label: 'Credit', type: 'money' },
  { key: 'closing', label: 'Closing balance', type: 'money' },
]

const OPEN: Column[] = [
  { key: 'number', label: 'No.', type: 'text', whole: true },
  { key: 'issued_on', label: 'Issued', type: 'day' },
  { key: 'due_on', label: 'Due', type: 'day' },
  { key: 'late', label: 'Days late', type: 'days', optional: true, none: '' },
  { key: 'gross', label: 'Gross', type: 'money' },
  { key: 'open', label: 'Open', type: 'money', lasting: true },
]

function textOf({ kind, about, other, due_on: due }: Entry): string {
  const on = about === null ? '' : ` on ${about}`
  const what: Record<EntryKind, () => string> = {
    invoice: () => `Invoice, due ${due}`,
    void: () => 'Invoice voided',
    credit: () => `Credit note${on}`,
    'paid-for-other': () => `Used for ${about} of ${other}`,
    'paid-by-other': () => `${about}, paid by ${other}`,
    payment: () => (about === null ? 'Payment' : `Payment for ${about}`),
    refund: () => 'Refund',
    discount: () => `Discount${on}`,
    fee: () => `Bank fee${on}`,
    'write-off': () => `Write-off${on}`,
  }
  return what[kind]()
}

/** What is asked of an account. */
export interface StatementAsk {
  client: { id: number; name: string }
  /** The name of your company, which the client sees; null if it is not known. */
  company: string | null
  asOf: Day
  period: Period
  /** The code of a currency; by default the book’s if the account has anything in it, else the one it has. */
  currency: string | undefined
  book: Currency
}

/** The currency of a statement, and the others that the account has. */
async function chooseCurrency(db: Db, { client, asOf, currency, book }: StatementAsk) {
  const all = await accountCurrencies(db, client.id, asOf)
  if (currency !== undefined && all.length > 0 && !all.includes(currency)) {
    throw new Fault(
      'failed',
      `nothing of ${client.name} is in ${currency}, only in ${all.join(', ')}`,
      'leave out --currency, or name another',
    )
  }
  const [most = book.code] = all
  const code = currency ?? (all.includes(book.code) ? book.code : most)
  return { code, others: all.filter((one) => one !== code) }
}

async function openSection(db: Db, account: Account): Promise<Section> {
  const rows = (await loadOpen(db, account)).map((invoice): Row => {
    const late = daysLate(invoice.due_on, account.on)
    return { ...invoice, late: late > 0 ? late : null }
  })
  return { key: 'open', title: 'Open', columns: OPEN, rows }
}

/**
 * A client’s account in one currency, line by line. What is billed and given back is debit; credit is what was paid,
 * credited, voided, or settled without money. The closing balance is that of `report receivables` on its last day.
 * @throws Fault `failed` for a currency that the account has nothing in; `usage` for a period that is to come.
 */
export async function statementReport(db: Db, ask: StatementAsk): Promise<Report> {
  const { client, company, asOf, period, book } = ask
  const { code, others } = await chooseCurrency(db, ask)
  const on = period.to !== null && period.to < asOf ? period.to : asOf
  if (period.from !== null && period.from > on) {
    const hint = 'name an earlier one: --period last-quarter'
    throw new Fault('usage', `the period begins after ${on}`, hint)
  }
  const account = { clientId: client.id, currency: code, on }
  const entries = await loadEntries(db, account)
  const { from } = period
  const isBefore = ({ day }: Entry): boolean => from !== null && day < from
  const opening = entries.filter(isBefore).reduce((sum, { change }) => sum + change, 0)
  const rows: Row[] = []
  let balance = opening
  if (from !== null) {
    rows.push({ day: from, kind: 'opening', text: 'Opening balance', balance })
  }
  let [debit, credit] = [0, 0]
  for (const entry of entries) {
    if (isBefore(entry)) continue
    const { day, kind, document, change, due_on } = entry
    balance += change
    if (change >= 0) debit += change
    else credit -= change
    rows.push({
      day,
      kind,
      document,
      text: textOf(entry),
      due_on,
      debit: change >= 0 ? change : null,
      credit: change < 0 ? -change : null,
      balance,
    })
  }
  const isEmpty = entries.length === 0
  const open = await openSection(db, account)
  const currency = { ...book, code, digits: currencyDigits(code) }
  const unused = open.rows.reduce((sum, row) => sum + Number(row.open), 0) - balance
  return {
    name: 'statement',
    title: `Account of ${client.name}, ${describePeriod({ from, to: on })}`,
    subtitle: [...(company === null ? [] : [`with ${company}`]), code],
    currency,
    head: { client: client.name, client_id: client.id, as_of: on, period: { from, to: on } },
    sections: [
      {
        key: 'rows',
        columns: COLUMNS,
        rows: isEmpty ? [] : rows,
        footer: { text: `Balance on ${on}`, debit, credit, balance },
      },
      ...(open.rows.length > 0 ? [open] : []),
    ],
    totals: { opening, debit, credit, closing: balance },
    totalColumns: TOTALS,
    notes: [
      ...(unused > 0
        ? [
            `Not used yet: ${formatMoney(unused, currency, true)} ${code} of payments and credit notes.`,
          ]
        : []),
      ...others.map(
        (other) => `Also in ${other}: funnel report statement ${client.id} --currency ${other}`,
      ),
    ],
    charts: [],
    empty: 'Nothing was billed or paid.',
  }
}
