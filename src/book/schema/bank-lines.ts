import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'

/** Whether a booking is dealt with: its payment is in the book, or somebody said that it is not one. */
export type BankLineState = 'open' | 'matched' | 'ignored'

/** One booking of an account, as the bank gave it. */
export interface BankLinesTable {
  id: Generated<number>
  bank_account_id: number
  booked_on: Day
  value_on: Day | null
  /** In minor units of its currency; below zero where money went out. */
  amount: Money
  currency: string
  party: string | null
  party_account: string | null
  text: string | null
  bank_ref: string | null
  /** The end-to-end reference, which the payer gave it. */
  e2e_ref: string | null
  structured_ref: string | null
  state: Generated<BankLineState>
  /** Why it is ignored. */
  reason: string | null
  /** What two bookings have in common that are alike, as a hash. */
  dedup_key: string
  /** The number of this one among those. */
  nth: number
  import_id: number | null
  import_row: number | null
}

/** An account that a client has paid from. */
export interface PayerAccountsTable {
  id: Generated<number>
  client_id: number
  /** Its number without blanks and signs, in capitals. */
  key: string
}
