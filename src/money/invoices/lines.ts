import type { Selectable } from 'kysely'
import type { InvoiceLinesTable } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { type InvoiceTotals, invoiceTotals, type LineTax } from '../../domain/invoices/taxes.ts'
import { lineNet } from '../../domain/lines/line.ts'
import { type BilledShare, lessBilled } from '../../domain/invoices/parts.ts'
import {
  percentText,
  type Portion,
  type Quantity,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import { currencyDigits, formatMoney } from '../../domain/money.ts'
import { tidyName, tidyText } from '../../domain/name.ts'
import { numberIn } from '../../records/lookup/places.ts'
import { deductedShares, refreshDeductions } from './deductions.ts'
import { type Invoice, invoiceName } from './find.ts'

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
function totalsOf(lines: readonly InvoiceLine[]): InvoiceTotals {
  return invoiceTotals(lines.map((line) => ({ ...line, rate: line.tax })))
}

/**
 * What an invoice comes to: as it was issued; a draft as its lines have it, less what it takes off as a final one. It
 * may differ from its lines by a minor unit of tax, where it is the rest of something that was rounded.
 */
export async function billedTotals(
  db: Db,
  { id, net, tax, gross }: Pick<Invoice, 'id' | 'net' | 'tax' | 'gross'>,
  lines: readonly InvoiceLine[],
): Promise<InvoiceTotals> {
  const taxes = await db
    .selectFrom('invoice_taxes')
    .select(['category', 'rate', 'reason', 'base', 'tax'])
    .where('invoice_id', '=', id)
    .orderBy('rate', 'desc')
    .orderBy('category')
    .execute()
  // One from another program has neither lines nor taxes.
  if (taxes.length > 0 || lines.length === 0) return { net, tax, gross, taxes }
  return lessBilled(totalsOf(lines), await deductedShares(db, id)).left
}

/** @throws Fault `failed` if earlier invoices billed more at some rate than there is. */
function requireEnough(draft: Invoice, over: readonly BilledShare[]): void {
  const [first] = over
  if (!first) return
  const { currency } = draft
  const more = formatMoney(
    -Math.min(first.base, first.tax),
    { code: currency, digits: currencyDigits(currency) },
    true,
  )
  const message = `earlier invoices of the deal billed ${more} ${currency} more at ${percentText(first.rate)} than ${invoiceName(draft)} lists`
  const hint =
    'see: funnel invoice list --deal DEAL; credit what was too much: funnel invoice credit NUMBER --amount MONEY'
  throw new Fault('failed', message, hint.replace('DEAL', String(draft.deal_id)))
}

/**
 * Lets the amounts of a draft follow its lines; a final one takes off what was billed of its deal until now.
 * @throws Fault `failed` if that is more than its lines come to, or in another currency.
 */
export async function settleDraft(db: Db, invoiceId: number): Promise<InvoiceTotals> {
  const draft = await db
    .selectFrom('invoices')
    .selectAll()
    .where('id', '=', invoiceId)
    .executeTakeFirstOrThrow()
  const whole = totalsOf(await loadInvoiceLines(db, invoiceId))
  const { left: totals, over } = lessBilled(whole, await refreshDeductions(db, draft))
  requireEnough(draft, over)
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
