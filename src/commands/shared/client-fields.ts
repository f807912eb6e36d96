import type { Db } from '../../book/store/db.ts'
import { choice, flag, list, option, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable, pastDayOption, textOptions } from '../../cli/options.ts'
import {
  type ContactPoint,
  type ContactPointKind,
  parseContactPoint,
} from '../../domain/contact-point.ts'
import { knownCountry, parseCountry } from '../../domain/country.ts'
import { Fault } from '../../domain/fault.ts'
import type { Day } from '../../domain/day.ts'
import { CLIENT_TEXTS, doubtsAbout, givenTexts, perField } from '../../domain/text-fields.ts'
import { type Removal, REMOVABLE } from '../../records/removals.ts'
import type { ClientDetails, ClientValues } from '../../records/clients.ts'
import { readPhone } from '../../records/phones.ts'
import { findId } from '../../records/lookup.ts'
import { findActiveId } from '../../records/retired.ts'

const {
  rating,
  note,
  country: countryOption,
  vat_id: vatId,
  tax_number: taxNumber,
  e_address: eAddress,
  buyer_ref: buyerRef,
  ...otherTexts
} = textOptions(CLIENT_TEXTS)
const { birthday, since } = CLIENT_TEXTS

/** Reads a country, by name or code. @throws Fault `usage` with the nearest ones if nobody knows it. */
export function readCountry(text: string): string | null {
  if (text.trim().toLowerCase() === 'none') return null
  return parseCountry(knownCountry(text.trim()))
}

/** The options that `client add` and `client edit` share. */
export const clientOptions = {
  ref: clearable(option('--ref <text>', 'its number in another system')),
  kind: choice('--kind <kind>', 'what it is', ['company', 'person']),
  person: flag('--person', 'it is a person: the same as --kind person'),
  company: flag('--company', 'it is a company: the same as --kind company'),
  owner: clearable(option('--owner <owner>', 'the salesperson responsible for it')),
  source: clearable(option('--source <source>', 'where it came from')),
  priceList: clearable(option('--price-list <price-list>', 'whose prices it gets')),
  terms: clearable(option('--terms <terms>', 'when it pays')),
  rating,
  ...otherTexts,
  country: { ...countryOption, read: readCountry },
  birthday: clearable(pastDayOption('--birthday <day>', birthday.option)),
  vatId,
  taxNumber,
  eAddress,
  buyerRef,
  since: clearable(pastDayOption('--since <day>', since.option)),
  consent: choice('--consent <answer>', 'whether it may be sent mailings', [
    'yes',
    'no',
    'unknown',
  ]),
  note,
  contact: option(
    '--contact <name>',
    'a person there; --email, --phone and --role are then theirs',
  ),
  role: option('--role <text>', 'what that person does'),
  email: list('--email <address>', 'an e-mail address (repeatable)'),
  phone: list('--phone <number>', 'a phone number (repeatable)'),
  website: list('--website <address>', 'a website (repeatable)'),
  category: list('--category <category>', 'a tag (repeatable)'),
  property: list(
    '--property <property=value>',
    'a field of your own (repeatable; empty clears it)',
  ),
}

/** What `client edit` takes besides them. */
export const removeOption = list(
  '--drop <what:value>',
  `remove something: ${REMOVABLE.join(', ')} (repeatable)`,
)

type ClientOptions = Partial<Values<typeof clientOptions>>

function points(options: ClientOptions, country: string | null): ContactPoint[] {
  const of = (kind: ContactPointKind, texts: string[] | undefined): ContactPoint[] =>
    (texts ?? []).map((text) =>
      kind === 'phone' ? readPhone(text, country) : parseContactPoint(kind, text),
    )
  return [
    ...of('email', options.email),
    ...of('phone', options.phone),
    ...of('website', options.website),
  ]
}

/** Reads `Fleet=12`. @throws Fault `usage` for anything else. */
export function readProperty(text: string): { name: string; value: string } {
  const split = text.indexOf('=')
  if (split > 0) return { name: text.slice(0, split), value: text.slice(split + 1) }
  throw new Fault('usage', `“${text}” is not a property`, 'write it as --property "Fleet=12"')
}

/** What to take off a client: `email:ann@example.com`, `contact:Ann Lee`. */
export function readRemoval(text: string): Removal {
  const [, word = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  const what = REMOVABLE.find((known) => known === word.trim().toLowerCase())
  if (what !== undefined && value.trim() !== '') return { what, value: value.trim() }
  const hint = `write it as --drop email:ann@example.com; it may be: ${REMOVABLE.join(', ')}`
  throw new Fault('usage', `“${text}” does not say what to drop`, hint)
}

/**
 * The details of a client, from its options.
 * @param country of phone numbers without a country code; null leaves them as digits.
 */
export function readDetails(options: ClientOptions, country: string | null): ClientDetails {
  if (options.role !== undefined && options.contact === undefined) {
    throw new Fault('usage', '--role needs the person: --contact NAME')
  }
  const reach = points(options, country)
  return {
    points: options.contact === undefined ? reach : [],
    contacts:
      options.contact === undefined
        ? []
        : [{ name: options.contact, role: options.role ?? null, points: reach }],
    categories: options.category ?? [],
    properties: (options.property ?? []).map(readProperty),
  }
}

/** @throws Fault `usage` if the options say two things. */
function kindOf({ kind, person, company }: ClientOptions): ClientValues['kind'] {
  const said = new Set([kind, person ? 'person' : undefined, company ? 'company' : undefined])
  said.delete(undefined)
  if (said.size > 1) {
    throw new Fault(
      'usage',
      'a client is a company or a person, not both',
      'give one of --company and --person',
    )
  }
  return [...said][0] as ClientValues['kind']
}

/** A client's own values, from its options; owner and source are looked up. */
export async function readValues(db: Db, options: ClientOptions): Promise<ClientValues> {
  const { ref, consent, owner, source, priceList, terms } = options
  const kind = kindOf(options)
  const { vatId: vat_id, taxNumber: tax_number, eAddress: e_address } = options
  const texts = { ...options, vat_id, tax_number, e_address, buyer_ref: options.buyerRef }
  const given = { ref, kind, consent, ...perField(CLIENT_TEXTS, (name) => texts[name]) }
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(owner === undefined ? {} : { ownerId: await findActiveId(db, 'owner', owner) }),
    ...(priceList === undefined
      ? {}
      : { priceListId: await findId(db, 'price-list', priceList ?? undefined) }),
    ...(terms === undefined ? {} : { termsId: await findId(db, 'terms', terms ?? undefined) }),
    ...(source === undefined ? {} : { sourceId: await findActiveId(db, 'source', source) }),
  }
}

/** Says what may be wrong with texts of a client; they are taken all the same. */
export function sayDoubts(context: Context, values: ClientValues, today: Day): void {
  for (const doubt of doubtsAbout(CLIENT_TEXTS, givenTexts(CLIENT_TEXTS, values), today)) {
    context.say(`note: ${doubt}`)
  }
}
