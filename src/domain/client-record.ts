import type { ContactPointKind } from './contact-point.ts'
import { ADDRESS_PARTS } from './address.ts'
import { CLIENT_TEXTS, type ClientTexts, namesOf, wordFor } from './text-fields.ts'

/** The addresses of a client or a contact, in the order they were entered. */
export type Addresses = Record<ContactPointKind, string[]>

/** A person at a client, with that person's addresses. */
export interface ContactRecord extends Addresses {
  name: string
  role: string | null
}

/** Everything about a client, with names instead of numbers; null is unknown. */
export interface ClientRecord extends Addresses, ClientTexts {
  ref: string | null
  name: string
  kind: 'company' | 'person'
  owner: string | null
  source: string | null
  /** The name of the price list whose prices it gets, and of the terms on which it pays. */
  price_list: string | null
  terms: string | null
  consent: 'yes' | 'no' | null
  category: string[]
  contacts: ContactRecord[]
  properties: { name: string; value: string }[]
}

/** Marks vCards written by this program. */
export const CARD_PROGRAM = '-//funnel//clients//EN'

const IN_EVERY_CARD = new Set<string>([...ADDRESS_PARTS, 'region', 'birthday', 'note'])

/** The texts of a client that vCards have no property for, by the property that this program writes. */
export const OWN_CARD_TEXTS: ReadonlyMap<string, keyof ClientTexts> = new Map(
  namesOf(CLIENT_TEXTS)
    .filter((name) => !IN_EVERY_CARD.has(name))
    .map((name) => [`X-FUNNEL-${wordFor(name).toUpperCase()}`, name]),
)
