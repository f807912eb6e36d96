import type { ClientKind, Consent } from '../../book/schema/clients.ts'
import {
  type ContactPoint,
  type ContactPointKind,
  parseContactPoint,
} from '../../domain/contact-point.ts'
import { ADDRESS_PARTS } from '../../domain/address.ts'
import { knownCountry } from '../../domain/country.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { CLIENT_TEXTS, type ClientTexts } from '../../domain/text-fields.ts'
import type { Cells } from '../row-cells.ts'
import { splitValues } from '../split-values.ts'
import { readPhone } from '../../records/phones.ts'
import { textsIn } from '../texts.ts'
import { clientKind } from '../values/client-words.ts'
import { yesNo } from '../values/words.ts'

/** A row read as a client; owner and source are still names. */
export interface ClientDraft extends ClientTexts {
  name: string
  /** What spellings of the name share. */
  key: string
  /** False if the row names only a person or an address. */
  hasOwnName: boolean
  ref: string | null
  kind: ClientKind
  owner: string | null
  source: string | null
  priceList: string | null
  terms: string | null
  consent: Consent
  points: ContactPoint[]
  contact: { name: string; role: string | null } | null
  categories: string[]
  properties: { name: string; value: string }[]
}

function consent(text: string | null): Consent {
  if (text === null || nameKey(text) === 'unknown') return 'unknown'
  const answer = yesNo(text)
  if (answer === null) {
    throw new Fault('usage', `consent is “${text}”, which is neither yes nor no`)
  }
  return answer ? 'yes' : 'no'
}

function kindOf(text: string | null): ClientKind | null {
  if (text === null) return null
  const kind = clientKind(text)
  if (kind !== null) return kind
  throw new Fault('usage', `kind is “${text}”, which is neither company nor person`)
}

function pointsOf(cells: Cells, country: string | null): ContactPoint[] {
  const read = (kind: ContactPointKind, text: string): ContactPoint =>
    kind === 'phone' ? readPhone(text, country) : parseContactPoint(kind, text)
  const points: ContactPoint[] = []
  const seen = new Set<string>()
  for (const kind of ['email', 'phone', 'website'] as const) {
    for (const text of splitValues(cells.all(kind))) {
      const point = read(kind, text)
      const key = `${kind}:${point.key}`
      if (!seen.has(key)) points.push(point)
      seen.add(key)
    }
  }
  return points
}

/** Most lists repeat the address as that of delivery, part by part; then it says nothing. */
function placesOf(texts: ClientTexts): ClientTexts {
  const { delivery, region } = texts
  if (delivery === null) return texts
  const own = new Set(
    [...ADDRESS_PARTS.map((part) => texts[part]), region].map((part) => nameKey(part ?? '')),
  )
  const isSame = delivery.split('\n').every((line) => own.has(nameKey(knownCountry(line))))
  return isSame ? { ...texts, delivery: null } : texts
}

const NAME_PARTS = [
  ['first-name', 'First name'],
  ['last-name', 'Last name'],
] as const

/** Parts of a name that are not in the person's whole name: `Berg` next to the contact `Sales`. */
function otherNameParts(cells: Cells): ClientDraft['properties'] {
  const whole = nameKey(cells.one('contact') ?? '')
  if (whole === '') return []
  return NAME_PARTS.flatMap(([field, name]) => {
    const value = cells.one(field)
    return value === null || whole.includes(nameKey(value)) ? [] : { name, value }
  })
}

function personOf(cells: Cells): string | null {
  const whole = cells.one('contact')
  if (whole !== null) return whole
  return tidyName(`${cells.one('first-name') ?? ''} ${cells.one('last-name') ?? ''}`) || null
}

/**
 * Reads a row as a client.
 * @param country ISO 3166 code for phone numbers without a prefix.
 * @throws Fault `usage` with the reason if it cannot be read: no name, a wrong address.
 */
export function draftClient(cells: Cells, country: string | null): ClientDraft {
  const ownName = cells.one('name')
  const person = personOf(cells)
  const points = pointsOf(cells, country)
  const name = ownName ?? person ?? points.find((point) => point.kind === 'email')?.value
  if (name === undefined) throw new Fault('usage', 'the row has no name')
  const role = cells.one('role')
  const properties = [...cells.properties(), ...otherNameParts(cells)]
  // A title without a person would be lost; it is kept with the other properties.
  if (person === null && role !== null) properties.push({ name: 'Role', value: role })
  return {
    name,
    key: nameKey(name),
    hasOwnName: ownName !== null,
    ref: cells.one('ref'),
    kind: kindOf(cells.one('kind')) ?? (ownName === null ? 'person' : 'company'),
    owner: cells.one('owner'),
    source: cells.one('source'),
    priceList: cells.one('price-list'),
    terms: cells.one('terms'),
    consent: consent(cells.one('consent')),
    ...placesOf(textsIn(CLIENT_TEXTS, cells)),
    points,
    contact: person === null ? null : { name: person, role },
    categories: splitValues(cells.all('category')).map(tidyName),
    properties,
  }
}
