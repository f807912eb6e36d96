import { nameKey } from './name.ts'
import type { ClientTexts } from './text-fields.ts'

/** The parts of a postal address, in the order in which a book keeps them. The region is a text of its own. */
export const ADDRESS_PARTS = ['street', 'postcode', 'town', 'country'] as const

/** A postal address; null parts are not known. */
export type Address = Pick<ClientTexts, (typeof ADDRESS_PARTS)[number]>

/** An address on one line: `Hafenstr. 1, 20457 Hamburg, DE`; null if nothing of it is known. */
export function addressLine({ street, postcode, town, country }: Address): string | null {
  const place = [postcode, town].filter((part) => part !== null).join(' ')
  const parts = [street, place, country].filter((part) => part !== null && part !== '')
  return parts.join(', ') || null
}

/** True for two places: a part that both have is not the same. Blanks of one may be filled from the other. */
export function isOtherPlace(one: Address, other: Address): boolean {
  return ADDRESS_PARTS.some((part) => {
    const [mine, theirs] = [one[part], other[part]]
    return mine !== null && theirs !== null && nameKey(mine) !== nameKey(theirs)
  })
}
