import type { ClientRecord, ContactRecord } from '../../../domain/client-record.ts'
import { type Address, addressLine } from '../../../domain/address.ts'
import { nameKey } from '../../../domain/name.ts'
import { CLIENT_TEXTS, namesOf, perField } from '../../../domain/text-fields.ts'
import type { Card } from './card.ts'

/** A client made from one card or from those of its people. */
export interface CardClient {
  record: ClientRecord
  /** The card it was first named by. */
  number: number
  /** The cards of its contacts, in their order. */
  people: number[]
}

/** What somebody's card says of a client. */
interface Remark {
  who: string
  value: string
}

/**
 * What cards say about one thing: once if all of a client's people agree, else each with the name of
 * who says it.
 */
function together(remarks: readonly Remark[], people: number): string {
  const values = new Set(remarks.map(({ value }) => value))
  if (values.size === 1 && remarks.length >= people) return remarks[0]?.value ?? ''
  const lines = remarks.map(({ who, value }) => (who === '' ? value : `${who}: ${value}`))
  return [...new Set(lines)].join('\n')
}

class Gathered {
  readonly client: CardClient
  readonly #notes: Remark[] = []
  readonly #extras = new Map<string, Remark[]>()
  readonly #categories = new Set<string>()

  constructor(card: Card, name: string, kind: ClientRecord['kind']) {
    const record: ClientRecord = {
      ref: card.ref,
      name,
      kind,
      owner: null,
      source: null,
      price_list: null,
      terms: null,
      consent: null,
      ...perField(CLIENT_TEXTS, () => null),
      email: [],
      phone: [],
      website: [],
      category: [],
      contacts: [],
      properties: [],
    }
    this.client = { record, number: card.number, people: [] }
  }

  /** Takes what a card says of the client, for itself or for a person of it. */
  add(card: Card, person: boolean): void {
    const { record, people } = this.client
    const { email, phone, website, name, role, region, extras } = card
    if (person) {
      const contact: ContactRecord = { name, role, email, phone, website }
      record.contacts.push(contact)
      people.push(card.number)
    } else {
      record.email = record.email.concat(email)
      record.phone = record.phone.concat(phone)
      record.website = record.website.concat(website)
    }
    const who = person ? name : ''
    const alone = person || role === null ? [] : [{ name: 'Role', value: role }]
    for (const value of card.notes) this.#notes.push({ who, value })
    for (const { name: extra, value } of [...extras, ...alone]) {
      const remarks = this.#extras.get(extra)
      if (remarks) remarks.push({ who, value })
      else this.#extras.set(extra, [{ who, value }])
    }
    if (region !== null && record.region !== null && region !== record.region) {
      this.#more('Region', who, region)
    }
    record.region ??= region
    for (const text of namesOf(CLIENT_TEXTS)) record[text] ??= card.texts[text] ?? null
    if (!person) record.birthday ??= card.birthday
    else if (card.birthday !== null) this.#more('Birthday', who, card.birthday)
    this.#address(card.address, who)
    for (const category of card.categories) this.#categories.add(category)
  }

  #more(name: string, who: string, value: string): void {
    this.#extras.set(name, [...(this.#extras.get(name) ?? []), { who, value }])
  }

  /** The address of the first that has one; another one is kept with what else is said. */
  #address(address: Address, who: string): void {
    const { record } = this.client
    const line = addressLine(address)
    if (line === null) return
    if (addressLine(record) === null) Object.assign(record, address)
    else if (addressLine(record) !== line) {
      this.#more('Address', who, line)
    }
  }

  done(): CardClient {
    const { record } = this.client
    const people = record.contacts.length
    record.category = [...this.#categories]
    record.note = this.#notes.length === 0 ? null : together(this.#notes, people)
    record.properties = [...this.#extras].map(([name, remarks]) => ({
      name,
      value: together(remarks, people),
    }))
    return this.client
  }
}

/**
 * Clients from cards: one company for all cards that name it, with its people, and one client for each
 * person without a company. A separate contact follows the card of its client.
 */
export class CardGatherer {
  readonly #all: Gathered[] = []
  readonly #companies = new Map<string, Gathered>()
  #last: Gathered | undefined

  #new(card: Card, name: string, kind: ClientRecord['kind']): Gathered {
    const made = new Gathered(card, name, kind)
    this.#all.push(made)
    return made
  }

  #company(card: Card, name: string): Gathered {
    const key = nameKey(name)
    const company = card.isOwn && card.what === 'company' ? undefined : this.#companies.get(key)
    if (company) return company
    const made = this.#new(card, name, 'company')
    this.#companies.set(key, made)
    return made
  }

  add(card: Card): void {
    const { company, what, isOwn, name } = card
    if (what === 'company') {
      this.#last = this.#company(card, isOwn ? name : (company ?? name))
      this.#last.add(card, false)
      return
    }
    if (company === null) {
      this.#last = this.#new(card, name, 'person')
      this.#last.add(card, false)
      return
    }
    const isOfLast = isOwn && this.#last?.client.record.name === company
    const client = isOfLast ? this.#last : undefined
    ;(client ?? this.#company(card, company)).add(card, true)
  }

  done(): CardClient[] {
    return this.#all.map((one) => one.done())
  }
}
