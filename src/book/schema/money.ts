import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'

/** A claim of money, or a credit note that takes one back. Amounts are in minor units of its currency. */
export interface InvoicesTable {
  id: Generated<number>
  kind: 'invoice' | 'credit'
  /** Null for a draft. */
  number: string | null
  number_key: string | null
  /** The numbers that are counted together, and the place among them; null for one that came with its number. */
  series: string | null
  serial: number | null
  client_id: number
  deal_id: number | null
  owner_id: number | null
  /** The invoice that a credit note corrects. */
  corrects_id: number | null
  currency: string
  /** Its rate on the day of issue; null in the book's currency, or where none was known. */
  rate: Rate | null
  terms_id: number | null
  bank_account_id: number | null
  drafted_on: Day
  issued_on: Day | null
  due_on: Day | null
  /** What those who pay by a day may take off. */
  discount: Portion | null
  discount_on: Day | null
  service_from: Day | null
  service_to: Day | null
  voided_on: Day | null
  /** The day on which nothing was open any more, or a credit note was used up; it follows from allocations. */
  settled_on: Generated<Day | null>
  net: Money
  tax: Money
  gross: Money
  /** How it is to be paid in instalments: `30% 0d, 70% 30d`. */
  plan: string | null
  payment_ref: string | null
  order_ref: string | null
  /** What the buyer asks invoices to name (EN 16931, BT-10); null is what its client has. */
  buyer_ref: Generated<string | null>
  /** Billed before the work, while it goes on, or at its end less what was billed before; null for all of it. */
  part: Generated<'deposit' | 'part' | 'final' | null>
  /** The proposal that it bills. */
  proposal_id: Generated<number | null>
  note: string | null
  /** Who is billed and who bills, as of the day of issue: JSON. */
  buyer: string | null
  seller: string | null
  ref: string | null
  import_id: number | null
  import_row: number | null
}

/** A line of an invoice. */
export interface InvoiceLinesTable {
  id: Generated<number>
  invoice_id: number
  position: number
  product_id: number | null
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: Portion
  category: TaxCategory
  /** Why no tax is charged. */
  reason: string | null
  net: Money
}

/** The tax of an issued invoice at one rate. */
export interface InvoiceTaxesTable {
  id: Generated<number>
  invoice_id: number
  category: TaxCategory
  rate: Portion
  reason: string | null
  base: Money
  tax: Money
}

/** A part of an invoice that is due on a day of its own. */
export interface InstalmentsTable {
  id: Generated<number>
  invoice_id: number
  due_on: Day
  amount: Money
}

/** What happened to an invoice after it was issued. */
export interface InvoiceEventsTable {
  id: Generated<number>
  invoice_id: number
  kind: 'sent' | 'voided' | 'held' | 'released'
  at: Day
  /** The last day of a hold. */
  until: Day | null
  note: string | null
  recorded_at: string
  /** The mail by which it was sent; null for a file. */
  message_id: Generated<string | null>
}

/** A reminder of what was late of an invoice. Amounts are in minor units of its currency. */
export interface RemindersTable {
  id: Generated<number>
  invoice_id: number
  /** The due day of what was late: of instalments, that of the first one that was not paid. */
  due_on: Day
  level: number
  at: Day
  /** What was late of it, and the interest asked for. */
  open: Money
  interest: Money
  /** The mail by which it went; null for a file. */
  message_id: string | null
}

/** What a client promised to pay of an invoice by a day. */
export interface PromisesTable {
  id: Generated<number>
  invoice_id: number
  made_on: Day
  for_day: Day
  amount: Money
  /** What is to be open of the invoice when it is kept. */
  leaves: Money
  note: string | null
}

/** An invoice that is made again. */
export interface InvoiceRepeatsTable {
  id: Generated<number>
  /** The invoice or draft whose lines are taken. */
  invoice_id: number
  /** How often, as `domain/repeat.ts` reads it. */
  every: string
  /** The day that repetitions are counted from: that of the invoice itself. */
  first_on: Day
  until: Day | null
  /** The number of the last repetition; null is without end. */
  times: number | null
  /** The number of the last repetition that was made, or passed over. */
  made: Generated<number>
  stopped_on: Day | null
}

/** Why an invoice is settled: by money, or without it. */
export type PaymentKind = 'in' | 'refund' | 'write-off' | 'discount' | 'fee'

/** Money from a client, money back to one, and what settles an invoice without money. */
export interface PaymentsTable {
  id: Generated<number>
  client_id: number
  kind: PaymentKind
  paid_on: Day
  amount: Money
  currency: string
  rate: Rate | null
  /** The day on which it was used up; it follows from allocations. */
  settled_on: Generated<Day | null>
  bank_account_id: number | null
  /** The booking by which it came or went; of a discount or a fee, the one that came short by it. */
  bank_line_id: number | null
  method: string | null
  note: string | null
  ref: string | null
  import_id: number | null
  import_row: number | null
}

/** The part of a payment or a credit note that settles an invoice, or that a refund gives back. */
export interface AllocationsTable {
  id: Generated<number>
  payment_id: number | null
  credit_id: number | null
  invoice_id: number | null
  refund_id: number | null
  at: Day
  amount: Money
}
