import { Fault } from '../../../domain/fault.ts'

/** A seller or a buyer as an e-invoice names it; null is not said. */
export interface ReadParty {
  name: string | null
  street: string | null
  postcode: string | null
  town: string | null
  region: string | null
  country: string | null
  vatId: string | null
  taxNumber: string | null
  /** With its scheme in front: `0088:4012345000009`. */
  eAddress: string | null
}

/** A line as it stands in the file; numbers are decimals. */
export interface ReadLine {
  name: string
  details: string | null
  quantity: string
  unit: string | null
  /** Of `per` units. */
  price: string
  per: string
  /** In percent, if that is all that is taken off the line; null if nothing is, or it cannot be said so. */
  discount: string | null
  net: string
  category: string
  rate: string
}

/** The tax of a category at a rate. */
interface ReadTax {
  category: string
  rate: string
  base: string
  tax: string
  reason: string | null
}

/** An invoice or a credit note as a file has it. Days are ISO; amounts are decimals. */
export interface ReadInvoice {
  /** What it is, for people: `UBL 2.1`. */
  format: string
  isCredit: boolean
  number: string | null
  issuedOn: string | null
  dueOn: string | null
  currency: string | null
  note: string | null
  orderRef: string | null
  buyerRef: string | null
  paymentRef: string | null
  service: { from: string | null; to: string | null }
  /** Invoices that it corrects, or takes off. */
  preceding: readonly string[]
  seller: ReadParty
  buyer: ReadParty
  lines: readonly ReadLine[]
  taxes: readonly ReadTax[]
  net: string | null
  tax: string | null
  gross: string | null
  prepaid: string | null
  payable: string | null
  rounding: string | null
  /** Is something taken off the whole, or put on it? Then the lines are not all that it comes to. */
  isAdjusted: boolean
}

/** What the XML of an e-invoice is called in messages. */
export const E_INVOICE = {
  noun: 'invoice',
  hint: 'export the invoice again from the program that made it',
  again: 'export the invoice again and import that file',
}

/** The fault of a format or version that is not known here. */
export function unknownVersion(name: string, what: string): Fault {
  const known =
    'it reads UBL 2.1 (Invoice-2, CreditNote-2), CII D16B and D22B (Factur-X, ZUGFeRD 2, XRechnung) and ZUGFeRD 1.0'
  return new Fault('usage', `${name} is ${what}, which funnel cannot read`, known)
}

/** Credit notes by UNCL 1001. */
const CREDITS = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532'])

/** Is a document of a type a credit note? */
export function isCreditType(code: string | null): boolean {
  return CREDITS.has(code ?? '')
}

/** An address with its scheme in front. */
export function schemedAddress(scheme: string | undefined, id: string | null): string | null {
  if (id === null) return null
  if (scheme === 'EM') return id
  return scheme === undefined || scheme === '' ? null : `${scheme}:${id}`
}

/** Does an invoice take off what earlier ones billed? Then it claims the rest alone. */
export function isFinalInvoice({ isCredit, preceding, prepaid }: ReadInvoice): boolean {
  return !isCredit && preceding.length > 0 && Number(prepaid ?? '0') > 0
}
