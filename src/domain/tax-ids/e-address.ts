import { mod97 } from './mod-97.ts'

/** A Leitweg-ID: where German authorities take invoices. Its last two digits check the rest. */
const LEITWEG = /^(?:0204:)?(?<id>\d{2,12}(?:-[A-Z0-9]{1,30})?-\d{2})$/

/** A scheme of the Electronic Address Scheme list, which is four digits or two letters, and an address in it. */
const SCHEME = /^(?:\d{4}|[A-Z]{2}):\S+$/

/** An address for e-invoices in its one spelling: without blanks; a Leitweg-ID in capitals. */
export function knownEAddress(text: string): string {
  const squeezed = text.replaceAll(/\s/g, '')
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
  if (SCHEME.test(text)) return null
  return 'is neither SCHEME:ADDRESS, such as 0088:4012345000009, nor a Leitweg-ID'
}
