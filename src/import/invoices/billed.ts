import { knownCountry } from '../../domain/country.ts'
import { nameWords } from '../../domain/duplicates/name-words.ts'
import { Fault } from '../../domain/fault.ts'
import type { CompanyTexts } from '../../domain/firm/company.ts'
import { tidyName } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { knownEAddress } from '../../domain/tax-ids/e-address.ts'
import { knownVatId } from '../../domain/tax-ids/vat.ts'
import type { ClientValues } from '../../records/rows/client.ts'
import type { ReadInvoice, ReadParty } from '../read/einvoice/invoice.ts'
import { LONGEST_VALUE, tooLongValue } from '../row-cells.ts'

/** A text of an e-invoice as the book has it: one line; null if there is none. */
export function textOf(text: string | null): string | null {
  if (text !== null && text.length > LONGEST_VALUE) throw tooLongValue()
  return tidyName(text ?? '') || null
}

/** What a number says, however it is written: its letters and digits. */
function bare(text: string | null): string {
  return (text ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}

function sameName(one: string | null, other: string | null): boolean {
  const [a, b] = [nameWords(one ?? ''), nameWords(other ?? '')]
  return a.length > 0 && a.join(' ') === b.join(' ')
}

/** Is a seller your own company? By VAT ID if both have one, else by tax number, else by name. */
function isOwn(seller: ReadParty, company: CompanyTexts): boolean {
  const numbers = (vat: string | null, tax: string | null): string[] =>
    [bare(vat), bare(tax)].filter((number) => number !== '')
  if (seller.vatId !== null && company.vat_id !== null) {
    return bare(seller.vatId) === bare(company.vat_id)
  }
  const own = numbers(company.vat_id, company.tax_number)
  const theirs = numbers(seller.vatId, seller.taxNumber)
  if (theirs.some((number) => own.includes(number))) return true
  return sameName(seller.name, company.name)
}

/**
 * An invoice of the book is one that you issued.
 * @throws Fault `usage` if another company issued it, or the book does not know who you are.
 */
export function requireOwnInvoice(
  { seller }: ReadInvoice,
  company: CompanyTexts,
  file: string,
): void {
  if (isOwn(seller, company)) return
  const number = textOf(seller.vatId ?? seller.taxNumber)
  const by = `${quoted(textOf(seller.name) ?? 'nobody')}${number === null ? '' : ` (${quoted(number)})`}`
  const set =
    number === null || seller.vatId === null
      ? 'funnel company set --name NAME --tax-number NUMBER'
      : `funnel company set --vat-id ${bare(number)}`
  if (company.name === null && company.vat_id === null && company.tax_number === null) {
    const message = `${file} is an invoice of ${by}, and the book does not say who you are`
    throw new Fault('usage', message, `if that is you: ${set}`)
  }
  throw new Fault(
    'usage',
    `${file} is an invoice of ${by}, not of ${quoted(company.name ?? company.vat_id ?? 'you')}`,
    `the book keeps what you bill, not what you are billed; if that is you: ${set}`,
  )
}

/** What an e-invoice says of its buyer, for a client that the book does not have yet. */
export function billedClient({ buyer }: ReadInvoice): ClientValues {
  const [vatId, country, address] = [
    textOf(buyer.vatId),
    textOf(buyer.country),
    textOf(buyer.eAddress),
  ]
  return {
    street: textOf(buyer.street),
    postcode: textOf(buyer.postcode),
    town: textOf(buyer.town),
    region: textOf(buyer.region),
    country: country === null ? null : knownCountry(country),
    vat_id: vatId === null ? null : knownVatId(vatId),
    e_address: address === null ? null : knownEAddress(address),
  }
}
