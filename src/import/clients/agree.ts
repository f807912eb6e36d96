import type { Store } from '../../book/store/store.ts'
import { contactKeys, isSamePhone } from '../../domain/duplicates/contact-keys.ts'
import { type ContactPoint, type ContactPointKind } from '../../domain/contact-point.ts'
import { nameKey } from '../../domain/name.ts'
import { CLIENT_TEXTS, type ClientTexts, namesOf } from '../../domain/text-fields.ts'
import type { ClientDraft } from './draft.ts'

interface Own extends ClientTexts {
  consent: string
  owner: string | null
  source: string | null
}

const TEXTS = namesOf(CLIENT_TEXTS)
const OWN = `SELECT ${TEXTS.map((name) => `c.${name}`).join(', ')}, c.consent,
  o.name AS owner, s.name AS source
  FROM clients c LEFT JOIN owners o ON o.id = c.owner_id LEFT JOIN sources s ON s.id = c.source_id
  WHERE c.id = ?`
const POINTS = 'SELECT kind, value, key FROM contact_points WHERE client_id = ? AND kind = ?'
const CONTACTS = 'SELECT name_key FROM contacts WHERE client_id = ?'
const PROPERTIES = `SELECT p.name_key AS name, h.value FROM client_properties h
  JOIN properties p ON p.id = h.property_id WHERE h.client_id = ?`

const TERMS = [...TEXTS, 'owner', 'source'] as const
const NONE: ReadonlyMap<string, string> = new Map()

function agree(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && nameKey(one) === nameKey(other)
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && nameKey(one) !== nameKey(other)
}

/** One number, one address, or two addresses of one company's domain. */
function isShared(one: ContactPoint, other: ContactPoint): boolean {
  if (one.kind === 'phone') return isSamePhone(one.key, other.key)
  const keys = new Set(contactKeys(other).map(({ kind, key }) => `${kind}:${key}`))
  return (
    one.key === other.key || contactKeys(one).some(({ kind, key }) => keys.has(`${kind}:${key}`))
  )
}

/** How a row compares with a client of its name. */
export interface Likeness {
  /** What they contradict each other in, in a word; null if the row can be the same client again. */
  differs: string | null
  /** How many of their values are the same. */
  shared: number
}

/**
 * Compares a row with a client of its name: what they contradict each other in, in a word; null if the
 * row can be the same client again. Two people of one company differ only by its region.
 */
export function clientDifference(store: Store): (client: number, draft: ClientDraft) => Likeness {
  const own = store.prepare(OWN)
  const points = store.prepare(POINTS)
  const contacts = store.prepare(CONTACTS).pluck()
  const properties = store.prepare(PROPERTIES)

  const reach = (client: number, draft: ClientDraft, kind: ContactPointKind): boolean | null => {
    const given = draft.points.filter((point) => point.kind === kind)
    const existing = given.length === 0 ? [] : (points.all(client, kind) as ContactPoint[])
    if (given.length === 0 || existing.length === 0) return null
    return given.some((point) => existing.some((other) => isShared(point, other)))
  }
  const isOtherPerson = (client: number, { contact }: ClientDraft): boolean => {
    const people = contact === null ? [] : (contacts.all(client) as string[])
    return contact !== null && people.length > 0 && !people.includes(nameKey(contact.name))
  }
  const propertiesOf = (client: number, draft: ClientDraft): ReadonlyMap<string, string> => {
    if (draft.properties.length === 0) return NONE
    const rows = properties.all(client) as { name: string; value: string }[]
    return new Map(rows.map(({ name, value }) => [name, value]))
  }
  const sharedOf = (has: Own, known: ReadonlyMap<string, string>, draft: ClientDraft): number =>
    TERMS.filter((term) => agree(has[term], draft[term])).length +
    draft.properties.filter(({ name, value }) => agree(known.get(nameKey(name)) ?? null, value))
      .length

  const difference = (
    client: number,
    draft: ClientDraft,
    has: Own,
    known: ReadonlyMap<string, string>,
  ): string | null => {
    if (differ(has.region, draft.region)) return 'region'
    if (isOtherPerson(client, draft)) return null
    const sameEmail = reach(client, draft, 'email')
    if (sameEmail === false) return 'e-mail'
    if (sameEmail === null && reach(client, draft, 'phone') === false) return 'phone'
    const term = TERMS.find((column) => differ(has[column], draft[column]))
    if (term !== undefined) return term.replaceAll('_', ' ')
    if (has.consent !== 'unknown' && draft.consent !== 'unknown' && has.consent !== draft.consent) {
      return 'consent'
    }
    const property = draft.properties.find(({ name, value }) =>
      differ(known.get(nameKey(name)) ?? null, value),
    )
    return property?.name ?? null
  }
  return (client, draft) => {
    const has = own.get(client) as Own
    const owned = propertiesOf(client, draft)
    return {
      differs: difference(client, draft, has, owned),
      shared: sharedOf(has, owned, draft),
    }
  }
}
