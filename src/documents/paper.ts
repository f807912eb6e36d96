import type { DocumentKind } from '../book/schema/documents.ts'
import type { Day } from '../domain/day.ts'
import type { TaxCategory } from '../domain/firm/tax-category.ts'
import type { Part } from '../domain/invoices/ageing.ts'
import type { InvoiceTotals } from '../domain/invoices/taxes.ts'
import type { Portion, Quantity, UnitPrice } from '../domain/lines/scaled.ts'
import type { Money } from '../domain/money.ts'
import type { Buyer, Seller } from '../money/invoices/freeze.ts'

/** A line of a paper. */
export interface PaperLine {
  position: number
  /** What it is, perhaps on several lines: the first is its name. */
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: Portion
  category: TaxCategory
  reason: string | null
  net: Money
  /** Does it count in the totals? Options that were not chosen do not. */
  counts: boolean
  /** Of a proposal: an option, or the position of the line that it may take the place of. */
  optional: boolean
  alternativeOf: number | null
}

/** What an earlier invoice billed of the same work, which a final invoice takes off. */
export interface Deduction {
  number: string
  issuedOn: Day
  net: Money
  tax: Money
  gross: Money
}

/** An invoice that a reminder is about; `open` is what is late of it. */
interface LateInvoice {
  number: string
  issuedOn: Day | null
  dueOn: Day
  /** Days late. */
  late: number
  open: Money
}

/**
 * A document as values, before they are written in words: what every format, the e-invoice among them, is made of. It
 * is gathered from the book in `gather/`; amounts are in minor units of `currency`.
 */
export interface Paper {
  kind: DocumentKind
  /** The language tag that it is written in: `de`, `de-CH`. */
  language: string
  /** Null for a draft, and for letters. */
  number: string | null
  /** Of a proposal. */
  version: number | null
  /** Its day. */
  on: Day
  /** The last day of a proposal; null is without end. */
  validUntil: Day | null
  currency: { code: string; digits: number }
  seller: Seller
  buyer: Buyer
  /** Who is written to at the buyer; null if nobody is named. */
  contact: string | null
  /** The buyer's e-mail address. */
  email: string | null
  /** What it is about: the title of the deal. */
  subject: string | null
  /** Remarks of this document. */
  note: string | null
  lines: readonly PaperLine[]
  /** What the lines come to that count, less `deductions`. */
  totals: InvoiceTotals
  /** A deposit, a part or the final invoice of a piece of work. */
  part: 'deposit' | 'part' | 'final' | null
  deductions: readonly Deduction[]
  /** The invoice that a credit note corrects. */
  corrects: { number: string; issuedOn: Day } | null
  orderRef: string | null
  buyerRef: string | null
  service: { from: Day | null; to: Day | null }
  dueOn: Day | null
  /** Instalments; none if all is due on one day. */
  parts: readonly Part[]
  /** What those who pay by a day may take off, and what is then to be paid. */
  early: { discount: Portion; until: Day; amount: Money } | null
  /** What is open: the total less what was paid or credited. */
  open: Money
  /** What to give with the payment: a structured creditor reference (ISO 11649), else the number. */
  reference: string | null
  /** Of a reminder. */
  reminder: {
    level: number
    levels: number
    invoices: readonly LateInvoice[]
    interest: Money
    /** That of a year; null is not charged. */
    rate?: Portion | null
  } | null
  /** Of a letter, or in place of the usual text of a reminder: what stands in its body. */
  body: string | null
}
