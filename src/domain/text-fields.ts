import { knownCountry } from './country.ts'
import { type Day, isDay } from './day.ts'
import { knownDay } from './day-spelling.ts'
import { knownLanguage, languageDoubt } from './language.ts'
import { tidyName, tidyText } from './name.ts'
import { eAddressDoubt, knownEAddress } from './tax-ids/e-address.ts'
import { knownVatId, vatIdDoubt } from './tax-ids/vat.ts'

/**
 * A text that a client or a deal has. Its name is that of its column in the book and its key in JSON. With a
 * hyphen for `_` it is its option, its field in conditions, and the column of files that it is read from and
 * exported to.
 */
export interface TextField {
  /** What cards and lists call it. */
  label: string
  /**
   * A `word` is one line that records are listed, compared and chosen by. Figures go by it, so it stays
   * when its client is erased. `prose` may have several lines; `funnel find` looks through it, and it goes
   * when its client is erased. What is `personal` is one line, compared like a word; it is found and it goes
   * like prose.
   */
  kind: 'word' | 'prose' | 'personal'
  /** One line on its option. */
  option: string
  /** One line on what a column of a file holds that is read as it. */
  column: string
  /** Several columns of a file may feed it. */
  many?: true
  /** Lists have it only where they are asked for it. */
  onRequest?: true
  /** The one spelling of what is written in many ways: `DE` of Germany and Deutschland. */
  spelt?: (text: string) => string
  /** Why what is stored may be wrong, in words that follow it; null if nothing speaks against it. */
  doubt?: (text: string, today: Day) => string | null
}

/** A day that has been, by what it is, may be mistyped. */
function toCome(text: string, today: Day): string | null {
  return isDay(text) && text > today ? 'is still to come' : null
}

/** Fields by name. */
export type TextFields<N extends string> = Readonly<Record<N, TextField>>

/** The texts of a client. */
export const CLIENT_TEXTS = {
  region: {
    label: 'Region',
    kind: 'word',
    option: 'where it is',
    column: 'state, province or territory',
  },
  size: {
    label: 'Size',
    kind: 'word',
    option: 'how big it is',
    column: 'how large a client it is',
  },
  rating: {
    label: 'Rating',
    kind: 'word',
    option: 'how much it matters, such as A',
    column: 'how good a client it is: A, B, C; hot, warm, cold',
  },
  street: {
    label: 'Street',
    kind: 'personal',
    option: 'street and number of its address',
    column: 'street and number',
  },
  postcode: {
    label: 'Postcode',
    kind: 'personal',
    option: 'the postcode of its address',
    column: 'postcode',
  },
  town: { label: 'Town', kind: 'personal', option: 'the town of its address', column: 'town' },
  country: {
    label: 'Country',
    kind: 'word',
    option: 'the country of its address',
    column: 'country, by name or ISO code',
    onRequest: true,
    spelt: knownCountry,
  },
  delivery: {
    label: 'Delivery',
    kind: 'prose',
    option: 'where to deliver, if not to its address',
    column: 'where to deliver, if not to the address',
    many: true,
  },
  birthday: {
    label: 'Birthday',
    kind: 'personal',
    option: 'the birthday of a person',
    column: 'the birthday of a person',
    spelt: knownDay,
    doubt: toCome,
  },
  since: {
    label: 'Client since',
    kind: 'personal',
    option: 'the day since when it has been a client',
    column: 'the day since when it has been a client',
    spelt: knownDay,
    doubt: toCome,
  },
  vat_id: {
    label: 'VAT ID',
    kind: 'personal',
    option: 'its VAT ID: DE136695976',
    column: 'VAT ID, with its country: DE136695976',
    spelt: knownVatId,
    doubt: vatIdDoubt,
  },
  tax_number: {
    label: 'Tax number',
    kind: 'personal',
    option: 'its tax number where it is',
    column: 'tax number in its country',
  },
  e_address: {
    label: 'E-address',
    kind: 'personal',
    option: 'where it takes e-invoices: 0088:4012345000009, or a Leitweg-ID',
    column: 'where it takes e-invoices: a Peppol address or a Leitweg-ID',
    spelt: knownEAddress,
    doubt: eAddressDoubt,
  },
  buyer_ref: {
    label: 'Buyer reference',
    kind: 'personal',
    option: 'what its invoices must name: a reference or a Leitweg-ID',
    column: 'what invoices to it must name',
    onRequest: true,
  },
  language: {
    label: 'Language',
    kind: 'word',
    option: 'the language that it is written to in: de, or German',
    column: 'the language that it is written to in',
    onRequest: true,
    spelt: knownLanguage,
    doubt: languageDoubt,
  },
  note: { label: 'Note', kind: 'prose', option: 'anything else', column: 'remarks', many: true },
} as const satisfies TextFields<string>

/** The texts of a deal. A note on a step of it belongs to that event. */
export const DEAL_TEXTS = {
  need: {
    label: 'Need',
    kind: 'prose',
    option: 'what the client needs',
    column: 'what the client wants',
  },
  note: { label: 'Note', kind: 'prose', option: 'anything else', column: 'remarks', many: true },
} as const satisfies TextFields<string>

type ClientText = keyof typeof CLIENT_TEXTS
type DealText = keyof typeof DEAL_TEXTS

/** The texts of a client as stored in the book; null is not known. */
export type ClientTexts = Record<ClientText, string | null>

/** The same of a deal. */
export type DealTexts = Record<DealText, string | null>

/** The names of fields, in order of declaration; only those of some kinds if any are given. */
export function namesOf<N extends string>(
  fields: TextFields<N>,
  ...kinds: TextField['kind'][]
): N[] {
  const names = Object.keys(fields) as N[]
  return kinds.length === 0 ? names : names.filter((name) => kinds.includes(fields[name].kind))
}

/** A name with a hyphen for each `_`. */
export type Word<N extends string> = N extends `${infer A}_${infer B}` ? `${A}-${Word<B>}` : N

/** The name of a field as options, conditions and files have it: `vat-id` of `vat_id`. */
export function wordFor<N extends string>(name: N): Word<N> {
  const known = WORDS.get(name)
  if (known !== undefined) return known as Word<N>
  const word = name.replaceAll('_', '-')
  WORDS.set(name, word)
  return word as Word<N>
}

/** Those that were asked for: an import asks for each in every row. */
const WORDS = new Map<string, string>()

/** Something for each field, by its name: `perField(CLIENT_TEXTS, () => null)` are texts not known. */
export function perField<N extends string, T>(
  fields: TextFields<N>,
  make: (name: NoInfer<N>, field: TextField) => T,
): Record<N, T> {
  const made = {} as Record<N, T>
  for (const name in fields) made[name] = make(name, fields[name])
  return made
}

/** The given texts as they are stored; undefined ones are left out, and null clears. */
export function givenTexts<N extends string>(
  fields: TextFields<N>,
  texts: { [name in NoInfer<N>]?: string | null | undefined },
): Partial<Record<N, string | null>> {
  const given = namesOf(fields).filter((name) => texts[name] !== undefined)
  return Object.fromEntries(
    given.map((name) => [name, tidied(fields[name], texts[name])]),
  ) as Partial<Record<N, string | null>>
}

/** A text as it is stored: prose with its lines, all else as one line; null if nothing is left. */
export function tidied({ kind, spelt }: TextField, text: string | null | undefined): string | null {
  const tidy = kind === 'prose' ? tidyText(text ?? '') : tidyName(text ?? '')
  return (spelt ? spelt(tidy) : tidy) || null
}

/** A label within a sentence: `birthday`, and `VAT ID` as it is. */
function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** What may be wrong with texts as they are stored: `the VAT ID DE12 is not how …`. */
export function doubtsAbout<N extends string>(
  fields: TextFields<N>,
  texts: { [name in NoInfer<N>]?: string | null | undefined },
  today: Day,
): string[] {
  return namesOf(fields).flatMap((name) => {
    const [{ label, doubt }, text] = [fields[name], texts[name]]
    const why = text == null ? null : (doubt?.(text, today) ?? null)
    return why === null ? [] : [`the ${inSentence(label)} ${text} ${why}`]
  })
}
