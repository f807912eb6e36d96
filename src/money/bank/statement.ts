import { Fault } from '../../domain/fault.ts'

/** What an account held at a moment, as its bank writes it: `1234.50`, below zero with a minus. */
export interface Balance {
  amount: string
  /** ISO day; null if the file does not say. */
  day: string | null
}

/** One booking as a bank gives it. Texts are as in the file; what it does not say is null. */
export interface Booking {
  /** ISO day on which it was booked. */
  booked: string | null
  /** ISO day from which it counts for interest. */
  value: string | null
  /** A decimal: money received is above zero, money paid below. */
  amount: string | null
  currency: string | null
  /** Who paid, or was paid. */
  party: string | null
  partyAccount: string | null
  text: string | null
  /** The bank's own reference. */
  bankRef: string | null
  /** The end-to-end reference, which the payer gave it. */
  e2eRef: string | null
  /** A structured reference such as RF18… or that of a Swiss QR bill. */
  structuredRef: string | null
  /** Only announced: the bank may still change it or leave it out. */
  isPending: boolean
  /** Why it cannot be read; null for a sound one. */
  problem: string | null
}

/** The bookings of one account over some days. */
export interface Statement {
  /** IBAN or number, as the file writes it. */
  account: string | null
  currency: string | null
  opening: Balance | null
  closing: Balance | null
  bookings: Booking[]
}

/** What a file from a bank holds. */
export interface StatementFile {
  /** `camt.053.001.08`, `MT940`, `OFX 1.02`, `1CClientBankExchange 1.03`. */
  format: string
  statements: Statement[]
  /** What a person should know about how it was read. */
  notes: string[]
}

/** A booking of which nothing is known yet. */
export function blankBooking(): Booking {
  return {
    booked: null,
    value: null,
    amount: null,
    currency: null,
    party: null,
    partyAccount: null,
    text: null,
    bankRef: null,
    e2eRef: null,
    structuredRef: null,
    isPending: false,
    problem: null,
  }
}

/** A statement of which nothing is known yet. */
export function blankStatement(): Statement {
  return { account: null, currency: null, opening: null, closing: null, bookings: [] }
}

/** The fault of a file that ends before it is complete: nothing of it is taken. */
export function brokenOff(name: string, what: string): Fault {
  return new Fault(
    'usage',
    `${name} is not complete: ${what}`,
    'download the statement again and import that file',
  )
}

/** The fault of a format or version that is not known here. */
export function unknownFormat(name: string, what: string, known: string): Fault {
  return new Fault('usage', `${name} is ${what}, which funnel cannot read`, `it reads ${known}`)
}
