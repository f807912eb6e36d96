import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { documentLanguage } from '../../domain/language.ts'
import { taxOn } from '../../domain/lines/line.ts'
import { currencyDigits, type Money } from '../../domain/money.ts'
import { mailAddresses } from '../../money/letters/address.ts'
import { takenOff } from '../../money/invoices/deductions.ts'
import { instalmentsOf } from '../../money/invoices/course.ts'
import type { Invoice } from '../../money/invoices/find.ts'
import { type Buyer, loadBuyer, loadSeller, type Seller } from '../../money/invoices/freeze.ts'
import { billedTotals, type InvoiceLine, loadInvoiceLines } from '../../money/invoices/lines.ts'
import { openOf } from '../../money/payments/allocate.ts'
import type { Paper, PaperLine } from '../paper.ts'

/** The language that a client is written to in: its own if there are documents in it, else that of the book's. */
export async function languageOf(db: Db, clientId: number, usual: string): Promise<string> {
  const { language } = await db
    .selectFrom('clients')
    .select('language')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow()
  const isKnown = language !== null && documentLanguage(language) !== undefined
  return isKnown ? language : usual
}

function paperLine(line: InvoiceLine): PaperLine {
  const { position, text, quantity, unit, price, discount, tax, category, reason, net } = line
  const own = { position, text, quantity, unit, price, discount, tax, category, reason, net }
  return { ...own, counts: true, optional: false, alternativeOf: null }
}

async function correctedBy(db: Db, { corrects_id: id }: Invoice): Promise<Paper['corrects']> {
  if (id === null) return null
  const found = await db
    .selectFrom('invoices')
    .select(['number', 'issued_on'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (found?.number == null || found.issued_on === null) return null
  return { number: found.number, issuedOn: found.issued_on }
}

/** The title of the deal that is billed; null if it is of no deal. */
async function subjectOf(db: Db, dealId: number | null): Promise<string | null> {
  if (dealId === null) return null
  const deal = await db
    .selectFrom('deals')
    .select('title')
    .where('id', '=', dealId)
    .executeTakeFirst()
  return deal?.title ?? null
}

/** What those who pay early have to pay, if they still can on a day. */
function earlyOf({ discount, discount_on: until, gross }: Invoice, on: Day): Paper['early'] {
  if (discount === null || until === null || until < on) return null
  return { discount, until, amount: (gross - taxOn(gross, discount)) as Money }
}

/**
 * An invoice or a credit note as a paper: what was issued as it was frozen, a draft with the company and the client
 * as they are now.
 * @param usual the language of the book's documents.
 * @param on the day on which it is made: what is open, and whether an early payment still counts, go by it.
 */
export async function invoicePaper(
  db: Db,
  invoice: Invoice,
  usual: string,
  on: Day,
): Promise<Paper> {
  const lines = await loadInvoiceLines(db, invoice.id)
  const seller =
    invoice.seller === null
      ? (await loadSeller(db, invoice)).seller
      : (JSON.parse(invoice.seller) as Seller)
  const buyer =
    invoice.buyer === null
      ? await loadBuyer(db, invoice.client_id)
      : (JSON.parse(invoice.buyer) as Buyer)
  const parts = await instalmentsOf(db, invoice.id)
  const addresses = await mailAddresses(db, [invoice.client_id])
  return {
    kind: invoice.kind === 'credit' ? 'credit-note' : 'invoice',
    language: await languageOf(db, invoice.client_id, usual),
    number: invoice.number,
    version: null,
    on: invoice.issued_on ?? on,
    validUntil: null,
    currency: { code: invoice.currency, digits: currencyDigits(invoice.currency) },
    seller,
    buyer,
    contact: null,
    email: addresses.get(invoice.client_id) ?? null,
    subject: await subjectOf(db, invoice.deal_id),
    note: invoice.note,
    lines: lines.map(paperLine),
    totals: await billedTotals(db, invoice, lines),
    part: invoice.part,
    deductions: await takenOff(db, invoice.id),
    corrects: await correctedBy(db, invoice),
    orderRef: invoice.order_ref,
    buyerRef: invoice.buyer_ref,
    service: { from: invoice.service_from, to: invoice.service_to },
    dueOn: invoice.due_on,
    parts: parts.map(({ due_on: dueOn, amount }) => ({ dueOn, amount })),
    early: earlyOf(invoice, on),
    open: await openOf(db, invoice),
    reference: invoice.payment_ref ?? invoice.number,
    reminder: null,
    body: null,
  }
}
