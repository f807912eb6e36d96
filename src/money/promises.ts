import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { currencyDigits, formatMoney, type Money } from '../domain/money.ts'
import { tidyName } from '../domain/name.ts'
import type { Moment } from '../records/moment.ts'
import { invoiceName, type Issued } from './invoices/find.ts'
import { requireStanding } from './invoices/void.ts'
import { openOf } from './payments/allocate.ts'

/** What is promised. */
export interface Promising {
  forDay: Day
  /** All that is open by default. */
  amount?: Money | undefined
  note?: string | undefined
}

/**
 * Writes down that an invoice will be paid by a day. Until then no reminder goes out; a promise made earlier is
 * replaced by it.
 * @returns its number, and the amount promised.
 * @throws Fault `failed` if the invoice was voided, is a credit note, or nothing is open; `usage` for a day that is
 *   past, nothing at all, or more than is open.
 */
export async function addPromise(
  db: Db,
  invoice: Issued,
  { forDay, amount, note }: Promising,
  { today }: Moment,
): Promise<{ id: number; amount: Money }> {
  requireStanding(invoice)
  const name = invoiceName(invoice)
  if (invoice.kind === 'credit') {
    throw new Fault('failed', `${name} is a credit note`, 'a promise is to pay an invoice')
  }
  if (forDay < today) {
    throw new Fault('usage', `${forDay} is past (today is ${today})`, 'give a day to come')
  }
  const open = await openOf(db, invoice)
  const money = (minor: number): string =>
    `${formatMoney(minor, { code: invoice.currency, digits: currencyDigits(invoice.currency) }, true)} ${invoice.currency}`
  if (open === 0)
    throw new Fault('failed', `${name} is paid`, `see: funnel invoice show ${invoice.number}`)
  if (amount === 0) {
    throw new Fault('usage', 'a promise is to pay more than nothing', 'leave out --amount for all')
  }
  if (amount !== undefined && amount > open) {
    const message = `${money(amount)} is more than the ${money(open)} that are open of ${name}`
    throw new Fault('usage', message, 'leave out --amount for all that is open')
  }
  const promised = amount ?? open
  const { id } = await db
    .insertInto('promises')
    .values({
      invoice_id: invoice.id,
      made_on: today,
      for_day: forDay,
      amount: promised,
      leaves: (open - promised) as Money,
      note: tidyName(note ?? '') || null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, amount: promised }
}

/** Removes a promise that was entered by mistake. @throws Fault `not-found` if there is none. */
export async function deletePromise(db: Db, id: number): Promise<{ number: string | null }> {
  const found = await db
    .selectFrom('promises as p')
    .innerJoin('invoices as i', 'i.id', 'p.invoice_id')
    .select('i.number')
    .where('p.id', '=', id)
    .executeTakeFirst()
  if (!found) {
    throw new Fault('not-found', `there is no promise ${id}`, 'see: funnel promise list')
  }
  await db.deleteFrom('promises').where('id', '=', id).execute()
  return found
}
