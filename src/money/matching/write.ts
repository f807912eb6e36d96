import { rateFinder } from '../../book/rates.ts'
import type { PaymentKind } from '../../book/schema/money.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import type { Part } from '../../domain/matching/fit.ts'
import type { Booking } from '../../domain/matching/judge.ts'
import type { Money } from '../../domain/money.ts'
import { allocationAdder } from '../settle.ts'

const later = (one: Day, other: Day): Day => (one > other ? one : other)

/** Writes what bookings turn out to be, inside an operation. @param book the code of the book's currency. */
export function matchWriter(store: Store, book: string) {
  const add = rowAdder(store, 'payments')
  const allocate = allocationAdder(store)
  const rateOf = rateFinder(store, book)
  const matched = store.prepare("UPDATE bank_lines SET state = 'matched' WHERE id = ?")
  const link = store.prepare(
    'UPDATE payments SET bank_line_id = :line, bank_account_id = coalesce(bank_account_id, :account) WHERE id = :payment',
  )
  const learn = store.prepare(
    'INSERT INTO payer_accounts (client_id, key) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )

  const pay = (
    { id, bookedOn, currency, bankAccountId }: Booking,
    {
      clientId,
      kind,
      amount,
      note,
    }: { clientId: number; kind: PaymentKind; amount: Money; note: string | null },
  ): number =>
    add({
      client_id: clientId,
      kind,
      paid_on: bookedOn,
      amount,
      currency,
      rate: currency === book ? null : (rateOf(currency, bookedOn)?.rate ?? null),
      bank_account_id: kind === 'in' || kind === 'refund' ? bankAccountId : null,
      bank_line_id: id,
      method: kind === 'in' || kind === 'refund' ? 'transfer' : null,
      note,
    })

  const close = ({ id, account }: Booking, clientId: number): void => {
    matched.run(id)
    if (account !== null) learn.run(clientId, account)
  }

  return {
    /**
     * Enters a booking as a payment of a client that settles invoices; the rest of it is credit. What a discount or a
     * fee took off settles its invoice next to it. Returns the number of the payment.
     */
    settle(booking: Booking, clientId: number, parts: readonly Part[]): number {
      const payment = pay(booking, { clientId, kind: 'in', amount: booking.amount, note: null })
      for (const { claim, amount, short } of parts) {
        const to = { invoice_id: claim.id, at: later(booking.bookedOn, claim.issuedOn) }
        if (amount > 0) allocate({ payment_id: payment, ...to, amount })
        if (!short) continue
        const off = { clientId: claim.clientId, ...short, note: null }
        allocate({ payment_id: pay(booking, off), ...to, amount: short.amount })
      }
      close(booking, clientId)
      return payment
    },
    /** Says that a payment or refund that the book has is the one of a booking. */
    link(booking: Booking, { id, clientId }: { id: number; clientId: number }): void {
      link.run({ line: booking.id, account: booking.bankAccountId, payment: id })
      close(booking, clientId)
    },
    /** Enters a booking of money that went out as a refund of a credit note. Returns the number of the refund. */
    refund(booking: Booking, credit: { id: number; clientId: number }): number {
      const amount = (0 - booking.amount) as Money
      const refund = pay(booking, { clientId: credit.clientId, kind: 'refund', amount, note: null })
      allocate({ credit_id: credit.id, refund_id: refund, at: booking.bookedOn, amount })
      close(booking, credit.clientId)
      return refund
    },
  }
}
