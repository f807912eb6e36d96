import type { Db } from '../../book/store/db.ts'
import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Fit, fitOf, type Tolerance } from '../../domain/matching/fit.ts'
import type { Booking, KnownClaim } from '../../domain/matching/judge.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import type { BankLine } from '../../records/bank-lines.ts'
import { invoiceName, type Issued } from '../invoices/find.ts'
import { requireStanding } from '../invoices/void.ts'
import type { Payment } from '../payments/allocate.ts'
import { bookingById, claimById } from './load.ts'
import { matchWriter } from './write.ts'

const money = (minor: number, code: string): string =>
  `${formatMoney(minor, { code, digits: currencyDigits(code) }, true)} ${code}`

/**
 * An open booking that has come, as matching sees it.
 * @throws Fault `failed` if it is ignored, matched, moves nothing, or is of a day to come.
 */
export async function requireOpenBooking(
  { db, store }: { db: Db; store: Store },
  { id, state, reason, amount, booked_on: on }: BankLine,
  today: Day,
): Promise<Booking> {
  if (state === 'ignored') {
    const hint = `reopen it first: funnel bank unignore ${id}`
    throw new Fault('failed', `booking ${id} is ignored: ${reason}`, hint)
  }
  if (state === 'matched') {
    const by = await db
      .selectFrom('payments')
      .select(['id', 'kind'])
      .where('bank_line_id', '=', id)
      .where('kind', 'in', ['in', 'refund'])
      .executeTakeFirst()
    const what = by?.kind === 'refund' ? 'refund' : 'payment'
    throw new Fault(
      'failed',
      `booking ${id} is matched with ${what} ${by?.id} already`,
      `reopen it first: funnel payment delete ${by?.id}`,
    )
  }
  if (amount === 0) {
    const hint = `set it aside: funnel bank ignore ${id} --reason TEXT`
    throw new Fault('failed', `booking ${id} moved no money`, hint)
  }
  if (on > today) throw new Fault('failed', `booking ${id} is of a day to come, ${on}`)
  return bookingById(store, id)
}

/** @throws Fault `failed` if a booking cannot pay an invoice: voided, a credit note, settled, in another currency. */
function requirePayable(booking: Booking, invoice: Issued, { open }: KnownClaim): void {
  const name = invoiceName(invoice)
  requireStanding(invoice)
  if (invoice.kind === 'credit') {
    throw new Fault('failed', `${name} is a credit note, which nobody pays`, 'name an invoice')
  }
  if (open === 0) {
    const hint = `keep it as credit: funnel bank assign ${booking.id} ${invoice.client_id}`
    throw new Fault('failed', `${name} is settled already`, hint)
  }
  if (invoice.currency === booking.currency) return
  throw new Fault(
    'failed',
    `booking ${booking.id} is in ${booking.currency}, and ${name} in ${invoice.currency}`,
    `enter what was paid: funnel payment add ${invoice.client_id} "100 ${invoice.currency}" --for ${invoice.number}; then ` +
      `funnel bank ignore ${booking.id} --reason TEXT`,
  )
}

/** How a booking is assigned to invoices. */
interface Assigning {
  acrossClients: boolean
  tolerance: Tolerance | null
  /** Only so much of it is for the invoices; undefined is all. */
  most: Money | undefined
}

/**
 * What a booking gives to the invoices that it is said to pay, in their order.
 * @throws Fault `failed` if one of them cannot be paid by it, or is of another client; `usage` if money went out, or
 *   `most` is more than the booking.
 */
export function assigned(
  store: Store,
  booking: Booking,
  invoices: readonly Issued[],
  { acrossClients, tolerance, most }: Assigning,
): Fit<KnownClaim> {
  const { id, amount, currency } = booking
  if (amount < 0) {
    throw new Fault(
      'failed',
      `booking ${id} is money that went out, which pays no invoice`,
      `a refund is assigned to its client or its credit note: funnel bank assign ${id} CLIENT`,
    )
  }
  if (most !== undefined && most > amount) {
    const message = `booking ${id} has only ${money(amount, currency)}`
    throw new Fault('usage', message, 'leave out --amount for all of it')
  }
  const claims = invoices.map((invoice) => {
    const claim = claimById(store, invoice.id)
    requirePayable(booking, invoice, claim)
    return claim
  })
  const [first] = claims
  const other = claims.find(({ clientId }) => clientId !== first?.clientId)
  if (other && !acrossClients) {
    const message = `${other.number} is an invoice of ${other.client}, and ${first?.number} one of ${first?.client}`
    throw new Fault('failed', message, 'add --across-clients if one of them paid for both')
  }
  return fitOf(claims, most ?? amount, { on: booking.cameOn, tolerance })
}

/** Enters a booking as a payment of a client. Returns its number. */
export function enterBooking(
  store: Store,
  booking: Booking,
  clientId: number,
  { fit, book }: { fit: Fit<KnownClaim> | null; book: string },
): number {
  return matchWriter(store, book).settle(booking, clientId, fit?.parts ?? [])
}

/**
 * Says that a booking is the one of a payment or a refund that the book has.
 * @throws Fault `failed` if it has a booking already, is no money that moved, or differs in amount or currency.
 */
export function linkBooking(store: Store, booking: Booking, payment: Payment, book: string): void {
  const { id, kind, amount, currency, bank_line_id: line } = payment
  const see = 'see: funnel payment list'
  if (line !== null) {
    throw new Fault(
      'failed',
      `payment ${id} has booking ${line} already`,
      `see: funnel bank show ${line}`,
    )
  }
  if (kind !== 'in' && kind !== 'refund') {
    throw new Fault('failed', `payment ${id} is a ${kind}, for which no money moved`, see)
  }
  const moved = kind === 'refund' ? 0 - amount : amount
  if (moved !== booking.amount || currency !== booking.currency) {
    const what = kind === 'refund' ? 'refund' : 'payment'
    const message = `booking ${booking.id} is of ${money(booking.amount, booking.currency)}, and ${what} ${id} of ${money(moved, currency)}`
    throw new Fault('failed', message, see)
  }
  matchWriter(store, book).link(booking, { id, clientId: payment.client_id })
}

/** Assigns money that went out to the credit note that it gives back. Returns the number of the refund. */
export function refundCredit(
  store: Store,
  booking: Booking,
  credit: Issued,
  { left, book }: { left: Money; book: string },
): number {
  const name = invoiceName(credit)
  requireStanding(credit)
  if (credit.currency !== booking.currency || left + booking.amount < 0) {
    throw new Fault(
      'failed',
      `only ${money(left, credit.currency)} are left of ${name}`,
      `see: funnel invoice show ${credit.number}`,
    )
  }
  return matchWriter(store, book).refund(booking, { id: credit.id, clientId: credit.client_id })
}
