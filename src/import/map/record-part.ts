import type { ImportKind } from './fields.ts'
import { headerKey } from './header.ts'
import { type Dictionary, meaningsOf } from './synonyms/index.ts'

/** What exports write before the fields of the record itself: `Deal - Stage`, `Opportunity: Stage`. */
const OWN: Partial<Record<ImportKind, RegExp>> = {
  deals:
    /^\s*(?:deal|opportunity|сделка|affaire|transaction|trato|negocio)\s*(?:\s[-–—]\s|:)\s*(?=\S)/iu,
  clients:
    /^\s*(?:organi[sz]ation|организация|компания|organización|empresa|entreprise)\s*(?:\s[-–—]\s|:)\s*(?=\S)/iu,
}

/**
 * A header's key; where it is not known as a whole and begins with the name of the record, the key
 * of what follows: `Deal - Phase` is read as `Phase`.
 */
export function ownKey(kind: ImportKind, header: string, dictionary: Dictionary): string {
  const key = headerKey(header)
  const part = OWN[kind]?.exec(header)?.[0]
  if (part === undefined || meaningsOf(key, dictionary).length > 0) return key
  return headerKey(header.slice(part.length))
}
