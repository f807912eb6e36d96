import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { CATEGORY_CODES, type TaxCategory } from '../../domain/firm/tax-category.ts'
import { unitWord } from '../../domain/einvoice/units.ts'
import { isDay } from '../../domain/day.ts'
import type { InvoiceTotals } from '../../domain/invoices/taxes.ts'
import { lineNet } from '../../domain/lines/line.ts'
import {
  NO_DISCOUNT,
  ONE,
  type Portion,
  PRICE_DIGITS,
  QUANTITY_DIGITS,
  type Quantity,
  scaled,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import { currencyDigits, decimalToMinor, type Money } from '../../domain/money.ts'
import { tidyLines } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import { isFinalInvoice, type ReadInvoice, type ReadLine } from '../read/einvoice/invoice.ts'
import { billedClient, textOf } from './billed.ts'
import { deductions } from './deducted.ts'
import type { InvoiceDraft } from './draft.ts'

/** What an e-invoice says beyond the columns of a list of invoices. */
export interface EInvoiceDetails {
  /** The client whose VAT ID the buyer has; null if there is none, or several. */
  client: () => number | null
  /** Who is billed, as the invoice says it. */
  buyer: (kind: string, name: string) => string
  /** Writes lines, taxes, references and days of an invoice that was added. */
  write: (id: number, draft: InvoiceDraft) => void
  notes: () => string[]
}

/** A line in the columns of the book, without where it belongs. */
interface LineRow {
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: Portion
  category: TaxCategory
  net: Money
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

const positive = (text: string): string => text.trim().replace(/^[+-]/, '')

function portionOf(percent: string): Portion {
  return scaled(positive(percent), 4, 'percentage') as Portion
}

function categoryOf(code: string): TaxCategory | null {
  return CATEGORY_CODES.find((one) => one === code.trim()) ?? null
}

/** Can the book hold a rate in a category? Only that of the standard category is above 0 %, and at most 100 %. */
const isRate = (category: TaxCategory | null, rate: Portion): boolean =>
  rate <= 1_000_000 && (category === 'S') === rate > 0

/** The largest quantity and price of a line. */
const MOST = 1_000_000_000_000_000

/** Quantity, price and discount of a line, if they come to its net amount. */
function termsOf(line: ReadLine, net: Money, digits: number) {
  const quantity = scaled(positive(line.quantity), QUANTITY_DIGITS, 'quantity') as Quantity
  const per = scaled(positive(line.per), QUANTITY_DIGITS, 'quantity')
  const whole = scaled(positive(line.price), PRICE_DIGITS, 'price')
  const price = (whole * 1_000_000) / per
  const discount = line.discount === null ? NO_DISCOUNT : portionOf(line.discount)
  const isFit =
    quantity > 0 &&
    quantity <= MOST &&
    Number.isSafeInteger(price) &&
    price <= MOST &&
    discount <= 1_000_000
  if (!isFit) return null
  const terms = { quantity, price: price as UnitPrice, discount }
  return lineNet({ ...terms, cost: null }, digits) === net ? terms : null
}

function lineRow(line: ReadLine, digits: number, isMinus: boolean): LineRow | null {
  const category = categoryOf(line.category)
  const minor = decimalToMinor(line.net, digits) * (isMinus ? -1 : 1)
  const tax = portionOf(line.rate)
  if (category === null || minor < 0 || !isRate(category, tax)) return null
  const net = minor as Money
  const found = orNull(() => termsOf(line, net, digits))
  const price = (net * 10 ** (PRICE_DIGITS - digits)) as UnitPrice
  if (!found && price > MOST) return null
  const whole = { quantity: ONE, price, discount: NO_DISCOUNT }
  const text = tidyLines([line.name, line.details ?? ''].join('\n'))
  return {
    text: text || '–',
    unit: line.unit === null ? null : textOf(unitWord(line.unit)),
    tax,
    category,
    net,
    ...(found ?? whole),
  }
}

/** The lines of an invoice; null if they are not all that it comes to. */
function linesOf(invoice: ReadInvoice, net: number, digits: number, isMinus: boolean) {
  if (invoice.isAdjusted || invoice.lines.length === 0) return null
  return orNull(() => {
    const rows = invoice.lines.map((line) => lineRow(line, digits, isMinus))
    const known = rows.filter((row) => row !== null)
    const sum = known.reduce((total, row) => total + row.net, 0)
    return known.length === rows.length && sum === net ? known : null
  })
}

const sumOf = (shares: readonly { base: Money; tax: Money }[], key: 'base' | 'tax'): Money =>
  shares.reduce((sum, share) => sum + share[key], 0) as Money

/** The taxes of an invoice by category and rate; null if the book has no such category, or they do not add up. */
function taxesOf(invoice: ReadInvoice, net: number, tax: number, digits: number, isMinus: boolean) {
  const sign = isMinus ? -1 : 1
  return orNull(() => {
    const rows = invoice.taxes.map((part) => ({
      category: categoryOf(part.category),
      rate: portionOf(part.rate),
      reason: textOf(part.reason),
      base: (decimalToMinor(part.base, digits) * sign) as Money,
      tax: (decimalToMinor(part.tax, digits) * sign) as Money,
    }))
    const isSound = rows.every(
      ({ category, rate, base, tax: on }) =>
        category !== null && isRate(category, rate) && base >= 0 && on >= 0,
    )
    if (!isSound || rows.length === 0 || sumOf(rows, 'base') !== net || sumOf(rows, 'tax') !== tax)
      return null
    return rows as InvoiceTotals['taxes']
  })
}

function wholeOf(taxes: InvoiceTotals['taxes']): InvoiceTotals {
  const [net, tax] = [sumOf(taxes, 'base'), sumOf(taxes, 'tax')]
  return { net, tax, gross: (net + tax) as Money, taxes }
}

const minorOf = (text: string | null, digits: number): number =>
  orNull(() => decimalToMinor(text ?? '', digits)) ?? 0

const dayOf = (text: string | null) => (text !== null && isDay(text) ? text : null)

/** What of an e-invoice a list of invoices has no columns for. */
export function eInvoiceDetails(store: Store, invoice: ReadInvoice): EInvoiceDetails {
  const billed = billedClient(invoice)
  const byVatId = store.prepare('SELECT id FROM clients WHERE vat_id = ? LIMIT 2').pluck()
  const addLine = rowAdder(store, 'invoice_lines')
  const addTax = rowAdder(store, 'invoice_taxes')
  const set = store.prepare(
    'UPDATE invoices SET payment_ref = coalesce(?, payment_ref), service_from = ?, service_to = ? WHERE id = ?',
  )
  const deducted = deductions(store)
  const notes: string[] = []

  const addLines = (id: number, lines: readonly LineRow[]): void => {
    const reasons = new Map(invoice.taxes.map(({ category, reason }) => [category, textOf(reason)]))
    for (const [at, line] of lines.entries()) {
      const reason = reasons.get(line.category) ?? null
      addLine({ invoice_id: id, position: at + 1, product_id: null, reason, ...line })
    }
    const given = lines.filter((line, at) => {
      const said = invoice.lines[at]?.quantity
      return line.quantity === ONE && positive(said ?? '1').replace(/\.0*$/, '') !== '1'
    })
    if (given.length === 0) return
    notes.push(
      `${counted(given.length, 'line')} kept with a quantity of 1: quantity, price and discount do not come to the amount exactly`,
    )
  }

  return {
    client() {
      const { vat_id: vatId } = billed
      const found = vatId == null ? [] : (byVatId.all(vatId) as number[])
      return found.length === 1 ? (found[0] ?? null) : null
    },
    buyer: (kind, name) => JSON.stringify({ name, kind, ...billed, tax_number: null }),
    write(id, draft) {
      const digits = currencyDigits(draft.currency)
      // An invoice below zero counts as a credit note.
      const isMinus = (invoice.gross ?? '').trim().startsWith('-')
      const prepaid = orNull(() => decimalToMinor(invoice.prepaid ?? '0', digits)) ?? 0
      const isFinal = isFinalInvoice(invoice)
      const whole = isFinal
        ? { net: minorOf(invoice.net, digits), tax: minorOf(invoice.tax, digits) }
        : draft
      const taxes = taxesOf(invoice, whole.net, whole.tax, digits, isMinus)
      const lines = taxes === null ? null : linesOf(invoice, whole.net, digits, isMinus)
      const own =
        isFinal && taxes !== null
          ? deducted.take(id, invoice.preceding, { whole: wholeOf(taxes), prepaid })
          : taxes
      for (const part of own ?? []) addTax({ invoice_id: id, ...part })
      if (lines) addLines(id, lines)
      const { service } = invoice
      const [from, to] = [dayOf(service.from), dayOf(service.to)]
      const isSound = from === null || to === null || from <= to
      set.run(textOf(invoice.paymentRef), isSound ? from : null, isSound ? to : null, id)
      if (taxes === null) {
        notes.push(
          'its tax by rate is not kept, as it does not add up, or is of a kind that the book lacks',
        )
      } else if (lines === null) {
        notes.push(
          invoice.lines.length === 0
            ? 'it has no lines'
            : 'its lines are not kept, as they are not all that it comes to',
        )
      }
      const rounding = Number(invoice.rounding ?? '0')
      if (rounding !== 0) notes.push(`it is rounded by ${rounding} to pay, which is not kept`)
      if (prepaid > 0 && !isFinal) {
        notes.push(
          `${invoice.prepaid} of it was paid before: enter that with funnel payment add, unless it is in the book`,
        )
      }
    },
    notes: () => notes,
  }
}
