import { addressLine } from '../../domain/address.ts'
import type { Day } from '../../domain/day.ts'
import { ibanText } from '../../domain/firm/iban.ts'
import { TAX_CATEGORIES } from '../../domain/firm/tax-category.ts'
import type { InvoiceTotals } from '../../domain/invoices/taxes.ts'
import { openParts, type Part } from '../../domain/invoices/ageing.ts'
import { taxOn } from '../../domain/lines/line.ts'
import {
  decimalOf,
  percentText,
  PRICE_DIGITS,
  type Quantity,
  QUANTITY_DIGITS,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import { type Currency, formatMoney, type Money, USUAL_MARKS } from '../../domain/money.ts'
import type { TakenOff } from '../invoices/deductions.ts'
import type { Issued } from '../invoices/find.ts'
import type { Buyer, Seller } from '../invoices/freeze.ts'
import { type InvoiceLine, totalsOf } from '../invoices/lines.ts'
import { labelled, ledgerLine } from './columns.ts'

/** A letter in plain text. */
export interface LetterText {
  subject: string
  text: string
}

/** What a letter with an invoice says. */
export interface InvoiceLetter {
  invoice: Issued
  /** The number of the invoice that a credit note corrects. */
  corrects: string | null
  lines: readonly InvoiceLine[]
  /** What it comes to. */
  totals: InvoiceTotals
  /** What a final invoice takes off. */
  deductions: readonly TakenOff[]
  /** Its instalments; none if it is due at once. */
  parts: readonly Part[]
  /** What is open of it. */
  open: Money
  /** The day of the letter. */
  on: Day
  buyer: Buyer
  seller: Seller
  /** How amounts are written. */
  currency: Currency
}

/** The account to pay to, with the reference to give; empty if there is no account. */
export function paymentLines(seller: Seller, reference: string | null): string {
  const { account } = seller
  if (account === null) return ''
  return labelled([
    ['Account holder', seller.name],
    ['IBAN', account.iban === null ? null : ibanText(account.iban)],
    ['BIC', account.bic],
    ['Account', account.iban === null ? account.number : null],
    ['Sort code', account.iban === null ? account.sort_code : null],
    ['Reference', reference],
  ])
}

/** A price or a quantity as amounts are written: `90.00`, `0.0125`, `2.5`. */
function decimalText(value: number, digits: number, least: number, { marks }: Currency): string {
  const [whole = '', fraction = ''] = decimalOf(value, digits).split('.')
  const shown = fraction.padEnd(least, '0')
  return shown === '' ? whole : `${whole}${(marks ?? USUAL_MARKS).decimal}${shown}`
}

const priceText = (price: UnitPrice, currency: Currency): string =>
  decimalText(price, PRICE_DIGITS, Math.min(currency.digits, PRICE_DIGITS), currency)

const quantityText = (quantity: Quantity, currency: Currency): string =>
  decimalText(quantity, QUANTITY_DIGITS, 0, currency)

function lineText(line: InvoiceLine, currency: Currency): string {
  const { quantity, unit, price, discount } = line
  const count = [quantityText(quantity, currency), unit].filter((part) => part !== null).join(' ')
  const off = discount === 0 ? '' : `, less ${percentText(discount)}`
  return ledgerLine(
    `${line.position}. ${line.text}\n   ${count} at ${priceText(price, currency)}${off}`,
    formatMoney(line.net, currency, true),
  )
}

/** `Reverse charge`, for `reverse charge`. */
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function sums({ invoice, lines, totals, deductions, currency }: InvoiceLetter): string {
  const money = (minor: number): string => formatMoney(minor, currency, true)
  const { taxes, ...whole } = deductions.length === 0 ? totals : totalsOf(lines)
  const rest = [
    ...deductions.map(({ number, issuedOn, net, tax, gross }) =>
      ledgerLine(
        `Less invoice ${number} of ${issuedOn}\n   (net ${money(net)}, tax ${money(tax)})`,
        `-${money(gross)}`,
      ),
    ),
    ledgerLine(
      `Left to pay ${currency.code}\n   (net ${money(invoice.net)}, tax ${money(invoice.tax)})`,
      money(invoice.gross),
    ),
  ]
  return [
    ledgerLine('Net', money(whole.net)),
    ...taxes.map(({ category, rate, reason, base, tax }) => {
      const name =
        category === 'S' ? `Tax at ${percentText(rate)}` : sentence(TAX_CATEGORIES[category])
      const why = reason === null ? '' : ` (${reason})`
      return ledgerLine(`${name} on ${money(base)}${why}`, money(tax))
    }),
    ledgerLine(`Total ${currency.code}`, money(whole.gross)),
    ...(deductions.length === 0 ? [] : rest),
  ].join('\n')
}

/** When how much is to be paid. */
function dueText({ invoice, parts, open, on, currency }: InvoiceLetter): string {
  const money = (minor: number): string => `${formatMoney(minor, currency, true)} ${currency.code}`
  if (open === 0) return 'It is paid; nothing is left to be done.'
  const paid = invoice.gross - open
  const before = paid === 0 ? [] : [`Paid so far: ${money(paid)}.`]
  if (parts.length > 0) {
    const left = openParts(parts, paid).map(({ dueOn, amount }) => `  ${money(amount)} by ${dueOn}`)
    return [...before, 'Please pay:', ...left].join('\n')
  }
  const { discount, discount_on: until } = invoice
  const early =
    discount === null || until === null || until < on || paid > 0
      ? []
      : [
          `If you pay by ${until}, you may take off ${percentText(discount)}: ${money(invoice.gross - taxOn(invoice.gross, discount))}.`,
        ]
  return [...before, `Please pay ${money(open)} by ${invoice.due_on}.`, ...early].join('\n')
}

/** Who sent it, below the letter: name, address, numbers. */
function footer(seller: Seller): string {
  const numbers = [
    seller.vat_id === null ? null : `VAT ID ${seller.vat_id}`,
    seller.tax_number === null ? null : `Tax number ${seller.tax_number}`,
    seller.register,
  ]
  const reach = [seller.email, seller.phone, seller.website]
  const line = (parts: (string | null)[]): string =>
    parts.filter((part) => part !== null).join(', ')
  return [seller.name ?? '', addressLine(seller) ?? '', line(numbers), line(reach)]
    .filter((part) => part !== '')
    .join('\n')
}

const days = (from: string | null, to: string | null): string | null =>
  [from, to].filter((day) => day !== null).join(' to ') || null

const KINDS = {
  whole: 'Invoice',
  deposit: 'Deposit invoice',
  part: 'Part invoice',
  final: 'Final invoice',
}

/** An invoice or a credit note as plain text, with what to pay by when, and to which account. */
export function invoiceLetter(of: InvoiceLetter): LetterText {
  const { invoice, corrects, lines, buyer, seller, currency } = of
  const isCredit = invoice.kind === 'credit'
  const what = isCredit ? 'Credit note' : KINDS[invoice.part ?? 'whole']
  const from = seller.name === null ? '' : ` from ${seller.name}`
  const paragraphs = [
    `${buyer.name}\n${addressLine(buyer) ?? ''}`.trim(),
    labelled([
      [what, invoice.number],
      ['Day', invoice.issued_on],
      ['Corrects', corrects],
      ['Your order', invoice.order_ref],
      ['Service', days(invoice.service_from, invoice.service_to)],
      ['Your VAT ID', buyer.vat_id],
    ]),
    lines.map((line) => lineText(line, currency)).join('\n'),
    sums(of),
    invoice.note ?? '',
    isCredit ? 'There is nothing to pay: it is set off against what you owe.' : dueText(of),
    isCredit || of.open === 0 ? '' : paymentLines(seller, invoice.payment_ref ?? invoice.number),
    footer(seller),
  ]
  return {
    subject: `${what} ${invoice.number}${from}`,
    text: `${paragraphs.filter((part) => part !== '').join('\n\n')}\n`,
  }
}
