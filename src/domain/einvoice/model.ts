import type { Day } from '../day.ts'
import type { TaxCategory } from '../firm/tax-category.ts'
import type { Portion, Quantity, UnitPrice } from '../lines/scaled.ts'
import type { Money } from '../money.ts'

// The terms of EN 16931-1 are named by their numbers: BT is a business term, BG a group of them.

/** An identifier with the scheme that it is from; null if it is from none. */
export interface SchemedId {
  scheme: string | null
  id: string
}

/** Who bills or is billed (BG-4, BG-7); null is not known. */
export interface EParty {
  name: string | null
  street: string | null
  postcode: string | null
  town: string | null
  region: string | null
  /** ISO 3166 (BT-40, BT-55). */
  country: string | null
  /** BT-31, BT-48: with its country in front. */
  vatId: string | null
  /** BT-32: a tax number that is not a VAT ID. */
  taxNumber: string | null
  /** BT-30, BT-47: in a register. */
  legalId: SchemedId | null
  /** BT-29: any other number, if an invoice has none of the former. */
  id: string | null
  /** BT-34, BT-49: where e-invoices are taken, in a scheme of the EAS list. */
  eAddress: SchemedId | null
  /** BG-6, BG-9. */
  contact: { name: string | null; phone: string | null; email: string | null }
}

/** What is taken off a line, or put on it, so that it comes to its net amount (BG-27, BG-28). */
export interface LineAdjustment {
  isCharge: boolean
  /** In hundredths of the currency's unit. */
  amount: number
  /** What the share is of, in hundredths, and the share; null if only the amount is said. */
  base: number | null
  portion: Portion | null
  /** UNCL 5189 and its words. */
  reason: { code: string | null; text: string }
}

/** A line (BG-25). */
export interface ELine {
  id: string
  /** BT-153 and BT-154. */
  name: string
  details: string | null
  quantity: Quantity
  /** BT-130, by UN/ECE Recommendation 20. */
  unit: string
  /** BT-146. */
  price: UnitPrice
  adjustment: LineAdjustment | null
  net: Money
  category: TaxCategory
  rate: Portion
}

/** Why no tax is charged (BT-121, BT-120). */
export interface Exemption {
  code: string | null
  text: string | null
}

/** The tax of a category at a rate (BG-23). */
export interface ETax {
  category: TaxCategory
  rate: Portion
  base: Money
  tax: Money
  exemption: Exemption | null
}

/** An invoice or a credit note by EN 16931, in minor units of its currency. Amounts of credit notes are positive. */
export interface EInvoice {
  kind: 'invoice' | 'credit-note'
  /** BT-3, by UNCL 1001. */
  typeCode: string
  /** BT-1; null for a draft. */
  number: string | null
  issuedOn: Day
  dueOn: Day | null
  currency: { code: string; digits: number }
  /** BT-6 and BT-111: the tax in the currency of the books, if that is another. */
  accounting: { code: string; digits: number; tax: Money } | null
  note: string | null
  /** BT-20. */
  terms: string | null
  buyerRef: string | null
  orderRef: string | null
  /** BG-3: what a credit note corrects, or a final invoice takes off. */
  preceding: readonly { number: string; issuedOn: Day | null }[]
  seller: EParty
  buyer: EParty
  /** BT-72, or BG-14 if it was done over several days. */
  delivered: Day | null
  period: { from: Day; to: Day } | null
  /** BT-80: where goods went, if they went abroad. */
  deliveredTo: string | null
  payment: {
    /** BT-81, by UNCL 4461. */
    code: string
    /** BT-83. */
    reference: string | null
    /** BG-17; null if there is no account. */
    account: { id: string; isIban: boolean; holder: string | null; bic: string | null } | null
  }
  lines: readonly ELine[]
  taxes: readonly ETax[]
  /** BT-109, BT-110, BT-112: without what was billed before. */
  net: Money
  tax: Money
  gross: Money
  /** BT-113: what earlier invoices billed of it. */
  prepaid: Money
}
