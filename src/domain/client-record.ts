import type { ContactPointKind } from './contact-point.ts'
import type { ClientTexts } from './text-fields.ts'

/** The addresses of a client or a contact, in the order in which they were entered. */
export type Addresses = Record<ContactPointKind, string[]>

/** A person at a client, with the addresses that are that person's. */
export interface ContactRecord extends Addresses {
  name: string
  role: string | null
}

/** Everything about a client, by names in place of numbers; null is unknown. */
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

/** What the program's own cards (vCard) say they were written by. */
export const CARD_PROGRAM = '-//funnel//clients//EN'
