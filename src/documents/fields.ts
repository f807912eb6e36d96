import type { DocumentKind } from '../book/schema/documents.ts'
import type { Block } from '../domain/documents.ts'
import type { Logo } from '../domain/firm/logo.ts'

export type { Block } from '../domain/documents.ts'

/** A label and what stands next to it: `Due`, `29.12.2026`. Its name is the same in every language. */
export interface Fact {
  name: string
  label: string
  value: string
}

/** A line of a document, written out. What is not known is an empty text. */
export interface LineFields {
  position: string
  /** The first line of its text. */
  name: string
  /** The rest of it. */
  details: string
  quantity: string
  unit: string
  price: string
  /** `5%`; empty if there is none. */
  discount: string
  /** `19%`. */
  tax: string
  net: string
  /** Is it an option that does not count in the totals? */
  optional: boolean
  /** The position of the line that it may take the place of. */
  alternative_of: string
}

/** A sum: `net`, one `tax` a rate, `gross`, `deducted` for each earlier invoice, `paid`, `open`. */
export interface SumFields extends Fact {
  /** Is it what the reader looks for? */
  strong: boolean
}

/** Somebody's name and address, written out. */
export interface PartyFields {
  name: string
  street: string
  postcode: string
  town: string
  region: string
  /** The name of the country in the language of the document; empty where it is the seller's own. */
  country: string
  /** Street, place and country as an envelope has them: a line each. */
  address: readonly string[]
  vat_id: string
  tax_number: string
}

/**
 * What a document says, every value written out in its language: what templates fill in, and what the page of a PDF
 * is laid out of, so that formats cannot disagree. Names are those of fields in templates. Text is plain, without
 * control characters; paragraphs are lines.
 */
export interface DocumentFields {
  kind: DocumentKind
  /** A language tag: `de-CH`. */
  language: string
  /** `Invoice 2026-0001`. */
  title: string
  number: string
  version: string
  date: string
  seller: PartyFields & { register: string; email: string; phone: string; website: string }
  client: PartyFields & { contact: string; email: string }
  /** What stands at the head: day, due day, references; in their order. */
  facts: readonly Fact[]
  subject: string
  /** The text before the lines, and the one after the sums. */
  intro: string
  closing: string
  note: string
  /** The body of a letter or a reminder. */
  body: string
  lines: readonly LineFields[]
  /** Options and alternatives that do not count, apart from `lines`. */
  options: readonly LineFields[]
  sums: readonly SumFields[]
  /** The late invoices of a reminder. */
  late: readonly { number: string; issued: string; due: string; days: string; open: string }[]
  payment: {
    /** When how much is to be paid, one sentence a line. */
    terms: readonly string[]
    /** Account holder, IBAN, BIC, reference. */
    facts: readonly Fact[]
  }
  /** Of a proposal: what the client signs; empty otherwise. */
  acceptance: string
  /** Who sent it: name and address, numbers, how to reach it; a line each. */
  footer: readonly string[]
  /** Words for headings and columns in the language of the document, by their English names. */
  labels: Readonly<Record<string, string>>
}

/** How documents look. */
export interface Look {
  logo: Logo | null
  /** The colour of headings and rules: `#1f4e79`. */
  color: string
  blocks: readonly Block[]
}

/** What a payment code next to the account says; null if the document asks for no payment, or no scheme fits. */
export type PaymentCode =
  | { kind: 'epc'; payload: string }
  | { kind: 'swiss'; payload: string }
  | null

/** A file made of a document. */
export interface MadeFile {
  bytes: Uint8Array
  /** Letters that no font of the program has, by code point, as people write them: `U+4E2D 中`. */
  missing: readonly string[]
}
