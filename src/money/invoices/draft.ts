import type { Updateable } from 'kysely'
import type { InvoicesTable } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import { ownAmounts } from '../../book/worth.ts'
import { Fault } from '../../domain/fault.ts'
import type { LineTax } from '../../domain/invoices/taxes.ts'
import { NO_DISCOUNT, ONE, PRICE_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import { type Currency, currencyDigits, type Money } from '../../domain/money.ts'
import { loadLines } from '../../records/lines/load.ts'
import type { Moment } from '../../records/moment.ts'
import { draftName, type Invoice } from './find.ts'
import { lineTaxes } from './line-tax.ts'
import { addInvoiceLine, type InvoiceLineValues, settleDraft } from './lines.ts'

/** What a draft has besides its client and its lines; what is left out is not known, or stays as it is. */
export type DraftValues = Pick<
  Updateable<InvoicesTable>,
  | 'owner_id'
  | 'terms_id'
  | 'bank_account_id'
  | 'service_from'
  | 'service_to'
  | 'plan'
  | 'order_ref'
  | 'buyer_ref'
  | 'note'
  | 'part'
  | 'proposal_id'
>

/** @throws Fault `usage` if the service would end before it begins. */
function requireSound({ service_from: from, service_to: to }: DraftValues): void {
  if (from == null || to == null || from <= to) return
  const message = `the service would end on ${to}, before it begins on ${from}`
  throw new Fault('usage', message, 'give a later last day')
}

/** Makes an empty draft. Returns its id. */
export async function addDraft(
  db: Db,
  draft: { clientId: number; dealId: number | null; currency: string } & DraftValues,
  { today }: Moment,
): Promise<number> {
  const { clientId, dealId, currency, ...values } = draft
  requireSound(values)
  const { owner_id: owner } = await db
    .selectFrom('clients')
    .select('owner_id')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('invoices')
    .values({
      kind: 'invoice',
      client_id: clientId,
      deal_id: dealId,
      currency,
      drafted_on: today,
      net: 0 as Money,
      tax: 0 as Money,
      gross: 0 as Money,
      ...values,
      owner_id: values.owner_id ?? owner,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Changes a draft. @throws Fault `usage` if nothing is given, or the days are the wrong way round. */
export async function editDraft(db: Db, id: number, values: DraftValues): Promise<void> {
  if (Object.keys(values).length === 0) {
    throw new Fault('usage', 'nothing to change was given', 'see: funnel invoice edit --help')
  }
  const before = await db
    .selectFrom('invoices')
    .select(['service_from', 'service_to'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  requireSound({ ...before, ...values })
  await db.updateTable('invoices').set(values).where('id', '=', id).execute()
}

/** Removes a draft with its lines; it is not repeated any more. */
export async function deleteDraft(db: Db, id: number): Promise<void> {
  await db.deleteFrom('invoice_repeats').where('invoice_id', '=', id).execute()
  await db.deleteFrom('invoice_lines').where('invoice_id', '=', id).execute()
  await db.deleteFrom('invoice_deductions').where('invoice_id', '=', id).execute()
  await db.deleteFrom('invoices').where('id', '=', id).execute()
}

/** What a deal is invoiced by already: numbers and drafts that stand, earliest first. */
export async function invoicesOfDeal(
  db: Db,
  dealId: number,
): Promise<{ name: string; part: Invoice['part'] }[]> {
  const rows = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'part'])
    .where('deal_id', '=', dealId)
    .where('kind', '=', 'invoice')
    .where('voided_on', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id, number, part }) => ({ name: number ?? draftName(id), part }))
}

/** The price of one unit that a whole amount is. */
function priceOf(amount: Money, digits: number): UnitPrice {
  return (amount * 10 ** (PRICE_DIGITS - digits)) as UnitPrice
}

/** A deal as it is billed: its lines that count, else its title and amount as one line. */
export interface Billable {
  dealId: number
  title: string
  clientId: number
  ownerId: number | null
  currency: string
  lines: InvoiceLineValues[]
}

/**
 * What there is to bill of a deal.
 * @param book the book's currency.
 * @throws Fault `failed` if the deal has neither lines nor an amount.
 */
export async function billableOf(db: Db, dealId: number, book: Currency): Promise<Billable> {
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const currency = deal.currency ?? book.code
  const lines = (await loadLines(db, dealId)).filter(({ counts }) => counts === 1)
  const { amount } = ownAmounts(deal)
  const taxOf = await lineTaxes(db)
  const of = {
    dealId,
    title: deal.title,
    clientId: deal.client_id,
    ownerId: deal.owner_id,
    currency,
  }
  if (lines.length > 0) {
    const values = lines.map((line): InvoiceLineValues => ({
      productId: line.product_id,
      text: [line.product, line.text].filter((part) => part !== null).join('\n'),
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      discount: line.discount,
      tax: taxOf(line.tax),
    }))
    return { ...of, lines: values }
  }
  if (amount === null) {
    const hint = `add its lines: funnel deal line add ${dealId}; or its amount: funnel deal edit ${dealId} --amount MONEY`
    throw new Fault('failed', `deal ${dealId} (${deal.title}) has no amount to invoice`, hint)
  }
  return { ...of, lines: [amountLine(deal.title, amount, currency, taxOf(null))] }
}

/** An amount as one line. */
export function amountLine(
  text: string,
  amount: Money,
  currency: string,
  tax: LineTax,
): InvoiceLineValues {
  const price = priceOf(amount, currencyDigits(currency))
  return { productId: null, text, quantity: ONE, unit: null, price, discount: NO_DISCOUNT, tax }
}

/** Makes a draft of what there is to bill of a deal, with lines of its own. */
export async function draftWith(
  db: Db,
  { dealId, clientId, ownerId, currency }: Billable,
  lines: readonly InvoiceLineValues[],
  values: DraftValues,
  moment: Moment,
): Promise<number> {
  const draft = { clientId, dealId, currency, ...values, owner_id: values.owner_id ?? ownerId }
  const id = await addDraft(db, draft, moment)
  for (const line of lines) await addInvoiceLine(db, { id, currency }, line)
  await settleDraft(db, id)
  return id
}

/**
 * Makes a draft of a deal: of the lines that count, else of its title and amount as one line.
 * @param book the book's currency.
 * @throws Fault `failed` if the deal has neither lines nor an amount.
 */
export async function draftOfDeal(
  db: Db,
  dealId: number,
  book: Currency,
  values: DraftValues,
  moment: Moment,
): Promise<number> {
  const billable = await billableOf(db, dealId, book)
  return draftWith(db, billable, billable.lines, values, moment)
}
