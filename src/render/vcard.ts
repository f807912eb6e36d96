import type { Addresses, ClientRecord, ContactRecord } from '../domain/client-record.ts'
import { isDay } from '../domain/day.ts'
import { withoutControls } from '../domain/name.ts'
import { CARD_PROGRAM, OWN_CARD_TEXTS } from '../domain/client-record.ts'
import { escaped, folded } from './content-lines.ts'

function addressLines({ email, phone, website }: Addresses): string[] {
  return [
    ...email.map((one) => `EMAIL:${escaped(one)}`),
    ...phone.map((one) => `TEL:${escaped(one)}`),
    // A URI is not a text; what would end the line is gone from it.
    ...website.map((one) => `URL:${withoutControls(one).replaceAll(/\s/g, '%20')}`),
  ]
}

function card(lines: readonly string[]): string {
  const all = ['BEGIN:VCARD', 'VERSION:4.0', `PRODID:${CARD_PROGRAM}`, ...lines, 'END:VCARD']
  return all.map(folded).join('')
}

function addressOf({ street, town, region, postcode, country }: ClientRecord): string[] {
  const parts = [street, town, region, postcode, country]
  if (parts.every((part) => part === null)) return []
  return [`ADR:;;${parts.map((part) => escaped(part ?? '')).join(';')}`]
}

function birthdayLine(text: string): string {
  return isDay(text) ? `BDAY:${text.replaceAll('-', '')}` : `BDAY;VALUE=TEXT:${escaped(text)}`
}

/** What vCards have no property for. */
function ownTexts(client: ClientRecord): string[] {
  return [...OWN_CARD_TEXTS].flatMap(([property, name]) => {
    const text = client[name]
    return text === null ? [] : [`${property}:${escaped(text)}`]
  })
}

function clientCard(client: ClientRecord): string {
  const { ref, name, kind, category, birthday, note } = client
  return card([
    `KIND:${kind === 'person' ? 'individual' : 'org'}`,
    `FN:${escaped(name)}`,
    ...(ref === null ? [] : [`X-FUNNEL-REF:${escaped(ref)}`]),
    ...(kind === 'company' ? [`ORG:${escaped(name)}`] : []),
    ...addressLines(client),
    ...addressOf(client),
    ...(birthday === null ? [] : [birthdayLine(birthday)]),
    ...ownTexts(client),
    ...(category.length === 0 ? [] : [`CATEGORIES:${category.map(escaped).join(',')}`]),
    ...(note === null ? [] : [`NOTE:${escaped(note)}`]),
  ])
}

function contactCard(client: ClientRecord, contact: ContactRecord): string {
  return card([
    'KIND:individual',
    `FN:${escaped(contact.name)}`,
    `ORG:${escaped(client.name)}`,
    ...(contact.role === null ? [] : [`TITLE:${escaped(contact.role)}`]),
    ...addressLines(contact),
  ])
}

/** Clients as vCard 4 (RFC 6350): a card for each, then one for every contact of it. */
export async function* vcards(clients: AsyncIterable<ClientRecord>): AsyncGenerator<string> {
  for await (const client of clients) {
    yield [clientCard(client), ...client.contacts.map((one) => contactCard(client, one))].join('')
  }
}
