import { sql } from 'kysely'
import { ratesOn } from '../../book/rates.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { discountDay, dueDay } from '../../domain/firm/terms.ts'
import type { Part } from '../../domain/invoices/ageing.ts'
import { numberOf, serialIn, seriesOf } from '../../domain/invoices/number.ts'
import { parsePlan, planned } from '../../domain/invoices/plan.ts'
import { paymentReference } from '../../domain/invoices/qr-reference.ts'
import type { InvoiceTotals } from '../../domain/invoices/taxes.ts'
import type { Money } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import type { Rate } from '../../domain/rate.ts'
import { type Moment, requirePast } from '../../records/moment.ts'
import { makeFinal } from '../final.ts'
import { draftName, invoiceName, type Invoice } from './find.ts'
import { lackingFor, loadBuyer, loadSeller, requireComplete } from './freeze.ts'
import { settleDraft } from './lines.ts'
import { requireInTurn, settleFinal } from './parts.ts'
import { termsFor } from './terms.ts'

/** How what is issued is numbered. */
export interface Numbering {
  /** `{yyyy}-{nnnn}`. */
  pattern: string
  /** The number to begin a series with, instead of one. */
  first?: string | undefined
}

/** A number that was given. */
interface Given {
  number: string
  series: string
  serial: number
}

/** What is taken up the count of a series: what came with its number is counted too. */
async function lastOf(db: Db, series: string): Promise<{ serial: number; issued_on: Day } | null> {
  const found = await db
    .selectFrom('invoices')
    .select(['serial', 'issued_on'])
    .where('series', '=', series)
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (found as { serial: number; issued_on: Day } | undefined) ?? null
}

/**
 * Gives the next number of the series of a day, inside the operation that issues: numbers are given without gaps,
 * in the order of the days.
 * @throws Fault `failed` if a later day has a number already, or the series has begun and `first` is given.
 */
export async function nextNumber(db: Db, { pattern, first }: Numbering, on: Day): Promise<Given> {
  const series = seriesOf(pattern, on)
  const last = await lastOf(db, series)
  if (last !== null && last.issued_on > on) {
    const message = `number ${numberOf(series, last.serial)} was given on ${last.issued_on}, and a later number cannot have an earlier day`
    throw new Fault('failed', message, `issue it on ${last.issued_on} or later`)
  }
  if (first === undefined) {
    const serial = (last?.serial ?? 0) + 1
    return { number: numberOf(series, serial), series, serial }
  }
  const serial = serialIn(series, first.trim())
  const next = numberOf(series, (last?.serial ?? 0) + 1)
  if (serial === null) {
    const hint = 'how invoices are numbered: funnel settings get invoice-number'
    throw new Fault(
      'usage',
      `${first} is not a number of the series ${series}; the next is ${next}`,
      hint,
    )
  }
  if (last !== null && serial !== last.serial + 1) {
    const message = `the next number is ${next}: numbers are given without gaps`
    throw new Fault('failed', message, 'leave out --number')
  }
  return { number: numberOf(series, serial), series, serial }
}

/** The rate of a currency on a day; null for the book's, or if none is known. */
export async function rateOf(
  db: Db,
  currency: string,
  book: string,
  on: Day,
): Promise<Rate | null> {
  if (currency === book) return null
  return (await ratesOn(db, on))(currency)?.rate ?? null
}

/** What the buyer asks invoices to name: what the draft says, else what its client has. */
async function buyerRefOf(
  db: Db,
  { buyer_ref: own, client_id: clientId }: Pick<Invoice, 'buyer_ref' | 'client_id'>,
): Promise<string | null> {
  if (own !== null) return own
  const { buyer_ref: usual } = await db
    .selectFrom('clients')
    .select('buyer_ref')
    .where('id', '=', clientId)
    .executeTakeFirstOrThrow()
  return usual
}

/** Writes down the tax of what is issued. */
export async function writeTaxes(db: Db, invoiceId: number, totals: InvoiceTotals): Promise<void> {
  for (const { category, rate, reason, base, tax } of totals.taxes) {
    await db
      .insertInto('invoice_taxes')
      .values({ invoice_id: invoiceId, category, rate, reason, base, tax })
      .execute()
  }
}

/** What issuing did. */
export interface Issuing {
  id: number
  number: string
  dueOn: Day
  gross: Money
  terms: string | null
  parts: Part[]
  lacking: string[]
}

/** @throws Fault `failed` if nothing is to be paid. */
function requireSum(name: string, gross: Money): void {
  if (gross > 0) return
  const hint = `add what it is for: funnel invoice line add ${name} "2 h Consulting @ 90"`
  throw new Fault('failed', `${name} comes to nothing`, hint)
}

/** When a draft is due, and in which parts. */
async function dueOf(db: Db, draft: Invoice, gross: Money, on: Day, due: Day | undefined) {
  const { terms, id, name } = await termsFor(db, draft)
  if (draft.plan !== null && due !== undefined) {
    const hint = `leave out --due, or the plan: funnel invoice edit ${draftName(draft.id)} --instalments none`
    throw new Fault('usage', 'instalments are due by their own days', hint)
  }
  const parts = draft.plan === null ? [] : planned(parsePlan(draft.plan), gross, on)
  const last = parts.at(-1)?.dueOn
  const dueOn = due ?? last ?? dueDay(terms, on)
  if (dueOn < on) {
    throw new Fault(
      'usage',
      `it would be due on ${dueOn}, before it is issued on ${on}`,
      'give a later --due',
    )
  }
  const early = due !== undefined || last !== undefined ? null : discountDay(terms, on)
  return { dueOn, parts, name, id, discount: early === null ? null : terms.discount, early }
}

/**
 * Issues a draft: gives it its number, and freezes its day, due day, tax, rate, buyer and seller. It cannot be undone.
 * @param book the code of the book's currency.
 * @throws Fault `failed` if it comes to nothing, is a part of a deal that has its final invoice, or lacks what an invoice must say and that is not allowed;
 *   `usage` for a day to come, or a due day before it.
 */
export async function issueDraft(
  db: Db,
  draft: Invoice,
  how: { numbering: Numbering; book: string; due?: Day | undefined; incomplete: boolean },
  moment: Moment,
): Promise<Issuing> {
  requirePast(moment)
  const { on } = moment
  await requireInTurn(db, draft)
  const totals = await settleDraft(db, draft.id)
  requireSum(draftName(draft.id), totals.gross)
  const buyer = await loadBuyer(db, draft.client_id)
  const { seller, accountId } = await loadSeller(db, draft)
  const lacking = lackingFor(seller, buyer, draft.client_id)
  if (!how.incomplete) requireComplete(lacking, draftName(draft.id))
  const {
    dueOn,
    parts,
    name,
    id: termsId,
    discount,
    early,
  } = await dueOf(db, draft, totals.gross, on, how.due)
  const { number, series, serial } = await nextNumber(db, how.numbering, on)
  await writeTaxes(db, draft.id, totals)
  for (const { dueOn: day, amount } of parts) {
    await db
      .insertInto('instalments')
      .values({ invoice_id: draft.id, due_on: day, amount })
      .execute()
  }
  await db
    .updateTable('invoices')
    .set({
      number,
      number_key: nameKey(number),
      series,
      serial,
      issued_on: on,
      due_on: dueOn,
      discount,
      discount_on: early,
      rate: await rateOf(db, draft.currency, how.book, on),
      terms_id: draft.terms_id ?? termsId,
      bank_account_id: accountId,
      payment_ref: paymentReference(number, seller.account?.iban),
      buyer_ref: await buyerRefOf(db, draft),
      buyer: JSON.stringify(buyer),
      seller: JSON.stringify(seller),
    })
    .where('id', '=', draft.id)
    .execute()
  await settleFinal(db, draft)
  const issued = { ...draft, number }
  await makeFinal(
    db,
    `${invoiceName(issued)} was issued`,
    `void it: funnel invoice void ${number} --reason TEXT; or correct it: funnel invoice credit ${number}`,
  )
  return {
    id: draft.id,
    number,
    dueOn,
    gross: totals.gross,
    terms: name,
    parts,
    lacking: lacking.map(({ what }) => what),
  }
}

/** How much of a credit note or payment, or onto an invoice, is allocated, whatever the day. */
export async function allocatedOf(
  db: Db,
  column: 'payment_id' | 'credit_id' | 'invoice_id' | 'refund_id',
  id: number,
): Promise<Money> {
  const { sum } = await db
    .selectFrom('allocations')
    .select(sql<Money>`coalesce(sum(amount), 0)`.as('sum'))
    .where(column, '=', id)
    .executeTakeFirstOrThrow()
  return sum
}
