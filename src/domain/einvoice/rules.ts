import type { TaxCategory } from '../firm/tax-category.ts'
import { isInPeppol } from './e-address.ts'
import type { EFormat } from './formats.ts'
import type { EInvoice } from './model.ts'

/** Something that an e-invoice must say and does not. */
export interface Gap {
  /** Its number in EN 16931: `BT-49`. */
  term: string
  name: string
  /** Why it must be there. */
  why: string
  /** What to type; null if nothing helps once the invoice was issued. */
  command: string | null
}

/** How the invoice and its client are called in commands. */
export interface Called {
  invoice: string
  client: number
  /** What was issued never changes, apart from where it is sent to. */
  isIssued: boolean
}

interface Rule {
  term: string
  name: string
  why: string
  /** Only for these; both if it is left out. */
  format?: EFormat
  isMissing: (invoice: EInvoice) => boolean
  command: (called: Called) => string
  /** Can it be added to an invoice that was issued? */
  isLate?: true
}

const company = (option: string, value: string) => () => `funnel company set --${option} ${value}`
const client =
  (option: string, value: string) =>
  ({ client: id }: Called) =>
    `funnel client edit ${id} --${option} ${value}`

const has = (invoice: EInvoice, ...categories: readonly TaxCategory[]): boolean =>
  invoice.taxes.some(({ category }) => categories.includes(category))

const isGerman = ({ seller, buyer }: EInvoice): boolean =>
  seller.country === 'DE' && buyer.country === 'DE'

const isCountry = (country: string | null): boolean => /^[A-Z]{2}$/.test(country ?? '')

/** Countries whose addresses have a postcode, as their own rules say. */
const WITH_POSTCODE = new Set(['DE', 'IT', 'NL'])
/** Countries whose companies must give their number in the trade register. */
const REGISTERED = new Set(['DK', 'NL'])

/** Is it impossible to say who sells by any number (BT-29, BT-30, BT-31)? */
const isUnknown = ({ seller }: EInvoice): boolean =>
  seller.vatId === null && seller.legalId === null && seller.id === null

const EN = 'EN 16931 asks for it'
const ADDRESS = 'EN 16931 and tax law ask for the full address'

const RULES: readonly Rule[] = [
  {
    term: 'BT-5',
    name: 'currency of two decimals',
    why: 'EN 16931 knows no amounts with three decimals',
    isMissing: ({ currency }) => currency.digits > 2,
    command: ({ client: id }) => `funnel invoice add ${id} --currency EUR`,
  },
  {
    term: 'BT-10',
    name: 'buyer reference',
    why: 'between German companies it must be there (a Leitweg-ID, or what the client asks for)',
    format: 'ubl',
    isMissing: (invoice) => invoice.buyerRef === null && isGerman(invoice),
    command: client('buyer-ref', 'TEXT'),
    isLate: true,
  },
  {
    term: 'BT-10',
    name: 'buyer reference or order number',
    why: 'Peppol asks for one of them (PEPPOL-EN16931-R003)',
    format: 'ubl',
    isMissing: (invoice) =>
      invoice.buyerRef === null && invoice.orderRef === null && !isGerman(invoice),
    command: client('buyer-ref', 'TEXT'),
    isLate: true,
  },
  {
    term: 'BT-27',
    name: 'your name',
    why: `${EN} (BR-06)`,
    isMissing: ({ seller }) => seller.name === null,
    command: company('name', 'NAME'),
  },
  {
    term: 'BT-30',
    name: 'your number in the trade register',
    why: 'sellers in Denmark and the Netherlands must give it (DK-R-002, NL-R-003)',
    format: 'ubl',
    isMissing: ({ seller }) =>
      REGISTERED.has(seller.country ?? '') && (seller.legalId?.scheme ?? null) === null,
    command: company('register', 'NUMBER'),
  },
  {
    term: 'BT-31',
    name: 'your VAT ID',
    why: 'what goes abroad without tax must name it (BR-IC-02, BR-G-02)',
    isMissing: (invoice) => has(invoice, 'K', 'G') && invoice.seller.vatId === null,
    command: company('vat-id', 'ID'),
  },
  {
    term: 'BT-31',
    name: 'your VAT ID or tax number',
    why: 'a number must say who sells (BR-CO-26, BR-S-02)',
    isMissing: (invoice) =>
      !has(invoice, 'K', 'G') &&
      (isUnknown(invoice) ||
        (!has(invoice, 'O') && invoice.seller.vatId === null && invoice.seller.taxNumber === null)),
    command: () => 'funnel company set --vat-id ID (or --tax-number NUMBER)',
  },
  {
    term: 'BT-34',
    name: 'your e-address',
    why: 'Peppol asks for the sender’s address (PEPPOL-EN16931-R020); an e-mail address is not enough',
    format: 'ubl',
    isMissing: ({ seller }) => !isInPeppol(seller.eAddress?.scheme ?? null),
    command: company('e-address', '0088:4012345000009'),
    isLate: true,
  },
  {
    term: 'BT-35',
    name: 'your street',
    why: ADDRESS,
    isMissing: ({ seller }) => seller.street === null,
    command: company('street', 'STREET'),
  },
  {
    term: 'BT-37',
    name: 'your town',
    why: ADDRESS,
    isMissing: ({ seller }) => seller.town === null,
    command: company('town', 'TOWN'),
  },
  {
    term: 'BT-38',
    name: 'your postcode',
    why: 'Germany, Italy and the Netherlands ask for it (DE-R-004, DE-R-009, IT-R-004, NL-R-002)',
    format: 'ubl',
    isMissing: ({ seller }) => seller.postcode === null && WITH_POSTCODE.has(seller.country ?? ''),
    command: company('postcode', 'POSTCODE'),
  },
  {
    term: 'BT-40',
    name: 'your country',
    why: `${EN} (BR-09), as a code of two letters`,
    isMissing: ({ seller }) => !isCountry(seller.country),
    command: company('country', 'DE'),
  },
  {
    term: 'BT-42',
    name: 'your phone number',
    why: 'between German companies it must be there (DE-R-006)',
    format: 'ubl',
    isMissing: (invoice) => isGerman(invoice) && invoice.seller.contact.phone === null,
    command: company('phone', 'NUMBER'),
    isLate: true,
  },
  {
    term: 'BT-43',
    name: 'your e-mail address',
    why: 'between German companies it must be there (DE-R-007)',
    format: 'ubl',
    isMissing: (invoice) => isGerman(invoice) && invoice.seller.contact.email === null,
    command: company('email', 'ADDRESS'),
    isLate: true,
  },
  {
    term: 'BT-48',
    name: 'the client’s VAT ID',
    why: 'where the client owes the tax, it must be named (BR-AE-02, BR-IC-02)',
    isMissing: (invoice) => has(invoice, 'AE', 'K') && invoice.buyer.vatId === null,
    command: client('vat-id', 'ID'),
  },
  {
    term: 'BT-49',
    name: 'the client’s e-address',
    why: 'Peppol delivers to it (PEPPOL-EN16931-R010); an e-mail address is not enough',
    format: 'ubl',
    isMissing: ({ buyer }) => !isInPeppol(buyer.eAddress?.scheme ?? null),
    command: client('e-address', '0088:4012345000009'),
    isLate: true,
  },
  {
    term: 'BT-50',
    name: 'the client’s street',
    why: ADDRESS,
    isMissing: ({ buyer }) => buyer.street === null,
    command: client('street', 'STREET'),
  },
  {
    term: 'BT-52',
    name: 'the client’s town',
    why: ADDRESS,
    isMissing: ({ buyer }) => buyer.town === null,
    command: client('town', 'TOWN'),
  },
  {
    term: 'BT-53',
    name: 'the client’s postcode',
    why: 'Germany, Italy and the Netherlands ask for it (DE-R-004, DE-R-009, IT-R-004, NL-R-002)',
    format: 'ubl',
    isMissing: ({ buyer }) => buyer.postcode === null && WITH_POSTCODE.has(buyer.country ?? ''),
    command: client('postcode', 'POSTCODE'),
  },
  {
    term: 'BT-55',
    name: 'the client’s country',
    why: `${EN} (BR-11), as a code of two letters`,
    isMissing: ({ buyer }) => !isCountry(buyer.country),
    command: client('country', 'DE'),
  },
  {
    term: 'BT-72',
    name: 'the day of delivery',
    why: 'what is delivered to another country of the EU must say when (BR-IC-11)',
    isMissing: (invoice) =>
      has(invoice, 'K') && invoice.delivered === null && invoice.period === null,
    command: ({ invoice }) => `funnel invoice edit ${invoice} --until DAY`,
  },
  {
    term: 'BT-84',
    name: 'an account to pay to',
    why: 'a transfer needs an account (BR-50)',
    isMissing: ({ payment }) => payment.account === null,
    command: () => 'funnel bank account add NAME --iban IBAN',
  },
  {
    term: 'BT-120',
    name: 'why it is exempt from tax',
    why: 'without tax an invoice must say why (BR-E-10)',
    isMissing: ({ taxes }) =>
      taxes.some(
        ({ exemption }) => exemption !== null && exemption.code === null && exemption.text === null,
      ),
    command: ({ invoice }) =>
      `funnel tax edit TAX --reason "WHY", then funnel invoice line edit ${invoice} LINE --tax TAX`,
  },
  {
    term: 'BT-151',
    name: 'one kind of tax',
    why: 'what is not subject to tax (O) has an invoice of its own (BR-O-11)',
    isMissing: (invoice) => has(invoice, 'O') && invoice.taxes.length > 1,
    command: ({ invoice }) => `funnel invoice line edit ${invoice} LINE --tax TAX`,
  },
  {
    term: 'BG-25',
    name: 'lines',
    why: 'an e-invoice says what it is for (BR-16)',
    isMissing: ({ lines }) => lines.length === 0,
    command: ({ invoice }) => `funnel invoice line add ${invoice} "2 h Consulting @ 90"`,
  },
]

/**
 * What an e-invoice lacks, in the order of the business terms, each with why and with what to type. An invoice that
 * lacks nothing is valid by EN 16931, and as UBL by Peppol BIS Billing.
 */
export function gapsOf(invoice: EInvoice, format: EFormat, called: Called): Gap[] {
  return RULES.filter((rule) => (rule.format ?? format) === format && rule.isMissing(invoice)).map(
    ({ term, name, why, command, isLate = false }) => ({
      term,
      name,
      why,
      command: called.isIssued && !isLate ? null : command(called),
    }),
  )
}
