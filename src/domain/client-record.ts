import type { ContactPointKind } from './contact-point.ts'
import type { ClientTexts } from './text-fields.ts'

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
  consent: 'yes' | 'no' | null
  category: string[]
  contacts: ContactRecord[]
  properties: { name: string; value: string }[]
}

/** Marks vCards written by this program. */
export const CARD_PROGRAM = '-//funnel//clients//EN'
