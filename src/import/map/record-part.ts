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

/** Lists of people write it before what may belong to the firm, such as the owner: `Person - Besitzer`. */
const PERSON = /^\s*(?:person|персона|persona|personne)\s*(?:\s[-–—]\s|:)\s*(?=\S)/iu

/** The key of what follows the name of a record; of the whole header if that is known. */
function keyPast(record: RegExp | undefined, header: string, dictionary: Dictionary): string {
  const key = headerKey(header)
  const part = record?.exec(header)?.[0]
  if (part === undefined || meaningsOf(key, dictionary).length > 0) return key
  return headerKey(header.slice(part.length))
}

/**
 * Keys of headers. One that is not known as a whole and begins with the name of the record has the
 * key of what follows: `Deal - Phase` is read as `Phase`. In a list of clients this also holds for one
 * that begins with the person, unless another column says the same about the client: `Person - Besitzer`
 * next to `Organisation - Besitzer` stays what it is.
 */
export function ownKeys(
  kind: ImportKind,
  headers: readonly string[],
  dictionary: Dictionary,
): string[] {
  const keys = headers.map((header) => keyPast(OWN[kind], header, dictionary))
  if (kind !== 'clients') return keys
  const taken = new Set(keys)
  return headers.map((header, index) => {
    const key = keys[index] ?? ''
    if (!PERSON.test(header)) return key
    const past = keyPast(PERSON, header, dictionary)
    return taken.has(past) ? key : past
  })
}
