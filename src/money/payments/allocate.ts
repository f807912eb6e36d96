import type { Selectable } from 'kysely'
import type { PaymentsTable } from '../../book/schema/money.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import { isIssued, invoiceName, type Invoice, type Issued } from '../invoices/find.ts'
import { allocatedOf } from '../invoices/issue.ts'
import { addAllocation } from '../settle.ts'
import { requireStanding } from '../invoices/void.ts'

/** A payment as the book has it. */
export type Payment = Selectable<PaymentsTable>

/** What settles invoices: a payment, or a credit note. */
export type Source = { kind: 'payment'; payment: Payment } | { kind: 'credit'; credit: Issued }

/** What was allocated to an invoice, and what is still open of it. */
export interface Allocated {
  invoice: Issued
  amount: Money
  open: Money
}

const money = (minor: number, code: string): string =>
  `${formatMoney(minor, { code, digits: currencyDigits(code) }, true)} ${code}`

/** What is open of an invoice, whatever the day. */
export async function openOf(db: Db, invoice: Pick<Invoice, 'id' | 'gross'>): Promise<Money> {
  return (invoice.gross - (await allocatedOf(db, 'invoice_id', invoice.id))) as Money
}

/** What is left of a payment or a credit note, whatever the day. */
export async function restOf(db: Db, source: Source): Promise<Money> {
  const [column, { id }, amount] =
    source.kind === 'payment'
      ? (['payment_id', source.payment, source.payment.amount] as const)
      : (['credit_id', source.credit, source.credit.gross] as const)
  return (amount - (await allocatedOf(db, column, id))) as Money
}

const sourceOf = (source: Source): { name: string; clientId: number; currency: string; on: Day } =>
  source.kind === 'payment'
    ? {
        name: `payment ${source.payment.id}`,
        clientId: source.payment.client_id,
        currency: source.payment.currency,
        on: source.payment.paid_on,
      }
    : {
        name: invoiceName(source.credit),
        clientId: source.credit.client_id,
        currency: source.credit.currency,
        on: source.credit.issued_on,
      }

/** @throws Fault `failed` if a source cannot settle an invoice: not issued, voided, of another client or currency. */
function requireFitting(source: Source, invoice: Issued, acrossClients: boolean): void {
  const { name, clientId, currency } = sourceOf(source)
  const invoiced = invoiceName(invoice)
  requireStanding(invoice)
  if (invoice.kind === 'credit') {
    throw new Fault('failed', `${invoiced} is a credit note, which nobody pays`, 'name an invoice')
  }
  if (invoice.currency !== currency) {
    const message = `${name} is in ${currency}, and ${invoiced} in ${invoice.currency}`
    throw new Fault(
      'failed',
      message,
      `enter it in ${invoice.currency}: funnel payment add CLIENT "100 ${invoice.currency}"`,
    )
  }
  if (invoice.client_id !== clientId && !acrossClients) {
    const message = `${invoiced} is one of another client than ${name}`
    throw new Fault('failed', message, 'add --across-clients if that client paid for this one')
  }
}

const later = (...days: Day[]): Day => days.toSorted().at(-1) as Day

/**
 * Settles invoices with a payment or a credit note, in the order given, each up to what is open of it. What is left
 * stays as credit. It counts from the payment or the invoice on, whichever is later.
 * @param most only so much of it; undefined is all.
 * @throws Fault `failed` if one is a draft, voided, settled, in another currency or of another client; or if nothing is
 *   left to allocate, or less than `most`.
 */
export async function allocate(
  db: Db,
  source: Source,
  invoices: readonly Invoice[],
  { most, acrossClients }: { most?: Money | undefined; acrossClients: boolean },
): Promise<Allocated[]> {
  const { name, currency, on } = sourceOf(source)
  const rest = await restOf(db, source)
  if (rest === 0) {
    throw new Fault(
      'failed',
      `nothing is left of ${name}`,
      'see: funnel payment list --unallocated',
    )
  }
  if (most !== undefined && most > rest) {
    const message = `only ${money(rest, currency)} are left of ${name}`
    throw new Fault('failed', message, `allocate that: funnel payment allocate NUMBER INVOICE`)
  }
  let left = most ?? rest
  const done: Allocated[] = []
  for (const invoice of invoices) {
    if (!isIssued(invoice)) {
      const hint = `issue it first: funnel invoice issue d${invoice.id}`
      throw new Fault('failed', `d${invoice.id} is a draft`, hint)
    }
    requireFitting(source, invoice, acrossClients)
    const open = await openOf(db, invoice)
    if (open === 0) {
      throw new Fault(
        'failed',
        `${invoiceName(invoice)} is settled already`,
        `see: funnel invoice show ${invoice.number}`,
      )
    }
    const amount = Math.min(open, left) as Money
    left = (left - amount) as Money
    done.push({ invoice, amount, open: (open - amount) as Money })
    if (amount === 0) continue
    const of =
      source.kind === 'payment'
        ? { payment_id: source.payment.id }
        : { credit_id: source.credit.id }
    const at = later(on, invoice.issued_on)
    await addAllocation(db, { ...of, invoice_id: invoice.id, at, amount })
  }
  return done
}
