import type { Io } from '../io.ts'
import { locateBook } from '../locate.ts'
import type { Statements } from '../../book/store/store.ts'
import { lookInto } from '../../book/store/look-into.ts'
import { nameKey } from '../../domain/name.ts'
import { dealsBeginning } from './deals.ts'
import { draftsBeginning, invoicesBeginning } from './invoices.ts'
import { proposalsBeginning } from './proposals.ts'
import type { Suggestion } from './suggest.ts'

/** How many names are offered at most. */
const MOST = 50

/** How long to wait for another program, in milliseconds. */
const PATIENCE = 100

const dictionary = (table: string): { sql: string } => ({
  sql: `SELECT name FROM ${table} WHERE name_key >= :from AND name_key < :to AND retired = 0`,
})

const plain = (table: string, name = 'name', key = 'name_key'): { sql: string } => ({
  sql: `SELECT ${name} FROM ${table} WHERE ${key} >= :from AND ${key} < :to ORDER BY ${key}`,
})

/** What can be named, by the word that stands for it in the help: `<client>`. */
const NAMES: Record<string, { sql: string }> = {
  client: plain('clients'),
  segment: plain('segments'),
  category: plain('categories'),
  kept: plain('report_variants'),
  owner: dictionary('owners'),
  source: dictionary('sources'),
  reason: dictionary('reasons'),
  stage: dictionary('stages'),
  process: dictionary('processes'),
  tag: plain('categories'),
  property: plain('properties'),
  product: dictionary('products'),
  'price-list': dictionary('price_lists'),
  tax: plain('taxes'),
  terms: plain('terms'),
  'bank-account': plain('bank_accounts'),
}

/** Stands for a value of a column and what it means: `--value <field:text=meaning>`. */
const VALUE = 'field:text=meaning'

/** The names that values of a field may mean. */
const MEANINGS: Record<string, string> = {
  stage: 'stage',
  owner: 'owner',
  source: 'source',
  reason: 'reason',
  process: 'process',
  tag: 'category',
  category: 'category',
}

/** Stands for a property and its value, and for a detail of a deal: `--property <property=value>`, `--drop <what:name>`. */
const PROPERTY = 'property=value'
const DETAIL = 'what:name'

/** What is offered with a word on each: what it is. */
const DESCRIBED: Record<
  string,
  (opened: Statements, beginning: string, most: number) => Suggestion[]
> = {
  deal: dealsBeginning,
  invoice: invoicesBeginning,
  draft: draftsBeginning,
  proposal: proposalsBeginning,
}

/** Can the book complete such a word? */
export function isNamed(what: string): boolean {
  return (
    what in DESCRIBED || what === VALUE || what === PROPERTY || what === DETAIL || what in NAMES
  )
}

/** A name that can be given to a shell: one line, which cannot be read as an option. */
function isOffered(name: unknown): name is string {
  return typeof name === 'string' && !/^-|\p{C}|[\u2028\u2029]/u.test(name)
}

/**
 * The names in the book that begin with a text, in any case; deals by their numbers too. The book
 * is only read; if that fails, there are none.
 * @param book the book that the command line names.
 */
export function namesIn(
  io: Io,
  book: string | undefined,
  what: string,
  beginning: string,
): Suggestion[] {
  const { sql } = NAMES[what] ?? {}
  if (!isNamed(what)) return []
  if (what === VALUE) return meaningsIn(io, book, beginning)
  if (what === PROPERTY) return propertiesIn(io, book, beginning)
  if (what === DETAIL) return detailsIn(io, book, beginning)
  const opened = lookInto(locateBook(io, book), PATIENCE)
  try {
    const described = DESCRIBED[what]
    if (described) {
      return described(opened, beginning, MOST).filter(({ value }) => isOffered(value))
    }
    const from = nameKey(beginning)
    const found = opened
      .prepare(`${sql} LIMIT ${MOST}`)
      .pluck()
      .all({ from, to: `${from}\u{10ffff}` })
    return [...new Set(found.filter(isOffered))].map((value) => ({ value }))
  } finally {
    opened.close()
  }
}

/** `Colour=` for the properties that begin so; after that the choices that one may have. */
function propertiesIn(io: Io, book: string | undefined, beginning: string): Suggestion[] {
  const [, name, typed = ''] = /^([^=]*)=(.*)$/s.exec(beginning) ?? []
  if (name === undefined) {
    return namesIn(io, book, 'property', beginning).map(({ value }) => ({ value: `${value}=` }))
  }
  const opened = lookInto(locateBook(io, book), PATIENCE)
  try {
    const choices = opened
      .prepare('SELECT choices FROM properties WHERE name_key = ?')
      .pluck()
      .get(nameKey(name))
    const values = typeof choices === 'string' ? (JSON.parse(choices) as unknown[]) : []
    return values
      .filter(isOffered)
      .filter((value) => nameKey(value).startsWith(nameKey(typed)))
      .map((value) => ({ value: `${name}=${value}` }))
  } finally {
    opened.close()
  }
}

/** `tag:expo`, `property:Colour`. */
function detailsIn(io: Io, book: string | undefined, beginning: string): Suggestion[] {
  const [, what = '', typed = ''] = /^(tag|property):(.*)$/s.exec(beginning) ?? []
  if (what === '') {
    return ['tag:', 'property:'].flatMap((value) =>
      value.startsWith(beginning) ? [{ value }] : [],
    )
  }
  return namesIn(io, book, what, typed).map(({ value }) => ({ value: `${what}:${value}` }))
}

/** `Stage:Angebot raus=Pro` with the names it may mean; those of every kind if a header stands before the colon. */
function meaningsIn(io: Io, book: string | undefined, beginning: string): Suggestion[] {
  const split = beginning.lastIndexOf('=')
  if (split < 0) {
    const fields = Object.keys(MEANINGS).filter((field) => field.startsWith(nameKey(beginning)))
    return fields.map((field) => ({ value: `${field}:` }))
  }
  const field = nameKey(beginning.split(':')[0] ?? '')
  const own = MEANINGS[field]
  const kinds = own === undefined ? new Set(Object.values(MEANINGS)) : [own]
  const [kept, typed] = [beginning.slice(0, split + 1), beginning.slice(split + 1)]
  return [...kinds]
    .flatMap((what) => namesIn(io, book, what, typed))
    .map(({ value, ...rest }) => ({ ...rest, value: kept + value }))
}
