import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'

/** What a document is. */
export type DocumentKind = 'proposal' | 'invoice' | 'credit-note' | 'reminder' | 'letter'

/** A template of the user's own. */
export interface TemplatesTable {
  id: Generated<number>
  name: string
  name_key: string
  kind: DocumentKind
  /** Null is for any language. */
  language: string | null
  format: 'html' | 'docx' | 'odt'
  is_default: 0 | 1
  /** The file in Base64; the journal takes texts. */
  body: string
}

/** A numbered, versioned offer, made of the lines of a deal. Amounts are in minor units of its currency. */
export interface ProposalsTable {
  id: Generated<number>
  number: string
  number_key: string
  series: string
  serial: number
  version: number
  deal_id: number
  client_id: number
  owner_id: number | null
  currency: string
  made_on: Day
  /** The last day on which it can be accepted without asking; null is without end. */
  valid_until: Day | null
  subject: string | null
  note: string | null
  /** The language tag that it is written in. */
  language: string
  template_id: number | null
  format: 'pdf' | 'html' | 'docx' | 'odt'
  /** Without options that were not chosen when it was made. */
  net: Money
  tax: Money
  gross: Money
  /** What the same lines come to without discounts. */
  full_net: Money
  /** Who it is for and who offers, as of the day on which it was made: JSON. */
  buyer: string
  seller: string
  /** Of the file as it was made. */
  sha256: string | null
  /** What sets a run over a segment apart from others. */
  batch: string | null
  sent_on: Day | null
  decided_on: Day | null
  decision: 'accepted' | 'declined' | null
  /** What the lines come to that the client takes, options among them; null unless it was accepted. */
  accepted_net: Money | null
  accepted_tax: Money | null
  accepted_gross: Money | null
}

/** A line of a proposal as it was when that was made. */
export interface ProposalLinesTable {
  id: Generated<number>
  proposal_id: number
  position: number
  /** The line of the deal that it was made of. */
  deal_line_id: number | null
  product_id: number | null
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: Portion
  category: TaxCategory
  reason: string | null
  net: Money
  optional: 0 | 1
  /** The position of the line that it is an alternative of. */
  alternative_of: number | null
  /** 1 if it counts in the totals. */
  counts: 0 | 1
  /** Once the proposal was accepted: 1 if the client takes it. */
  taken: 0 | 1 | null
}

/** What happened to a proposal. */
export interface ProposalEventsTable {
  id: Generated<number>
  proposal_id: number
  kind: 'made' | 'sent' | 'accepted' | 'declined'
  at: Day
  note: string | null
  recorded_at: string
  /** The mail by which it was sent; null for a file. */
  message_id: string | null
}

/** A file that was sent, byte for byte. */
export interface DocumentsTable {
  id: Generated<number>
  client_id: number
  kind: DocumentKind
  proposal_id: number | null
  invoice_id: number | null
  /** Of a reminder, its level. */
  level: number | null
  sent_on: Day
  /** The name of the file. */
  name: string
  format: 'pdf' | 'html' | 'docx' | 'odt' | 'txt' | 'ubl' | 'factur-x'
  /** Of its bytes, in hexadecimal. */
  sha256: string
  /** In bytes. */
  size: number
  /** Its bytes in Base64. */
  body: string
}

/** What a final invoice takes off, as an earlier one billed it: by category and rate of its tax. */
export interface InvoiceDeductionsTable {
  id: Generated<number>
  invoice_id: number
  deducts_id: number
  category: TaxCategory
  rate: Portion
  base: Money
  tax: Money
}
