import type { TaxCategory } from '../../domain/firm/tax-category.ts'
import type { ReminderTexts } from '../../domain/invoices/reminder-texts.ts'

/** Headings, columns and labels, by their English names: the fields `labels.…` of templates. */
export const LABELS = [
  'number',
  'version',
  'date',
  'valid_until',
  'due',
  'order_ref',
  'buyer_ref',
  'service',
  'corrects',
  'contact',
  'client_vat_id',
  'vat_id',
  'tax_number',
  'position',
  'description',
  'quantity',
  'unit',
  'price',
  'discount',
  'net',
  'gross',
  'total',
  'paid',
  'open',
  'rest',
  'rest_net',
  'interest',
  'options',
  'option',
  'alternative_to',
  'invoice',
  'issued',
  'days_late',
  'payment',
  'scan',
  'account_holder',
  'iban',
  'bic',
  'account',
  'sort_code',
  'reference',
  'note',
  'signature',
  'page',
  'phone',
  'email',
  'website',
] as const

export type Label = (typeof LABELS)[number]

/** What papers are called; invoices by which part of a work they bill. */
export type TitleName = 'proposal' | 'invoice' | 'deposit' | 'part' | 'final' | 'credit-note'

/**
 * The texts of papers that settings can replace: `proposal.intro`. Words in braces are filled in; a paragraph of which
 * nothing is left goes. Of a mail, the first line is the subject.
 */
export const TEXT_NAMES = [
  'proposal.intro',
  'proposal.closing',
  'proposal.acceptance',
  'proposal.mail',
  'invoice.intro',
  'invoice.closing',
  'invoice.mail',
  'credit-note.intro',
  'credit-note.closing',
  'credit-note.mail',
  'letter.intro',
  'letter.closing',
] as const

export type TextName = (typeof TEXT_NAMES)[number]

/** Everything that papers say in a language. Days, amounts and percentages are handed in written out. */
export interface Words {
  labels: Readonly<Record<Label, string>>
  titles: Readonly<Record<TitleName, string>>
  /** The title of a draft. */
  draft: (title: string) => string
  /** `Invoice 2026-0001`, `Proposal P-2026-0001, version 2`. */
  numbered: (title: string, number: string, version: string | null) => string
  /** What the tax is called in the country of the seller. */
  tax: (country: string | null) => string
  /** What a VAT ID is called by the country of the seller, if not as usual. */
  vatId: Readonly<Record<string, string>>
  /** `19% VAT on 1,000.00`. */
  taxed: (tax: string, rate: string, base: string) => string
  /** Why no tax is charged. */
  untaxed: Readonly<Record<Exclude<TaxCategory, 'S'>, string>>
  /** How a letter begins, to somebody or to a company. */
  greeting: (name: string | null) => string
  /** `1 March 2026 to 31 March 2026`. */
  span: (from: string, to: string) => string
  /** Until when an offer holds. */
  validity: (day: string) => string
  /** Invoices by their numbers: `invoice 2026-0001`, `invoices 2026-0001, 2026-0002`. */
  invoices: (numbers: readonly string[]) => string
  daysLate: (days: number) => string
  /** An invoice in the mail of a reminder: `2026-0001, due 31 October 2026, 28 days late`. */
  lateLine: (number: string, due: string, days: number) => string
  /** What an earlier invoice billed. */
  deducted: (title: string, number: string, day: string, net: string, tax: string) => string
  /** `less 5%`. */
  less: (share: string) => string
  terms: {
    pay: (amount: string, day: string) => string
    payNow: (amount: string) => string
    instalments: string
    instalment: (amount: string, day: string) => string
    early: (day: string, share: string, amount: string) => string
    paid: string
    credit: string
  }
  /** @param rate that of a year: `10.15%`; empty if it is not known. */
  interest: (amount: string, day: string, rate: string) => string
  texts: Readonly<Record<TextName, string>>
  /** Reminders: a friendly one, the ones after it, and the final notice. The first line is the subject. */
  reminders: ReminderTexts
  /** How days are written. */
  day: Intl.DateTimeFormatOptions
  /** The tag by which days are written if only the language is known. */
  usualTag: string
}
