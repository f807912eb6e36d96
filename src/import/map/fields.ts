import type { ImportKind } from '../../book/schema/imports.ts'
import {
  CLIENT_TEXTS,
  DEAL_TEXTS,
  namesOf,
  type TextField,
  type TextFields,
  wordFor,
} from '../../domain/text-fields.ts'

export type { ImportKind }

/** How the cells of a field are read. */
type FieldType =
  | 'text'
  | 'name'
  | 'email'
  | 'phone'
  | 'website'
  | 'date'
  | 'money'
  | 'number'
  | 'yesno'
  | 'chance'
  | 'outcome'

/** A field that a column may be read as. */
export interface FieldSpec {
  name: string
  type: FieldType
  /** Several columns may go into it: a client has many phones, but one name. */
  many?: true
  /** One line, for help texts and prompts. */
  help: string
}

const { rating, ...clientTexts } = CLIENT_TEXTS
const { note, ...dealTexts } = DEAL_TEXTS

function textColumn<N extends string>(name: N, { column: help, many }: TextField) {
  return { name: wordFor(name), type: 'text', help, ...(many && { many }) } as const
}

function textColumns<N extends string>(fields: TextFields<N>) {
  return namesOf(fields).map((name) => textColumn(name, fields[name]))
}

// A header that could be two fields is read as the one that comes first here, while that is free.
const FIELDS = {
  clients: [
    { name: 'ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'name', type: 'name', help: "the client's name" },
    { name: 'kind', type: 'text', help: 'company or person' },
    { name: 'owner', type: 'name', help: 'the salesperson responsible for the client' },
    { name: 'source', type: 'name', help: 'where the client came from' },
    textColumn('rating', rating),
    { name: 'consent', type: 'yesno', help: 'whether it may be sent mailings' },
    ...textColumns(clientTexts),
    { name: 'price-list', type: 'name', help: 'the price list whose prices it gets' },
    { name: 'terms', type: 'text', help: 'when it pays: the name of terms, or a number of days' },
    { name: 'email', type: 'email', many: true, help: 'e-mail addresses' },
    { name: 'phone', type: 'phone', many: true, help: 'phone numbers' },
    { name: 'website', type: 'website', many: true, help: 'websites' },
    { name: 'category', type: 'text', many: true, help: 'tags' },
    { name: 'contact', type: 'name', help: 'the full name of a person at the client' },
    { name: 'first-name', type: 'name', help: "that person's first name" },
    { name: 'last-name', type: 'name', help: "that person's last name" },
    { name: 'role', type: 'text', help: "that person's job" },
  ],
  deals: [
    { name: 'ref', type: 'text', help: "the deal's number or key in another program" },
    { name: 'client', type: 'name', help: "the client's name" },
    {
      name: 'contact',
      type: 'name',
      help: 'the person at the client, and the client itself if a row names no other',
    },
    { name: 'client-ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'title', type: 'name', help: 'what the deal is called' },
    { name: 'process', type: 'name', help: 'the process (pipeline) it goes through' },
    { name: 'stage', type: 'name', help: 'the stage it is in, or ended in' },
    { name: 'outcome', type: 'outcome', help: 'open, won or lost' },
    { name: 'opened', type: 'date', help: 'the day it was opened' },
    {
      name: 'closed',
      type: 'date',
      help: 'the day it was won or lost; for an open deal the expected close',
    },
    {
      name: 'won-on',
      type: 'date',
      help: 'the day it was won, if losses have a column of their own',
    },
    {
      name: 'lost-on',
      type: 'date',
      help: 'the day it was lost, if wins have a column of their own',
    },
    { name: 'amount', type: 'money', help: 'what it may bring in' },
    {
      name: 'won-amount',
      type: 'money',
      help: 'what it brought in when it was won, if another column has what was expected',
    },
    { name: 'cost', type: 'money', help: 'what it will cost to deliver' },
    { name: 'owner', type: 'name', help: 'the salesperson responsible for the deal' },
    { name: 'source', type: 'name', help: 'where the deal came from' },
    { name: 'reason', type: 'name', help: 'why it was lost' },
    ...textColumns(dealTexts),
    { name: 'expected-close', type: 'date', help: 'the day it should be won or lost' },
    { name: 'chance', type: 'chance', help: 'the chance to win that was set by hand: 70%' },
    textColumn('note', note),
    { name: 'tag', type: 'text', many: true, help: 'tags' },
    { name: 'is-won', type: 'yesno', help: 'yes if it was won' },
    { name: 'is-lost', type: 'yesno', help: 'yes if it was lost' },
    {
      name: 'currency',
      type: 'text',
      help: "what the amounts are in, if not in the book's currency: USD",
    },
    {
      name: 'exchange-rate',
      type: 'text',
      help: "the rate that a deal in another currency was closed with: units of it for one of the book's",
    },
    {
      name: 'is-closed',
      type: 'yesno',
      help: 'yes if it is no longer open; another column says whether it was won or lost',
    },
    {
      name: 'is-active',
      type: 'yesno',
      help: 'no if it was set aside, which means lost unless something says that it was won',
    },
  ],
  history: [
    {
      name: 'deal',
      type: 'text',
      help: "the deal's number or key in another program, or its title",
    },
    { name: 'title', type: 'name', help: "the deal's title, if no number or key leads to it" },
    { name: 'client', type: 'name', help: 'whose deal it is, if several have the title' },
    { name: 'client-ref', type: 'text', help: "that client's number or key in another program" },
    { name: 'stage', type: 'name', help: 'the stage it came to' },
    { name: 'from-stage', type: 'name', help: 'the stage it was in before' },
    { name: 'at', type: 'date', help: 'the day it came to the stage' },
    { name: 'owner', type: 'name', help: 'who moved it' },
    {
      name: 'changed',
      type: 'text',
      help: 'what was changed; rows about anything but the stage are skipped',
    },
    { name: 'amount', type: 'money', help: 'its amount at the time' },
    { name: 'event', type: 'text', help: 'opened, moved, won, lost, reopened or amended' },
    { name: 'cost', type: 'money', help: 'its cost at the time; with event' },
    { name: 'expected-close', type: 'date', help: 'its expected close at the time; with event' },
    { name: 'chance', type: 'chance', help: 'the chance set by hand at the time; with event' },
    { name: 'reason', type: 'name', help: 'why it was lost; with event' },
    { name: 'note', type: 'text', many: true, help: 'remarks; with event' },
    {
      name: 'currency',
      type: 'text',
      help: "what the amounts are in, if not in the book's currency: USD",
    },
    {
      name: 'exchange-rate',
      type: 'text',
      help: "the rate of that day for another currency: units of it for one of the book's; with event",
    },
  ],
  interactions: [
    { name: 'client', type: 'name', help: "the client's name" },
    { name: 'client-ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'contact', type: 'name', help: 'the person at the client' },
    {
      name: 'deal',
      type: 'text',
      help: 'the deal that it was about: its number or key in another program, or its title',
    },
    { name: 'kind', type: 'text', help: 'call, email, meeting, message, sms or mailing' },
    { name: 'direction', type: 'text', help: 'in or out' },
    { name: 'result', type: 'text', help: 'what came of it' },
    { name: 'at', type: 'date', help: 'the day it happened, with or without the time' },
    { name: 'time', type: 'text', help: 'the time of that day, if it has a column of its own' },
    { name: 'minutes', type: 'text', help: 'how long it took, in minutes or as 1h30' },
    { name: 'owner', type: 'name', help: 'the salesperson' },
    { name: 'text', type: 'text', many: true, help: 'what was said' },
  ],
  tasks: [
    { name: 'text', type: 'text', help: 'what to do' },
    { name: 'due', type: 'date', help: 'the day it is due, with or without a time' },
    { name: 'time', type: 'text', help: 'the time of that day, if it has a column of its own' },
    { name: 'minutes', type: 'text', help: 'how long it takes, in minutes or as 1h30' },
    { name: 'status', type: 'text', help: 'open, done or dropped' },
    { name: 'owner', type: 'name', help: 'the salesperson who does it' },
    { name: 'client', type: 'name', help: "the client's name" },
    { name: 'client-ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'deal', type: 'name', help: "the deal's title" },
    { name: 'deal-ref', type: 'text', help: "the deal's number or key in another program" },
    { name: 'stage', type: 'name', help: 'the stage of the deal that it is the task of' },
    { name: 'closed', type: 'date', help: 'the day it was done or dropped' },
    { name: 'result', type: 'text', many: true, help: 'what came of it' },
    { name: 'repeat', type: 'text', help: 'how often it repeats: 3d, 2w, 1m, 1y' },
    { name: 'added', type: 'date', help: 'the day it was entered' },
    { name: 'repeat-from', type: 'date', help: 'the day from which it repeats' },
    { name: 'follow-up', type: 'yesno', help: 'yes if losing the deal created it' },
  ],
  goals: [
    { name: 'measure', type: 'text', help: 'won-amount, won-profit, won-deals or contacts-made' },
    { name: 'owner', type: 'name', help: 'who is to reach it; blank: all together' },
    { name: 'every', type: 'text', help: 'month, quarter or year, if it comes again in each' },
    { name: 'from', type: 'date', help: 'its first day; with every, the first that it holds for' },
    { name: 'to', type: 'date', help: 'its last day; without every' },
    { name: 'goal', type: 'money', help: 'what is to be reached: an amount, or a number' },
  ],
  bookings: [
    { name: 'booked', type: 'date', help: 'the day it was booked' },
    { name: 'value', type: 'date', help: 'the day from which it counts for interest' },
    { name: 'amount', type: 'money', help: 'what came in, or with a minus what went out' },
    {
      name: 'currency',
      type: 'text',
      help: 'what the amounts are in, if not in that of the account',
    },
    { name: 'party', type: 'name', help: 'who paid, or was paid' },
    { name: 'party-account', type: 'text', help: 'the IBAN or number of their account' },
    { name: 'text', type: 'text', many: true, help: 'what was written with it' },
    { name: 'bank-ref', type: 'text', help: "the bank's own reference" },
    { name: 'e2e-ref', type: 'text', help: "the payer's end-to-end reference" },
    {
      name: 'structured-ref',
      type: 'text',
      help: 'a structured reference: RF18…, or a QR reference',
    },
    { name: 'account', type: 'text', help: 'your account; rows of another one are skipped' },
    { name: 'debit', type: 'money', help: 'what went out, if it has a column of its own' },
    { name: 'credit', type: 'money', help: 'what came in, if it has a column of its own' },
    { name: 'direction', type: 'text', help: 'in or out, if the amounts have no minus' },
    { name: 'status', type: 'text', help: 'pending rows are skipped' },
  ],
  invoices: [
    { name: 'number', type: 'text', help: 'the number that it was issued with' },
    { name: 'kind', type: 'text', help: 'invoice or credit note; one below zero is a credit note' },
    { name: 'client', type: 'name', help: "the client's name" },
    { name: 'client-ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'deal', type: 'name', help: "the deal's title" },
    { name: 'deal-ref', type: 'text', help: "the deal's number or key in another program" },
    {
      name: 'owner',
      type: 'name',
      help: "the salesperson; without the column the deal's or client's",
    },
    { name: 'issued', type: 'date', help: 'the day of issue' },
    {
      name: 'due',
      type: 'date',
      help: "when it is due; blank: by the client's or the default terms",
    },
    { name: 'net', type: 'money', help: 'its amount without tax' },
    { name: 'tax', type: 'money', help: 'the tax on it, as an amount' },
    { name: 'amount', type: 'money', help: 'its amount with tax' },
    { name: 'open', type: 'money', help: 'what is open of it; it follows from payments' },
    {
      name: 'corrects',
      type: 'text',
      help: 'the number of the invoice that a credit note corrects',
    },
    {
      name: 'settles',
      type: 'text',
      help: 'what a credit note settles, if not what it corrects: 2026-0001=119.00; 2026-0003=50.00',
    },
    { name: 'instalments', type: 'text', help: 'how it is to be paid: 30% at once, 70% 30d' },
    { name: 'voided', type: 'date', help: 'the day on which it was voided' },
    { name: 'order-ref', type: 'text', help: "the client's order number" },
    { name: 'buyer-ref', type: 'text', help: 'what the client asks invoices to name' },
    { name: 'note', type: 'text', many: true, help: 'a remark' },
    { name: 'ref', type: 'text', help: 'its key in another program' },
    { name: 'currency', type: 'text', help: "what it is in, if not in the book's currency: USD" },
    {
      name: 'exchange-rate',
      type: 'text',
      help: "units of that currency for one of the book's on the day of issue",
    },
  ],
  payments: [
    { name: 'client', type: 'name', help: "the client's name" },
    { name: 'client-ref', type: 'text', help: "the client's number or key in another program" },
    { name: 'on', type: 'date', help: 'the day of the payment' },
    {
      name: 'kind',
      type: 'text',
      help: 'payment (also if blank), refund, write-off, discount or fee',
    },
    { name: 'amount', type: 'money', help: 'what was paid' },
    {
      name: 'for',
      type: 'text',
      many: true,
      help: 'the numbers of the invoices that it is for: 2026-0001, 2026-0003',
    },
    { name: 'method', type: 'text', help: 'how it was paid: transfer, card, cash' },
    { name: 'account', type: 'text', help: 'the bank account that it came to' },
    { name: 'note', type: 'text', many: true, help: 'a remark' },
    { name: 'ref', type: 'text', help: 'its number or key in another program' },
    { name: 'currency', type: 'text', help: "what it is in, if not in the book's currency: USD" },
    {
      name: 'exchange-rate',
      type: 'text',
      help: "units of that currency for one of the book's on that day",
    },
  ],
  products: [
    { name: 'code', type: 'text', help: 'its number or code' },
    { name: 'name', type: 'name', help: 'what it is called' },
    { name: 'text', type: 'text', many: true, help: 'how offers describe it' },
    { name: 'unit', type: 'text', help: 'what it is counted in' },
    { name: 'price', type: 'money', help: 'the price of one unit' },
    { name: 'cost', type: 'money', help: 'what one unit costs you' },
    { name: 'tax', type: 'text', help: 'its tax rate in percent: 19%' },
    { name: 'tax-name', type: 'text', help: 'the name of that tax in the book' },
    { name: 'retired', type: 'yesno', help: 'yes if it is no longer sold' },
    {
      name: 'currency',
      type: 'text',
      help: "what the prices are in, if not in the book's currency: USD",
    },
  ],
  prices: [
    { name: 'code', type: 'text', help: 'the code of the product' },
    { name: 'product', type: 'name', help: 'the name of the product' },
    {
      name: 'price-list',
      type: 'name',
      help: 'the price list that it is for; blank: every client',
    },
    { name: 'quantity', type: 'number', help: 'the quantity from which it holds; 0 if blank' },
    { name: 'price', type: 'money', help: 'the price of one unit' },
    { name: 'from', type: 'date', help: 'the first day that it is valid' },
    { name: 'to', type: 'date', help: 'the last day that it is valid' },
    {
      name: 'currency',
      type: 'text',
      help: "what the price is in, if not in the book's currency: USD",
    },
  ],
  lines: [
    {
      name: 'deal',
      type: 'text',
      help: "the deal's number or key in another program, or its title; blank: the deal above",
    },
    { name: 'title', type: 'name', help: "the deal's title, if no number or key leads to it" },
    { name: 'client', type: 'name', help: 'whose deal it is, if several have the title' },
    { name: 'client-ref', type: 'text', help: "that client's number or key in another program" },
    { name: 'position', type: 'text', help: 'the number of the line in its deal' },
    { name: 'code', type: 'text', help: 'the code of the product' },
    { name: 'product', type: 'name', help: 'the name of the product' },
    {
      name: 'text',
      type: 'text',
      many: true,
      help: 'what is sold, or what is said about the product',
    },
    { name: 'quantity', type: 'number', help: 'how much of it; 1 if blank' },
    { name: 'unit', type: 'text', help: 'what it is counted in' },
    { name: 'price', type: 'money', help: 'the price of one unit, before discount and tax' },
    { name: 'discount', type: 'number', help: 'what is taken off, in percent: 5%' },
    { name: 'discount-amount', type: 'money', help: 'what is taken off the line, as an amount' },
    { name: 'unit-discount', type: 'money', help: 'what is taken off the price of one unit' },
    { name: 'tax', type: 'text', help: 'its tax rate in percent: 19%' },
    { name: 'cost', type: 'money', help: 'what one unit costs you' },
    { name: 'optional', type: 'yesno', help: 'yes for an option: outside the amount until chosen' },
    {
      name: 'alternative-to',
      type: 'text',
      help: 'the number of the line that it may stand in for',
    },
    { name: 'chosen', type: 'yesno', help: 'yes for an option or alternative that was chosen' },
    { name: 'total', type: 'money', help: 'what the line comes to, compared with the rest' },
    {
      name: 'currency',
      type: 'text',
      help: "what the prices are in, if the deal is not in the book's currency: USD",
    },
  ],
} as const satisfies Record<ImportKind, readonly FieldSpec[]>

/** The name of a field of a kind of import. */
export type FieldName<K extends ImportKind = ImportKind> = (typeof FIELDS)[K][number]['name']

/** Every kind of import. */
export const IMPORT_KINDS = Object.keys(FIELDS) as ImportKind[]

/** The fields of a kind of import, in the order in which they are shown to people. */
export function fieldsOf(kind: ImportKind): readonly FieldSpec[] {
  return FIELDS[kind]
}

/** Kinds whose records keep what no field takes, under the name of its column. */
export function hasProperties(kind: ImportKind): boolean {
  return kind === 'clients' || kind === 'deals'
}

/** The field of that name, if the kind of import has one. */
export function findField(kind: ImportKind, name: string): FieldSpec | undefined {
  return fieldsOf(kind).find((field) => field.name === name)
}
