import { isEmail } from '../contact-point.ts'
import { knownCountry } from '../country.ts'
import { eAddressDoubt, knownEAddress } from '../tax-ids/e-address.ts'
import { knownVatId, vatIdDoubt } from '../tax-ids/vat.ts'
import type { TextFields } from '../text-fields.ts'

/** The texts of your own company. */
export const COMPANY_TEXTS = {
  name: { label: 'Name', kind: 'word', option: 'its name', column: '' },
  street: { label: 'Street', kind: 'word', option: 'street and number', column: '' },
  postcode: { label: 'Postcode', kind: 'word', option: 'its postcode', column: '' },
  town: { label: 'Town', kind: 'word', option: 'its town', column: '' },
  region: { label: 'Region', kind: 'word', option: 'state or province', column: '' },
  country: {
    label: 'Country',
    kind: 'word',
    option: 'its country, by name or ISO code',
    column: '',
    spelt: knownCountry,
  },
  vat_id: {
    label: 'VAT ID',
    kind: 'word',
    option: 'your VAT ID: DE136695976',
    column: '',
    spelt: knownVatId,
    doubt: vatIdDoubt,
  },
  tax_number: { label: 'Tax number', kind: 'word', option: 'your tax number', column: '' },
  register: {
    label: 'Register',
    kind: 'word',
    option: 'where it is registered: "HRB 12345, Hamburg"',
    column: '',
  },
  e_address: {
    label: 'E-address',
    kind: 'word',
    option: 'where you take e-invoices: 0088:4012345000009',
    column: '',
    spelt: knownEAddress,
    doubt: eAddressDoubt,
  },
  email: {
    label: 'E-mail',
    kind: 'word',
    option: 'the e-mail address that papers name',
    column: '',
    doubt: (text) => (isEmail(text) ? null : 'is not an e-mail address'),
  },
  phone: { label: 'Phone', kind: 'word', option: 'the phone number that papers name', column: '' },
  website: { label: 'Website', kind: 'word', option: 'your website', column: '' },
} as const satisfies TextFields<string>

/** The texts of your own company; null is not known. */
export type CompanyTexts = Record<keyof typeof COMPANY_TEXTS, string | null>

/** Something that papers need and the book does not have. */
export interface Missing {
  what: string
  needed: 'invoice' | 'e-invoice'
  /** What to type. */
  command: string
}

/**
 * What is missing for an invoice: the seller's name, address, a VAT ID or tax number (EN 16931: BT-27, BG-5,
 * BT-31 or BT-32), and an account to pay to. An e-invoice also needs the seller's electronic address (BT-34).
 */
export function missingFor(texts: CompanyTexts, accounts: number): Missing[] {
  const set = (option: string, value: string): string => `funnel company set --${option} ${value}`
  const invoice = (what: string, command: string): Missing => ({
    what,
    needed: 'invoice',
    command,
  })
  const lacks = (name: keyof CompanyTexts): boolean => texts[name] === null
  return [
    ...(lacks('name') ? [invoice('name', set('name', 'NAME'))] : []),
    ...(lacks('street') ? [invoice('street', set('street', 'STREET'))] : []),
    ...(lacks('postcode') ? [invoice('postcode', set('postcode', 'POSTCODE'))] : []),
    ...(lacks('town') ? [invoice('town', set('town', 'TOWN'))] : []),
    ...(lacks('country') ? [invoice('country', set('country', 'COUNTRY'))] : []),
    ...(lacks('vat_id') && lacks('tax_number')
      ? [invoice('VAT ID or tax number', `${set('vat-id', 'ID')}, or --tax-number NUMBER`)]
      : []),
    ...(accounts === 0
      ? [invoice('bank account', 'funnel bank account add NAME --iban IBAN')]
      : []),
    ...(lacks('e_address')
      ? [{ what: 'e-address', needed: 'e-invoice' as const, command: set('e-address', 'ADDRESS') }]
      : []),
  ]
}
