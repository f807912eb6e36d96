import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { creditorReference } from '../../domain/invoices/reference.ts'
import { creditText } from '../../domain/invoices/part-words.ts'
import {
  type InvoiceTotals,
  invoiceTotals,
  type LineTax,
  netOf,
} from '../../domain/invoices/taxes.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import { nameKey, tidyText } from '../../domain/name.ts'
import { type Moment, requirePast } from '../../records/moment.ts'
import { addAllocation } from '../settle.ts'
import { makeFinal } from '../final.ts'
import { requireNotDeducted } from './deductions.ts'
import { amountLine } from './draft.ts'
import { invoiceName, type Issued } from './find.ts'
import { allocatedOf, nextNumber, type Numbering, writeTaxes } from './issue.ts'
import {
  addInvoiceLine,
  billedTotals,
  type InvoiceLine,
  invoiceLineNamed,
  invoiceLineValues,
  loadInvoiceLines,
} from './lines.ts'
import { settleFinal } from './parts.ts'
import { requireStanding } from './void.ts'

/** How much of an invoice is to be taken back. */
export interface Crediting {
  /** An amount with its tax; for an invoice of one tax rate. */
  amount?: Money | undefined
  /** Lines by their numbers. */
  lines?: readonly string[] | undefined
  reason?: string | undefined
}

/** A credit note that was issued. */
export interface Credited {
  id: number
  number: string
  gross: Money
  /** What it settled of the invoice, and what is left of it as credit. */
  settled: Money
  rest: Money
}

const moneyText = (minor: number, currency: string): string =>
  `${formatMoney(minor, { code: currency, digits: currencyDigits(currency) }, true)} ${currency}`

async function creditedBefore(db: Db, invoiceId: number): Promise<Money> {
  const { sum } = await db
    .selectFrom('invoices')
    .select(sql<Money>`coalesce(sum(gross), 0)`.as('sum'))
    .where('corrects_id', '=', invoiceId)
    .where('issued_on', 'is not', null)
    .where('voided_on', 'is', null)
    .executeTakeFirstOrThrow()
  return sum
}

/** A line that takes back a net at one rate. */
function creditOn({ number, currency }: Issued, net: Money, tax: LineTax, language: string) {
  return amountLine(creditText(language, number), net, currency, tax)
}

/** The lines that take back an amount: one, at the only tax rate of the invoice. */
function creditLine(
  invoice: Issued,
  rates: InvoiceTotals['taxes'],
  amount: Money,
  language: string,
): { line: Parameters<typeof addInvoiceLine>[2]; totals: InvoiceTotals } {
  const [only, other] = rates
  if (other) {
    const hint = `name lines instead: funnel invoice credit ${invoice.number} --line 1`
    throw new Fault('usage', `${invoiceName(invoice)} has more than one tax rate`, hint)
  }
  const { category, rate, reason } = only ?? {
    category: 'O' as const,
    rate: 0 as never,
    reason: null,
  }
  const net = netOf(amount, rate)
  // The amount is what was said; of a gross that no net comes to exactly, the tax takes the difference.
  const tax = (amount - net) as Money
  return {
    line: creditOn(invoice, net, { category, rate, reason }, language),
    totals: { net, tax, gross: amount, taxes: [{ category, rate, reason, base: net, tax }] },
  }
}

/** The lines of a credit note and what they come to. @param billed what the invoice comes to, by rate. */
function linesOf(
  invoice: Issued,
  all: readonly InvoiceLine[],
  billed: InvoiceTotals,
  { amount, lines }: Crediting,
  language: string,
) {
  if (amount !== undefined || all.length === 0) {
    const { line, totals } = creditLine(invoice, billed.taxes, amount ?? invoice.gross, language)
    return { lines: [line], totals }
  }
  if (invoice.part === 'final' && lines === undefined) {
    // Its lines are those of all the work, of which it billed only what was left.
    const rest = billed.taxes.filter(({ base, tax }) => base > 0 || tax > 0)
    return {
      lines: rest.map((share) => creditOn(invoice, share.base, share, language)),
      totals: billed,
    }
  }
  const name = invoiceName(invoice)
  const chosen = lines ? [...new Set(lines.map((text) => invoiceLineNamed(all, name, text)))] : all
  const totals = invoiceTotals(chosen.map((line) => ({ ...line, rate: line.tax })))
  return { lines: chosen.map(invoiceLineValues), totals }
}

/**
 * Issues a credit note on an invoice: all of it, some of its lines, or an amount. It settles what is open of the
 * invoice from its own day on; the rest is credit of the client. It cannot be undone.
 * @param how its numbering, and the language of the client.
 * @throws Fault `failed` if the invoice was voided, is a credit note itself, is taken off by a final one, or would be credited beyond its gross;
 *   `usage` for nothing at all, an amount on an invoice of several tax rates, or a day before the invoice.
 */
export async function creditInvoice(
  db: Db,
  invoice: Issued,
  crediting: Crediting,
  how: { numbering: Numbering; language?: string },
  moment: Moment,
): Promise<Credited> {
  requirePast(moment)
  requireStanding(invoice)
  const { on } = moment
  const name = invoiceName(invoice)
  if (invoice.kind === 'credit') {
    throw new Fault('failed', `${name} is a credit note`, 'a credit note corrects an invoice')
  }
  if (on < invoice.issued_on) {
    const message = `${name} was issued on ${invoice.issued_on}, after ${on}`
    throw new Fault('usage', message, 'give a later day')
  }
  await requireNotDeducted(db, invoice)
  const all = await loadInvoiceLines(db, invoice.id)
  const { lines, totals } = linesOf(
    invoice,
    all,
    await billedTotals(db, invoice, all),
    crediting,
    how.language ?? 'en',
  )
  if (totals.gross <= 0) {
    const hint = 'give an amount, or a line that costs something'
    throw new Fault('usage', 'a credit note is on more than nothing', hint)
  }
  const left = invoice.gross - (await creditedBefore(db, invoice.id))
  if (totals.gross > left) {
    const asked = moneyText(totals.gross, invoice.currency)
    const message = `${asked} is more than the ${moneyText(left, invoice.currency)} that can be credited on ${name}`
    throw new Fault('failed', message, 'credit less: --amount MONEY, or --line NUMBER')
  }
  const { number, series, serial } = await nextNumber(db, how.numbering, on)
  const { id } = await db
    .insertInto('invoices')
    .values({
      kind: 'credit',
      number,
      number_key: nameKey(number),
      series,
      serial,
      client_id: invoice.client_id,
      deal_id: invoice.deal_id,
      owner_id: invoice.owner_id,
      corrects_id: invoice.id,
      currency: invoice.currency,
      // As the invoice counts, so does what takes it back; if it has no rate yet, they get one together.
      rate: invoice.rate,
      terms_id: invoice.terms_id,
      bank_account_id: invoice.bank_account_id,
      drafted_on: moment.today,
      issued_on: on,
      due_on: on,
      net: totals.net,
      tax: totals.tax,
      gross: totals.gross,
      payment_ref: creditorReference(number),
      service_from: invoice.service_from,
      service_to: invoice.service_to,
      order_ref: invoice.order_ref,
      buyer_ref: invoice.buyer_ref,
      note: tidyText(crediting.reason ?? '') || null,
      buyer: invoice.buyer,
      seller: invoice.seller,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const line of lines) await addInvoiceLine(db, { id, currency: invoice.currency }, line)
  await writeTaxes(db, id, totals)
  const open = invoice.gross - (await allocatedOf(db, 'invoice_id', invoice.id))
  const settled = Math.min(open, totals.gross) as Money
  if (settled > 0) {
    await addAllocation(db, { credit_id: id, invoice_id: invoice.id, at: on, amount: settled })
  }
  await settleFinal(db, invoice)
  await makeFinal(
    db,
    `credit note ${number} was issued`,
    `bill it again: funnel invoice add ${invoice.client_id}, then funnel invoice issue`,
  )
  return { id, number, gross: totals.gross, settled, rest: (totals.gross - settled) as Money }
}
