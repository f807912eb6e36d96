import { isEmail } from '../contact-point.ts'
import { mod97 } from './mod-97.ts'
import { knownVatId, vatIdDoubt } from './vat.ts'

/** A Leitweg-ID: where German authorities take invoices. Its last two digits check the rest. */
const LEITWEG = /^(?:0204:)?(?<id>\d{2,12}(?:-[A-Z0-9]{1,30})?-\d{2})$/

/** A scheme of the Electronic Address Scheme list, which is four digits or two letters, and an address in it. */
const SCHEME = /^(?:\d{4}|[A-Z]{2}):\S+$/

/** A GLN of GS1: its last digit makes the others, weighted by 3 and 1 from the right, a multiple of ten. */
function isGln(id: string): boolean {
  const sum = Array.from(id.slice(0, -1), Number)
    .toReversed()
    .reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0)
  return /^\d+$/.test(id) && (sum + Number(id.at(-1))) % 10 === 0
}

/** An address for e-invoices in its one spelling: without blanks; a Leitweg-ID or a VAT ID in capitals. */
export function knownEAddress(text: string): string {
  const squeezed = text.replaceAll(/\s/g, '')
  if (isEmail(squeezed)) return squeezed
  if (vatIdDoubt(knownVatId(text)) === null) return knownVatId(text)
  const isKnown = LEITWEG.test(squeezed.toUpperCase()) || SCHEME.test(squeezed.toUpperCase())
  if (!isKnown) return text
  return LEITWEG.test(squeezed.toUpperCase()) ? squeezed.toUpperCase() : squeezed
}

/** Why an address for e-invoices may be wrong, in words that follow it; null if nothing speaks against it. */
export function eAddressDoubt(text: string): string | null {
  const id = LEITWEG.exec(text)?.groups?.id
  if (id !== undefined) {
    const fits = mod97(id.replaceAll('-', '')) === 1
    return fits ? null : 'has check digits that do not fit a Leitweg-ID: a digit may be mistyped'
  }
  if (text.startsWith('0088:') && !isGln(text.slice(5))) {
    return 'has a check digit that does not fit a GLN: a digit may be mistyped'
  }
  if (SCHEME.test(text) || isEmail(text) || vatIdDoubt(text) === null) return null
  return 'is neither SCHEME:ADDRESS, such as 0088:4012345000009, nor a Leitweg-ID, a VAT ID or an e-mail address'
}
