import type { PaymentKind } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { accountKey } from '../../domain/matching/atoms.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import { tidyName, tidyText } from '../../domain/name.ts'
import { type Moment, requirePast } from '../../records/moment.ts'
import { invoiceName, type Issued } from '../invoices/find.ts'
import { rateOf } from '../invoices/issue.ts'
import { addAllocation, dropAllocations } from '../settle.ts'
import { requireStanding } from '../invoices/void.ts'
import { openOf, type Payment, restOf, type Source } from './allocate.ts'

/** A payment as it is entered. */
export interface PaymentValues {
  clientId: number
  kind: PaymentKind
  amount: Money
  currency: string
  accountId?: number | null
  method?: string | null
  note?: string | null
  ref?: string | null
}

/**
 * Enters a payment.
 * @param book the code of the book's currency.
 * @throws Fault `usage` for nothing at all, or a day to come.
 */
export async function addPayment(
  db: Db,
  payment: PaymentValues,
  book: string,
  moment: Moment,
): Promise<Payment> {
  requirePast(moment)
  if (payment.amount <= 0) {
    const hint = 'money that goes back is a refund: funnel payment refund CLIENT AMOUNT'
    throw new Fault('usage', 'a payment is more than nothing', hint)
  }
  const { on } = moment
  return db
    .insertInto('payments')
    .values({
      client_id: payment.clientId,
      kind: payment.kind,
      paid_on: on,
      amount: payment.amount,
      currency: payment.currency,
      rate: await rateOf(db, payment.currency, book, on),
      bank_account_id: payment.accountId ?? null,
      method: tidyName(payment.method ?? '') || null,
      note: tidyText(payment.note ?? '') || null,
      ref: payment.ref ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const WITHOUT_MONEY = {
  'write-off': 'written off',
  discount: 'taken as discount',
  fee: 'taken as fee',
}

/**
 * Settles what is open of an invoice, or a part of it, without money: written off, or as a discount or a fee that was
 * held back.
 * @throws Fault `failed` if it is settled, voided, or less is open.
 */
export async function settleWithout(
  db: Db,
  invoice: Issued,
  {
    kind,
    amount,
    note,
  }: { kind: keyof typeof WITHOUT_MONEY; amount?: Money | undefined; note?: string | undefined },
  book: string,
  moment: Moment,
): Promise<{ payment: Payment; open: Money }> {
  requireStanding(invoice)
  const name = invoiceName(invoice)
  const open = await openOf(db, invoice)
  if (invoice.kind === 'credit' || open === 0) {
    throw new Fault(
      'failed',
      `nothing is open of ${name}`,
      `see: funnel invoice show ${invoice.number}`,
    )
  }
  const off = amount ?? open
  if (off > open) {
    const currency = { code: invoice.currency, digits: currencyDigits(invoice.currency) }
    const message = `only ${formatMoney(open, currency, true)} ${currency.code} are open of ${name}`
    throw new Fault('failed', message, 'leave out the amount for all of it')
  }
  if (moment.on < invoice.issued_on) {
    throw new Fault(
      'usage',
      `${name} was issued on ${invoice.issued_on}, after ${moment.on}`,
      'give a later day',
    )
  }
  const values = { clientId: invoice.client_id, kind, amount: off, currency: invoice.currency }
  const payment = await addPayment(db, { ...values, note: note ?? null }, book, moment)
  const allocation = { payment_id: payment.id, invoice_id: invoice.id, at: moment.on, amount: off }
  await addAllocation(db, allocation)
  return { payment, open: (open - off) as Money }
}

/** What a client has paid or been credited by a day and not used, oldest first. */
async function creditOf(db: Db, clientId: number, currency: string, on: Day): Promise<Source[]> {
  const payments = await db
    .selectFrom('payments')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('kind', '=', 'in')
    .where('paid_on', '<=', on)
    .where('currency', '=', currency)
    .orderBy('paid_on')
    .orderBy('id')
    .execute()
  const credits = await db
    .selectFrom('invoices')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('kind', '=', 'credit')
    .where('currency', '=', currency)
    .where('issued_on', '<=', on)
    .orderBy('issued_on')
    .orderBy('id')
    .execute()
  const sources: { on: Day; source: Source }[] = [
    ...payments.map((payment) => ({
      on: payment.paid_on,
      source: { kind: 'payment' as const, payment },
    })),
    ...(credits as Issued[]).map((credit) => ({
      on: credit.issued_on,
      source: { kind: 'credit' as const, credit },
    })),
  ]
  const open: Source[] = []
  for (const { source } of sources.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    if ((await restOf(db, source)) > 0) open.push(source)
  }
  return open
}

/**
 * Gives money back to a client, out of what it has paid or been credited by that day and not used, the oldest first.
 * @throws Fault `failed` if that is less.
 */
export async function refund(
  db: Db,
  payment: Omit<PaymentValues, 'kind'>,
  book: string,
  moment: Moment,
): Promise<Payment> {
  const sources = await creditOf(db, payment.clientId, payment.currency, moment.on)
  const rests = await Promise.all(sources.map((source) => restOf(db, source)))
  const credit = rests.reduce((sum, rest) => sum + rest, 0)
  if (payment.amount > credit) {
    const currency = { code: payment.currency, digits: currencyDigits(payment.currency) }
    const message =
      credit === 0
        ? 'the client has no credit to give back'
        : `the client has only ${formatMoney(credit, currency, true)} ${currency.code} of credit`
    throw new Fault(
      'failed',
      message,
      'make it with a credit note first: funnel invoice credit NUMBER',
    )
  }
  const back = await addPayment(db, { ...payment, kind: 'refund' }, book, moment)
  let left: number = payment.amount
  for (const [index, source] of sources.entries()) {
    const amount = Math.min(left, rests[index] ?? 0)
    if (amount === 0) continue
    left -= amount
    const of =
      source.kind === 'payment'
        ? { payment_id: source.payment.id }
        : { credit_id: source.credit.id }
    await addAllocation(db, { ...of, refund_id: back.id, at: moment.on, amount: amount as Money })
  }
  return back
}

/** Finds a payment by its number. @throws Fault `not-found` if there is none. */
export async function findPayment(db: Db, id: number): Promise<Payment> {
  const found = await db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst()
  if (found) return found
  throw new Fault('not-found', `there is no payment ${id}`, 'see: funnel payment list')
}

/**
 * Removes a payment entered by mistake, with what it settled. If it is that of a booking, the booking is open again, and
 * what settled that it came short is removed as well.
 * @returns the number of that booking; null if it has none.
 * @throws Fault `failed` if some of it was refunded.
 */
export async function deletePayment(db: Db, payment: Payment): Promise<number | null> {
  const { id } = payment
  const given = await db
    .selectFrom('allocations')
    .select('refund_id')
    .where('payment_id', '=', id)
    .where('refund_id', 'is not', null)
    .executeTakeFirst()
  if (given) {
    const hint = `delete the refund first: funnel payment delete ${given.refund_id}`
    throw new Fault(
      'failed',
      `some of payment ${id} was given back by refund ${given.refund_id}`,
      hint,
    )
  }
  await removePayment(db, id)
  const isMoved = payment.kind === 'in' || payment.kind === 'refund'
  if (payment.bank_line_id === null || !isMoved) return null
  await reopenBooking(db, payment.bank_line_id, payment.client_id)
  return payment.bank_line_id
}

async function removePayment(db: Db, id: number): Promise<void> {
  await dropAllocations(db, id)
  await db.deleteFrom('payments').where('id', '=', id).execute()
}

/** Opens a booking again whose payment is gone, and forgets its account if the client paid from it only then. */
async function reopenBooking(db: Db, line: number, clientId: number): Promise<void> {
  const short = await db
    .selectFrom('payments')
    .select('id')
    .where('bank_line_id', '=', line)
    .execute()
  for (const { id } of short) await removePayment(db, id)
  await db.updateTable('bank_lines').set({ state: 'open' }).where('id', '=', line).execute()
  const { party_account: account } = await db
    .selectFrom('bank_lines')
    .select('party_account')
    .where('id', '=', line)
    .executeTakeFirstOrThrow()
  const key = accountKey(account ?? '')
  const others = await db
    .selectFrom('payments as p')
    .innerJoin('bank_lines as b', 'b.id', 'p.bank_line_id')
    .select('b.party_account')
    .where('p.client_id', '=', clientId)
    .execute()
  if (others.some(({ party_account: other }) => accountKey(other ?? '') === key)) return
  await db
    .deleteFrom('payer_accounts')
    .where('client_id', '=', clientId)
    .where('key', '=', key)
    .execute()
}
