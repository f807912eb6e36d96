import type { Insertable } from 'kysely'
import type { BankLinesTable } from '../../book/schema/bank-lines.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** A booking as a file gives it. */
export interface BookingValues {
  bookedOn: Day
  valueOn: Day | null
  /** In minor units of the currency; below zero where money went out. */
  amount: Money
  currency: string
  party: string | null
  partyAccount: string | null
  text: string | null
  bankRef: string | null
  e2eRef: string | null
  structuredRef: string | null
}

/** Which of the bookings that are alike it is. */
export interface Ordinal {
  key: string
  nth: number
}

/** A booking of an account in the columns of the book. */
export function bankLineRow(
  accountId: number,
  booking: BookingValues,
  { key, nth }: Ordinal,
  origin: FileRow,
): Insertable<BankLinesTable> {
  return {
    bank_account_id: accountId,
    booked_on: booking.bookedOn,
    value_on: booking.valueOn,
    amount: booking.amount,
    currency: booking.currency,
    party: booking.party,
    party_account: booking.partyAccount,
    text: booking.text,
    bank_ref: booking.bankRef,
    e2e_ref: booking.e2eRef,
    structured_ref: booking.structuredRef,
    state: 'open',
    reason: null,
    dedup_key: key,
    nth,
    ...fileColumns(origin),
  }
}
