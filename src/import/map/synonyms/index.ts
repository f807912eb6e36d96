import { fieldsOf, IMPORT_KINDS, type ImportKind } from '../fields.ts'
import { bareKey, headerKey } from '../header.ts'
import { amocrm } from './amocrm.ts'
import { NAME_PAIRS } from './name-pairs.ts'
import { bitrix24 } from './bitrix24.ts'
import { chinese } from './chinese.ts'
import { close } from './close.ts'
import { dynamics } from './dynamics.ts'
import { english } from './english.ts'
import { erpnext } from './erpnext.ts'
import { french } from './french.ts'
import { freshsales } from './freshsales.ts'
import { german } from './german.ts'
import { google } from './google.ts'
import { hubspot } from './hubspot.ts'
import { odoo } from './odoo.ts'
import { oneC } from './one-c.ts'
import { outlook } from './outlook.ts'
import { pipedrive } from './pipedrive.ts'
import { russian } from './russian.ts'
import { salesforce } from './salesforce.ts'
import { spanish } from './spanish.ts'
import { FAX, OF_OTHERS, UNKNOWN_FIELDS } from './unknown-fields.ts'
import type { Synonyms } from './synonyms.ts'
import { thai } from './thai.ts'
import { SIGNED, NEIGHBOUR_RULES } from './by-neighbour.ts'
import { zoho } from './zoho.ts'

const LANGUAGES: Synonyms[] = [english, russian, german, french, spanish, chinese, thai]
const PROGRAMS: Synonyms[] = [
  outlook,
  google,
  salesforce,
  hubspot,
  pipedrive,
  amocrm,
  bitrix24,
  oneC,
  zoho,
  erpnext,
  odoo,
  dynamics,
  freshsales,
  close,
]

/** A field that a header may mean; the lower the rank, the better the word for it. */
export interface Meaning {
  field: string
  rank: number
}

/** A header that means other fields if there is a column for `nextTo`. */
interface NeighbourMeaning {
  nextTo: string
  fields: readonly string[]
}

/** The known headers of a kind of import, by `headerKey`. */
export interface Dictionary {
  /** The fields that a header may mean, the likeliest first. */
  meanings: ReadonlyMap<string, readonly Meaning[]>
  nextTo: ReadonlyMap<string, readonly NeighbourMeaning[]>
  /** Headers that mean something else if certain others are there. */
  together: readonly Companion[]
}

/** A header's only meaning if one of each list of headers is there; null for no meaning. */
interface Companion {
  key: string
  others: readonly (readonly string[])[]
  field: string | null
}

/** Rank of the first word that gives way to all others of its field. */
export const WEAK = 1000

/** Rank of a word that means the field only next to another. */
export const NEXT_TO_ANOTHER = 2000

function wordsOf(list: string): { key: string; weak: boolean }[] {
  return list.split(',').map((text) => {
    const word = text.trim()
    return { key: headerKey(word), weak: word.startsWith('~') }
  })
}

/** For each word its best rank in any list; a word that is weak anywhere is weak. */
function ranks(lists: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const list of lists) {
    wordsOf(list).forEach(({ key, weak }, place) => {
      const before = found.get(key)
      const best = before === undefined ? place : Math.min(place, before % WEAK)
      const isWeak = weak || (before !== undefined && before >= WEAK)
      found.set(key, isWeak ? WEAK + best : best)
    })
  }
  return found
}

const DEAL_NAMES = new Set(['title', 'client', 'client-ref'])

/** Fields of lines and prices that a list of products has too, under its own names for them. */
const OF_PRODUCT: Partial<Record<string, string>> = {
  code: 'code',
  product: 'name',
  text: 'text',
  unit: 'unit',
  price: 'price',
  cost: 'cost',
  tax: 'tax',
  currency: 'currency',
}

/** In a list of lines these name the product, and not its deal. */
const OF_LINES = new Set(['name', 'title', 'subject', 'deal', 'id'].map(headerKey))

/** The words of all languages and programs for a field. */
function wordsFor(kind: ImportKind, field: string): Map<string, number> {
  const lists = [...LANGUAGES, ...PROGRAMS].flatMap((synonyms) => {
    const list = (synonyms[kind] as Record<string, string> | undefined)?.[field]
    return list === undefined ? [] : [list]
  })
  if (kind === 'lines') return lineWords(field, lists)
  if (kind === 'prices') return priceWords(field, lists)
  const words = ranks(lists)
  // A list of deals uses the same names for a deal and its client as a history.
  if (kind === 'history' && DEAL_NAMES.has(field)) {
    return new Map([...wordsFor('deals', field)].filter(([, rank]) => rank < WEAK))
  }
  if (kind !== 'deals' || field !== 'contact') return words
  // What may be a deal's client if there is no better column is otherwise the person there.
  return new Map([...wordsFor(kind, 'client')].filter(([, rank]) => rank >= WEAK))
}

/** The words of lines, after which come those of products; and those that a history names its deals by. */
function lineWords(field: string, lists: readonly string[]): Map<string, number> {
  const own = ranks(lists)
  const ofProduct = OF_PRODUCT[field]
  if (ofProduct !== undefined) return merged(own, wordsFor('products', ofProduct))
  if (!DEAL_NAMES.has(field) && field !== 'deal') return own
  const others = [...wordsFor('history', field)].filter(([key]) => !OF_LINES.has(key))
  return merged(own, new Map(others.filter(([, rank]) => rank < WEAK)))
}

/** The words of price lists, after which come those that other lists have for the same. */
function priceWords(field: string, lists: readonly string[]): Map<string, number> {
  const own = ranks(lists)
  const ofProduct = OF_PRODUCT[field]
  if (ofProduct !== undefined) return merged(own, wordsFor('products', ofProduct))
  if (field === 'price-list') return merged(own, wordsFor('clients', field))
  if (field === 'quantity') return merged(own, wordsFor('lines', field))
  return own
}

/** Words, then others that come after them. */
function merged(first: Map<string, number>, then: ReadonlyMap<string, number>) {
  const all = new Map([...then].map(([key, rank]) => [key, rank + first.size]))
  for (const [key, rank] of first) all.set(key, rank)
  return all
}

function build(kind: ImportKind): Dictionary {
  const meanings = new Map<string, Meaning[]>()
  for (const { name } of fieldsOf(kind)) {
    const words = wordsFor(kind, name)
    // The name of the field is understood too, after every word of a list.
    if (!words.has(headerKey(name))) words.set(headerKey(name), WEAK - 1)
    // Without its last word, `Amount net` would be the amount with tax.
    const bare = name === 'net' ? [] : [...words]
    const forms = [...words, ...bare.map(([key, rank]) => [bareKey(key), rank] as const)]
    for (const [key, rank] of forms) {
      const fields = meanings.get(key) ?? []
      // `Phone 1 - Value` stands for every number, but after the words themselves.
      if (!fields.some(({ field }) => field === name)) fields.push({ field: name, rank })
      meanings.set(key, fields)
    }
  }
  for (const fields of meanings.values()) {
    fields.sort((a, b) => Number(a.rank >= WEAK) - Number(b.rank >= WEAK))
  }
  meanings.delete('')
  const nextTo = new Map<string, NeighbourMeaning[]>()
  if (kind === 'clients') {
    for (const { headers, nextTo: other, reads } of NAME_PAIRS) {
      for (const { key } of wordsOf(headers)) {
        nextTo.set(key, [...(nextTo.get(key) ?? []), { nextTo: other, fields: reads }])
      }
    }
  }
  return { meanings, nextTo, together: companionsOf(kind) }
}

function companyKey(name: string): string {
  return name.includes(SIGNED) ? signedKey(headerKey(name)) : headerKey(name)
}

function companionsOf(kind: ImportKind): Companion[] {
  return NEIGHBOUR_RULES.filter((rule) => rule.kind === kind).flatMap(
    ({ headers, nextTo, reads }) => {
      const others = nextTo.map((names) => names.split('|').map(companyKey))
      return headers.split(',').map((name) => ({ key: companyKey(name), others, field: reads }))
    },
  )
}

const built = new Map<ImportKind, Dictionary>()

/** The dictionary of a kind of import, made when it is first asked for. */
export function dictionaryOf(kind: ImportKind): Dictionary {
  const ready = built.get(kind) ?? build(kind)
  built.set(kind, ready)
  return ready
}

/** The fields that a header may mean, as it is or without its number and currency. */
export function meaningsOf(key: string, { meanings }: Dictionary): readonly Meaning[] {
  const exact = meanings.get(key)
  if (exact) return exact
  // `Phone` comes before `Phone 2`.
  const bare = meanings.get(bareKey(key)) ?? []
  return bare.map(({ field, rank }) => ({ field, rank: rank + 0.5 }))
}

/** The key of a header with a currency in it, distinct from the same without one. */
function signedKey(key: string): string {
  return `${bareKey(key)} ${SIGNED}`
}

/**
 * What headers mean in combination with the others of their file, by their places: only those that
 * mean something else then.
 * @param keys of the headers, in order.
 * @param isSigned does the header at a place have a currency in it?
 */
export function meaningsTogether(
  keys: readonly string[],
  isSigned: (index: number) => boolean,
  { together }: Dictionary,
): ReadonlyMap<number, readonly Meaning[]> {
  const formsOf = (key: string, index: number): string[] =>
    isSigned(index) ? [key, bareKey(key), signedKey(key)] : [key, bareKey(key)]
  const all = new Set(keys.flatMap(formsOf))
  const rules = together.filter(({ others }) =>
    others.every((names) => names.some((name) => all.has(name))),
  )
  if (rules.length === 0) return new Map()
  return new Map(
    keys.flatMap((key, index): [number, Meaning[]][] => {
      const forms = formsOf(key, index)
      const found = rules.find((rule) => forms.includes(rule.key))
      if (!found) return []
      return [[index, found.field === null ? [] : [{ field: found.field, rank: 0 }]]]
    }),
  )
}

let strangers: Set<string> | undefined

/** True for a header known to be no field of any kind of import. */
function isListed(key: string): boolean {
  strangers ??= new Set(wordsOf(UNKNOWN_FIELDS).map((word) => word.key))
  return strangers.has(key) || FAX.test(key)
}

// What lists of products and lines call their columns, such as `Unit`, may be anything elsewhere.
const OF_THEIR_OWN = new Set<ImportKind>([
  'products',
  'prices',
  'lines',
  'goals',
  'bookings',
  'invoices',
  'payments',
])
const OF_RECORDS = IMPORT_KINDS.filter((kind) => !OF_THEIR_OWN.has(kind))

/**
 * True for a header known to be no field of this kind of import: a word for something else, such
 * as `Contract`, or for a field of another kind, such as `Stage` in a list of clients.
 */
export function isStranger(key: string): boolean {
  return isListed(key) || OF_RECORDS.some((kind) => dictionaryOf(kind).meanings.has(key))
}

/** True for the header of a sum known not to be one of a deal's: `Rabatt €`. */
export function isOtherSum(key: string): boolean {
  return isListed(key) || isListed(bareKey(key))
}

/** True for a header whose cells belong to somebody other than the client: `Manager e-mail`. */
export function isOfOthers(key: string): boolean {
  return key.split(' ').some((word) => OF_OTHERS.has(word))
}
