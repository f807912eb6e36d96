import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Look } from '../fields.ts'
import { DOCUMENT_KINDS } from '../kinds.ts'
import { samplePaper } from '../sample.ts'
import { LABELS } from '../words/words.ts'
import { fieldsOf } from '../write/index.ts'
import { valueAt } from './office/scope.ts'
import { type View, viewOf } from './view.ts'

/** A field that templates can have. */
export interface KnownField {
  name: string
  about: string
  /** The list that it is of: `lines`; null outside of lists. */
  list: string | null
}

const one = (name: string, about: string): KnownField => ({ name, about, list: null })

const PARTY = (whose: string, name: string): KnownField[] => [
  one(`${whose}.name`, `${name} name`),
  one(`${whose}.street`, `${name} street`),
  one(`${whose}.postcode`, `${name} postcode`),
  one(`${whose}.town`, `${name} town`),
  one(`${whose}.region`, `${name} region`),
  one(`${whose}.country`, `${name} country, if it is not the other’s`),
  one(`${whose}.vat_id`, `${name} VAT ID`),
  one(`${whose}.tax_number`, `${name} tax number`),
  one(`${whose}.email`, `${name} e-mail address`),
]

const listed = (list: string, fields: Readonly<Record<string, string>>): KnownField[] =>
  Object.entries(fields).map(([name, about]) => ({ name, about, list }))

const FACT = {
  name: 'its name, the same in every language',
  label: 'its label',
  value: 'its value',
}

const LINE = {
  position: 'its number',
  name: 'what it is: the first line of its text',
  details: 'the other lines of its text',
  amount: 'quantity and unit: 7.5 h',
  quantity: 'its quantity',
  unit: 'its unit',
  price: 'the price of one unit',
  discount: 'its discount, if it has one',
  tax: 'its rate of tax',
  net: 'what it comes to',
  note: 'which line it may take the place of',
  alternative_of: 'the number of that line',
  optional: 'is it an option?',
}

/** Every field of documents, with what it means. */
export const KNOWN_FIELDS: readonly KnownField[] = [
  one('title', 'what it is called: Invoice 2026-0001'),
  one('number', 'its number'),
  one('version', 'the version of a proposal'),
  one('date', 'its day'),
  one('subject', 'the title of the deal'),
  one('intro', 'the text before the lines'),
  one('body', 'the text of a letter'),
  one('note', 'remarks of this document'),
  one('closing', 'the text after the sums'),
  one('acceptance', 'what a client signs'),
  one('logo', 'your logo'),
  one('payment_code', 'on pages, the QR code of a SEPA transfer, as a picture'),
  one('color', 'the colour of headings'),
  one('language', 'its language tag'),
  one('kind', 'proposal, invoice, credit-note, reminder or letter'),
  ...PARTY('client', 'the client’s'),
  one('client.contact', 'who is written to at the client'),
  one('client.envelope', 'name and address as on an envelope, on lines of their own'),
  one('client.address', 'the lines of the address'),
  ...PARTY('seller', 'your'),
  one('seller.register', 'where your company is registered'),
  one('seller.phone', 'your phone number'),
  one('seller.website', 'your website'),
  one('seller.line', 'your name and address on one line'),
  one('seller.address', 'the lines of your address'),
  one('facts', 'what stands at the head: day, due day, references'),
  ...listed('facts', FACT),
  one('fact.due', 'one of them by its name: also valid_until, order_ref, service, corrects …'),
  one('lines', 'the lines'),
  ...listed('lines', LINE),
  one('options', 'options and alternatives, which do not count; with the fields of lines'),
  one('has_lines', 'are there lines?'),
  one('has_options', 'are there options?'),
  one('sums', 'net, tax, total, what was paid'),
  ...listed('sums', { ...FACT, strong: 'is it what the reader looks for?', plain: 'is it not?' }),
  one('sum.gross', 'one of them by its name: also net, paid, open, total'),
  one('late', 'the late invoices of a reminder'),
  ...listed('late', {
    number: 'the number of the invoice',
    issued: 'its day',
    due: 'the day by which it was to be paid',
    days: 'how late it is',
    open: 'what is open',
  }),
  one('has_late', 'are there late invoices?'),
  one('terms', 'when how much is to be paid, a sentence a line'),
  ...listed('terms', { text: 'the text of the line' }),
  one('terms_text', 'the same as one text'),
  one('account_facts', 'the account to pay to, with the fields of facts'),
  one('account.iban', 'one of them: also account_holder, bic, account, sort_code, reference'),
  one('has_payment', 'is anything said about payment?'),
  one('footer', 'who sent it, a line each'),
  one('footer_text', 'the same as one text'),
  ...[...LABELS, 'tax'].map((name) =>
    one(`labels.${name}`, `a word: ${name.replaceAll('_', ' ')}`),
  ),
]

/** A document of a kind as templates see it, to try them out. */
export const sampleView = (kind: DocumentKind, language: string, look: Look): View =>
  viewOf(fieldsOf(samplePaper(kind, language)), look)

/** What a field is in a document, as a person reads it; null if it is a list, a picture or nothing. */
export function sampleOf(view: View, { name, list }: KnownField): string | null {
  const all = list === null ? view : valueAt(view, list)
  const within = Array.isArray(all) ? (all as readonly View[])[0] : isView(all) ? all : undefined
  const value = within && valueAt(within, name)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'string' || value === '' || value.startsWith('data:')) return null
  return value.replaceAll('\n', ' ')
}

/** Two views as one that has what either has; of lists the one that is not empty. */
function merged(first: View, second: View): View {
  const all: View = { ...first }
  for (const [name, value] of Object.entries(second)) {
    const mine = all[name]
    if (mine === undefined || (Array.isArray(mine) && mine.length === 0)) all[name] = value
    else if (isView(mine) && isView(value)) all[name] = merged(mine, value)
  }
  return all
}

function isView(value: View[string] | undefined): value is View {
  return typeof value === 'object' && !Array.isArray(value)
}

/** Facts and sums that only some documents have. */
const RARE: View = {
  fact: { version: '' },
  sum: { deducted: '', rest: '', rest_net: '', rest_tax: '', paid: '', open: '', interest: '' },
  account: { account: '', sort_code: '' },
}

/** All that documents of any kind can have. */
export function everyField(look: Look): View {
  const views = DOCUMENT_KINDS.map((kind) => sampleView(kind, 'en', look))
  return [...views, RARE].reduce(merged)
}
