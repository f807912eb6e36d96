import { sql, type SqlBool } from 'kysely'
import { promisesOn } from '../../book/promises.ts'
import { defineCommand } from '../../cli/command.ts'
import { addressLine } from '../../domain/address.ts'
import type { Day } from '../../domain/day.ts'
import { ibanText } from '../../domain/firm/iban.ts'
import { openParts } from '../../domain/invoices/ageing.ts'
import { shownPlan } from '../../domain/invoices/plan.ts'
import { percentText } from '../../domain/lines/scaled.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import type { Column, Section } from '../../domain/table.ts'
import { eventsOf, instalmentsOf, settlings } from '../../money/invoices/course.ts'
import { takenOff, type TakenOff } from '../../money/invoices/deductions.ts'
import { findInvoice, invoiceName } from '../../money/invoices/find.ts'
import { type Buyer, loadBuyer, type Seller } from '../../money/invoices/freeze.ts'
import { listInvoices } from '../../money/invoices/load.ts'
import { billedTotals, type InvoiceLine, loadInvoiceLines } from '../../money/invoices/lines.ts'
import { termsFor } from '../../money/invoices/terms.ts'
import { keptDocuments } from '../../documents/keep.ts'
import { listReminders } from '../../money/reminders/list.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { pricedLines, taxSection } from '../shared/priced-lines.ts'
import { documentRow, DOCUMENTS_OF_ONE } from '../document/columns.ts'
import { PROMISE_COLUMNS, promiseRow } from '../promise/table.ts'
import { invoiceArgument } from './fields.ts'

function lineSection(lines: readonly InvoiceLine[], currency: Currency): Section {
  const footer = { text: 'Net', net: lines.reduce((sum, { net }) => sum + net, 0) }
  return { key: 'lines', title: 'Lines', ...pricedLines(lines, currency), footer }
}

/** What a final invoice takes off. */
function deductionSection(deductions: readonly TakenOff[]): Section {
  return {
    key: 'deductions',
    title: 'Billed before, and taken off',
    columns: [
      { key: 'number', label: 'Invoice', type: 'text', whole: true },
      { key: 'issued_on', label: 'Issued', type: 'day' },
      { key: 'net', label: 'Net', type: 'money' },
      { key: 'tax', label: 'Tax', type: 'money' },
      { key: 'gross', label: 'Gross', type: 'money', lasting: true },
    ],
    rows: deductions.map(({ id: _, issuedOn, ...row }) => ({ ...row, issued_on: issuedOn })),
  }
}

const SETTLED: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'by', label: 'By', type: 'text' },
  { key: 'amount', label: 'Amount', type: 'money', lasting: true },
  { key: 'booking', label: 'Booking', type: 'count', optional: true },
  { key: 'note', label: 'Note', type: 'text', optional: true },
]

const REMINDERS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'level', label: 'Level', type: 'count' },
  { key: 'due_on', label: 'Due', type: 'day' },
  { key: 'open', label: 'Late then', type: 'money', lasting: true },
  { key: 'interest', label: 'Interest', type: 'money', optional: true },
  { key: 'by', label: 'By', type: 'text' },
]

/** Those of its own card need not name the invoice. */
const PROMISES: Column[] = PROMISE_COLUMNS.map((column) =>
  ['number', 'client'].includes(column.key) ? { ...column, hidden: true } : column,
)

const EVENTS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'until', label: 'Until', type: 'day', optional: true },
  { key: 'note', label: 'Why', type: 'text', optional: true },
]

/** `Konto: DE89 3704 …, BIC …`. */
function accountText({ account }: Seller): string | null {
  if (account === null) return null
  const number = account.iban === null ? account.number : ibanText(account.iban)
  return [number, account.bic ?? account.sort_code].filter((part) => part !== null).join(', ')
}

export default defineCommand({
  asOf: true,
  arguments: [invoiceArgument],
  options: {},
  examples: ['invoice show d2', 'invoice show 2026-0001 --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const on = await context.asOf()
    const invoice = await findInvoice(db, text)
    const [listed] = await listInvoices(db, { id: invoice.id }, on)
    if (!listed) return
    const book = settings.currency
    const currency = currencyOf(invoice.currency === book.code ? null : invoice.currency, book)
    const lines = await loadInvoiceLines(db, invoice.id)
    const totals = await billedTotals(db, invoice, lines)
    const deductions = await takenOff(db, invoice.id)
    const parts = await instalmentsOf(db, invoice.id)
    const settled = (await settlings(db, invoice)).filter(({ at }) => at <= on)
    const buyer =
      invoice.buyer === null
        ? await loadBuyer(db, invoice.client_id)
        : (JSON.parse(invoice.buyer) as Buyer)
    const seller = invoice.seller === null ? null : (JSON.parse(invoice.seller) as Seller)
    const { name: terms } = await termsFor(db, invoice)
    const money = (minor: number): string => moneyText(minor, currency)
    const about: [label: string, value: string | null][] = [
      ['Client', [buyer.name, addressLine(buyer)].filter((part) => part !== null).join(', ')],
      ['Deal', listed.deal],
      ['Status', statusText(listed.status, listed.late, invoice.voided_on)],
      ['Part', invoice.part && PARTS[invoice.part]],
      ['Corrects', listed.corrects],
      ['Issued', invoice.issued_on],
      ['Due', invoice.due_on],
      ['Terms', invoice.issued_on === null ? terms : null],
      ['Instalments', invoice.plan === null || parts.length > 0 ? null : shownPlan(invoice.plan)],
      ['Discount', discountText(invoice.discount, invoice.discount_on)],
      ['Amount', money(invoice.gross)],
      ['Open', invoice.issued_on === null ? null : money(listed.open)],
      ['Rate', invoice.rate],
      ['Service', serviceText(invoice.service_from, invoice.service_to)],
      ['Order', invoice.order_ref],
      ['Buyer reference', invoice.buyer_ref],
      ['Pay to', seller && accountText(seller)],
      ['Reference', invoice.payment_ref],
      ['Owner', listed.owner],
      ['Note', invoice.note],
    ]
    const reminders = await listReminders(db, { invoiceId: invoice.id, on })
    const promises = (await promisesOn(db, on, [sql<SqlBool>`i.id = ${invoice.id}`])).map((one) =>
      promiseRow(one, book),
    )
    const open = new Map(
      openParts(
        parts.map(({ due_on: dueOn, amount }) => ({ dueOn, amount })),
        invoice.gross - listed.open,
      ).map(({ dueOn, amount }) => [dueOn, amount]),
    )
    const name = invoiceName(invoice)
    await context.print({
      card: true,
      name: 'invoice',
      title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      subtitle: about.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`),
      currency,
      head: {
        ...listed,
        net: toDecimal(listed.net, currency),
        tax: toDecimal(listed.tax, currency),
        gross: toDecimal(listed.gross, currency),
        open: toDecimal(listed.open, currency),
        service_from: invoice.service_from,
        service_to: invoice.service_to,
        payment_ref: invoice.payment_ref,
        order_ref: invoice.order_ref,
        buyer_ref: invoice.buyer_ref,
        rate: invoice.rate,
        buyer: { ...buyer },
        seller: seller ? { ...seller, account: accountText(seller) } : null,
      },
      sections: [
        lineSection(lines, currency),
        deductionSection(deductions),
        { ...taxSection(totals), hidden: lines.length === 0 },
        {
          key: 'instalments',
          title: 'Instalments',
          columns: [
            { key: 'due_on', label: 'Due', type: 'day' },
            { key: 'amount', label: 'Amount', type: 'money' },
            { key: 'open', label: 'Open', type: 'money' },
          ],
          rows: parts.map((part) => ({ ...part, open: open.get(part.due_on) ?? 0 })),
        },
        {
          key: 'settled',
          title: 'Paid and credited',
          columns: SETTLED,
          rows: settled.map((row) => ({ ...row })),
        },
        {
          key: 'reminders',
          title: 'Reminders',
          columns: REMINDERS,
          rows: reminders.map(({ message_id: mail, interest, ...row }) => ({
            ...row,
            interest: interest === 0 ? null : interest,
            by: mail === null ? 'file' : 'mail',
          })),
        },
        { key: 'promises', title: 'Promises to pay', columns: PROMISES, rows: promises },
        {
          key: 'documents',
          title: 'Documents sent',
          columns: DOCUMENTS_OF_ONE,
          rows: (await keptDocuments(db, { invoiceId: invoice.id }))
            .filter(({ sent_on: sentOn }) => sentOn <= on)
            .map(documentRow),
        },
        {
          key: 'events',
          title: 'History',
          columns: EVENTS,
          rows: (await eventsOf(db, invoice.id)).map((row) => ({ ...row })),
        },
      ],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: '',
    })
  },
})

const PARTS = {
  deposit: 'deposit',
  part: 'part',
  final: 'final, less what was billed before',
}

function statusText(status: string, late: number | null, voidedOn: Day | null): string {
  if (voidedOn !== null) return `void since ${voidedOn}`
  return late === null ? status : `${status}, ${late} ${late === 1 ? 'day' : 'days'} late`
}

function discountText(
  discount: Parameters<typeof percentText>[0] | null,
  until: Day | null,
): string | null {
  return discount === null || until === null ? null : `${percentText(discount)} until ${until}`
}

function serviceText(from: Day | null, to: Day | null): string | null {
  if (from === null && to === null) return null
  return [from, to].filter((day) => day !== null).join(' to ')
}
