import type { Selectable } from 'kysely'
import type { InvoiceLinesTable } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { type InvoiceTotals, invoiceTotals, type LineTax } from '../../domain/invoices/taxes.ts'
import { lineNet } from '../../domain/lines/line.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import { currencyDigits } from '../../domain/money.ts'
import { tidyName, tidyText } from '../../domain/name.ts'
import { numberIn } from '../../records/lookup/places.ts'
import type { Invoice } from './find.ts'

/** A line of an invoice as the book has it. */
export type InvoiceLine = Selectable<InvoiceLinesTable>

/** What a line of an invoice says. */
export interface InvoiceLineValues {
  productId: number | null
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: LineTax
}

/** The lines of an invoice in their order. */
export function loadInvoiceLines(db: Db, invoiceId: number): Promise<InvoiceLine[]> {
  return db
    .selectFrom('invoice_lines')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('position')
    .execute()
}

/** What lines of the book come to. */
export function totalsOf(lines: readonly InvoiceLine[]): InvoiceTotals {
  return invoiceTotals(lines.map((line) => ({ ...line, rate: line.tax })))
}

/** Lets the amounts of a draft follow its lines. */
export async function settleDraft(db: Db, invoiceId: number): Promise<InvoiceTotals> {
  const totals = totalsOf(await loadInvoiceLines(db, invoiceId))
  const { net, tax, gross } = totals
  await db.updateTable('invoices').set({ net, tax, gross }).where('id', '=', invoiceId).execute()
  return totals
}

function lineColumns({ tax, ...line }: InvoiceLineValues, currency: string) {
  const text = tidyText(line.text)
  if (text === '') {
    const hint = 'say what it is for: --line "2 h Consulting @ 90"'
    throw new Fault('usage', 'a line of an invoice needs a text', hint)
  }
  const net = lineNet({ ...line, cost: null }, currencyDigits(currency))
  return {
    product_id: line.productId,
    text,
    quantity: line.quantity,
    unit: tidyName(line.unit ?? '') || null,
    price: line.price,
    discount: line.discount,
    tax: tax.rate,
    category: tax.category,
    reason: tax.reason,
    net,
  }
}

/** Adds a line at the end of a draft. Returns its number in the draft; its amounts are settled by `settleDraft`. */
export async function addInvoiceLine(
  db: Db,
  { id, currency }: Pick<Invoice, 'id' | 'currency'>,
  line: InvoiceLineValues,
): Promise<number> {
  const last = (await loadInvoiceLines(db, id)).at(-1)
  const position = (last?.position ?? 0) + 1
  await db
    .insertInto('invoice_lines')
    .values({ invoice_id: id, position, ...lineColumns(line, currency) })
    .execute()
  return position
}

/** Writes a line with other values. */
export async function writeInvoiceLine(
  db: Db,
  { currency }: Pick<Invoice, 'currency'>,
  id: number,
  line: InvoiceLineValues,
): Promise<void> {
  const set = lineColumns(line, currency)
  await db.updateTable('invoice_lines').set(set).where('id', '=', id).execute()
}

/** The values of a line as they are, for changing some of them. */
export function invoiceLineValues(line: InvoiceLine): InvoiceLineValues {
  const { product_id: productId, text, quantity, unit, price, discount } = line
  const tax = { category: line.category, rate: line.tax, reason: line.reason }
  return { productId, text, quantity, unit, price, discount, tax }
}

/** The line that a text names: by its number in the invoice. @throws Fault `not-found` if there is none. */
export function invoiceLineNamed(
  lines: readonly InvoiceLine[],
  name: string,
  text: string,
): InvoiceLine {
  const number = numberIn(text.trim())
  const found = lines.find(({ position }) => String(position) === number)
  if (found) return found
  throw new Fault(
    'not-found',
    `${name} has no line “${text}”`,
    'give the number that invoice show gives',
  )
}
