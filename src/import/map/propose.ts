import { findField, hasProperties, type ImportKind } from './fields.ts'
import { bareKey, columnKeys, propertyNames, REASON_HEADER } from './header.ts'
import { currencyColumn } from './codes.ts'
import { type Contender, contest } from './contest.ts'
import { holdsMoney, isNumeric, lookOf } from './content.ts'
import { type KnownNames, fieldsByContent } from './by-content.ts'
import { meaningsOfParts, type PartMeanings } from './parts.ts'
import { headerCurrency } from '../values/currency.ts'
import { speller } from './spelling.ts'
import { ownKeys } from './record-part.ts'
import { isSum, suits } from './suits.ts'
import {
  BESIDE_ANOTHER,
  type Dictionary,
  dictionaryOf,
  isOfOthers,
  isOtherSum,
  isStranger,
  type Meaning,
  meaningsOf,
  meaningsTogether,
  WEAK,
} from './synonyms/index.ts'
import type { Proposal, Target } from './target.ts'
import { readWishes, type Wishes } from './wishes.ts'

export { headerKey } from './header.ts'
export { requireFields } from './require.ts'
export { describeTarget, type Proposal, type Target } from './target.ts'
export type { KnownNames } from './by-content.ts'
export type { Wishes } from './wishes.ts'

/** The columns as they are settled, one way of finding out after another. */
class Settled {
  readonly kind: ImportKind
  readonly #targets = new Map<number, Pick<Proposal, 'target' | 'by'>>()
  readonly #taken = new Set<string>()

  constructor(kind: ImportKind) {
    this.kind = kind
  }

  get(index: number): Pick<Proposal, 'target' | 'by'> | undefined {
    return this.#targets.get(index)
  }

  has(index: number): boolean {
    return this.#targets.has(index)
  }

  takesMany = (field: string): boolean => findField(this.kind, field)?.many === true

  isFree = (field: string): boolean => this.takesMany(field) || !this.#taken.has(field)

  isTaken(field: string): boolean {
    return this.#taken.has(field)
  }

  properties(): string[] {
    return [...this.#targets.values()].flatMap(({ target }) =>
      target.to === 'property' ? target.name : [],
    )
  }

  settle(index: number, target: Target, by: Proposal['by']): void {
    this.#targets.set(index, { target, by })
    if (target.to === 'field') this.#taken.add(target.field)
  }

  hold(columns: readonly Contender[], by: Proposal['by']): void {
    for (const [index, field] of contest(columns, this.isFree, this.takesMany)) {
      this.settle(index, { to: 'field', field }, by)
    }
  }
}

/** Each column's meanings, with those that it has only because of another column's in front. */
function contenders(
  keys: readonly string[],
  headers: readonly string[],
  dictionary: Dictionary,
  settled: Settled,
): Contender[] {
  const isSigned = (index: number): boolean => headerCurrency(headers[index] ?? '') !== null
  const together = meaningsTogether(keys, isSigned, dictionary)
  const open = keys.flatMap((key, index) => {
    if (settled.has(index)) return []
    return [{ index, key, meanings: together.get(index) ?? meaningsOf(key, dictionary) }]
  })
  const sure = new Set(
    open.flatMap(({ key, meanings }) =>
      dictionary.nextTo.has(key) ? [] : meanings.slice(0, 1).map(({ field }) => field),
    ),
  )
  return open.map(({ index, key, meanings }) => {
    const nextTo = (dictionary.nextTo.get(key) ?? [])
      .filter((rule) => sure.has(rule.nextTo) || settled.isTaken(rule.nextTo))
      .flatMap(({ fields }) => fields.map((field) => ({ field, rank: BESIDE_ANOTHER })))
    return { index, meanings: [...nextTo, ...meanings] }
  })
}

/** Days that the cells of a column may give, where its header says nothing. */
const DATES: Record<ImportKind, readonly string[]> = {
  clients: [],
  deals: ['opened', 'closed', 'expected-close'],
  history: ['at'],
  interactions: ['at'],
  tasks: ['due'],
}

function settleByContent(
  columns: readonly number[],
  samples: readonly (readonly string[])[],
  settled: Settled,
): void {
  const { kind } = settled
  const dated: number[] = []
  for (const index of columns) {
    const look = lookOf(samples, index)
    if (look === 'date') dated.push(index)
    else if (look && findField(kind, look))
      settled.settle(index, { to: 'field', field: look }, 'content')
  }
  // An open deal's expected close may stand under `closed`; then none is missing.
  const missing = DATES[kind].filter(
    (field) =>
      !settled.isTaken(field) && !(field === 'expected-close' && settled.isTaken('closed')),
  )
  const [column, ...otherColumns] = dated
  const [field, ...otherFields] = missing
  if (column === undefined || field === undefined) return
  if (otherColumns.length > 0 || otherFields.length > 0) return
  settled.settle(column, { to: 'field', field }, 'content')
}

/**
 * Says what each column is to be read as: as wished; else as in the saved profile (by
 * `columnKeys`); else by its header, in the languages and programs that the dictionary knows; else
 * by a header that is misspelt; else by what its cells look like. Of several columns for a field
 * that takes one, the one whose header is the better word for it has it. What is left over becomes
 * a property of the client, and is left out for other kinds of import.
 *
 * `samples` are the cells of the first rows.
 *
 * `known` are names of the book, by which columns of owners, stages and sources are recognised.
 *
 * @example proposeColumns('clients', ['Name', 'Firma', 'Fleet'], { map: [], ignore: [] }, [])
 * // contact, name, property:Fleet
 * @throws Fault `usage` where a wish names an unknown column or field.
 */
export function proposeColumns(
  kind: ImportKind,
  headers: readonly string[],
  wishes: Wishes,
  samples: readonly (readonly string[])[],
  saved: ReadonlyMap<string, Target> = new Map(),
  known: KnownNames = {},
): Proposal[] {
  const settled = new Settled(kind)
  for (const [index, target] of readWishes(kind, headers, wishes)) {
    settled.settle(index, target, 'wish')
  }
  const reason = headers.indexOf(REASON_HEADER)
  if (reason >= 0 && !settled.has(reason)) settled.settle(reason, { to: 'nothing' }, 'header')
  columnKeys(headers).forEach((key, index) => {
    const target = saved.get(key)
    if (!target || settled.has(index)) return
    if (target.to === 'field' && !settled.isFree(target.field)) return
    settled.settle(index, target, 'profile')
  })
  settleByHeader(kind, headers, samples, settled, known)
  settleCurrency(headers, samples, settled, known.currency)
  const names = propertyNames(headers, settled.properties())
  return headers.map((header, index) => {
    const found = settled.get(index)
    if (found) return { header, index, ...found }
    const target: Target = hasProperties(kind)
      ? { to: 'property', name: names[index] ?? header }
      : { to: 'nothing' }
    return { header, index, target, by: 'none' }
  })
}

/** `Sales` may be a salesperson or a sum: a weak word for a name does not stand above numbers. */
function isFigures(
  kind: ImportKind,
  { field, rank }: Meaning,
  samples: readonly (readonly string[])[],
  index: number,
): boolean {
  return rank >= WEAK && findField(kind, field)?.type === 'name' && isNumeric(samples, index)
}

/** Fields of yes and no whose words may say when as well. */
const WHEN: Record<string, string> = {
  'is-closed': 'closed',
  'is-won': 'won-on',
  'is-lost': 'lost-on',
}

/** `Abgeschlossen` may say whether a deal is closed, or when: above days it is the day. */
function asDated(
  meaning: Meaning,
  samples: readonly (readonly string[])[],
  index: number,
): Meaning {
  const day = WHEN[meaning.field]
  return day && lookOf(samples, index) === 'date' ? { ...meaning, field: day } : meaning
}

/** What the parts mean of headers that are not known as a whole, by the columns' places. */
function partsOf(
  kind: ImportKind,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  isOpen: (index: number) => boolean,
): Map<number, PartMeanings> {
  const dictionary = dictionaryOf(kind)
  return new Map(
    headers.flatMap((header, index): [number, PartMeanings][] => {
      const parts = meaningsOfParts(kind, header, dictionary)
      const found = {
        ...parts,
        meanings: parts.meanings.filter(({ field }) => suits(kind, field, header, samples, index)),
      }
      if (found.meanings.length === 0 || !isOpen(index)) return []
      const isName = ({ field }: Meaning): boolean => findField(kind, field)?.type === 'name'
      const isCount = found.meanings.some(isName) && isNumeric(samples, index)
      return isCount ? [] : [[index, found]]
    }),
  )
}

function contendersOf(parts: ReadonlyMap<number, PartMeanings>, isPartial: boolean): Contender[] {
  return [...parts]
    .filter(([, part]) => part.isPartial === isPartial)
    .map(([index, { meanings }]) => ({ index, meanings }))
}

function settleByHeader(
  kind: ImportKind,
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  settled: Settled,
  known: KnownNames,
): void {
  const dictionary = dictionaryOf(kind)
  const keys = ownKeys(kind, headers, dictionary)
  const holdsSum = (index: number): boolean =>
    isSum(headers[index] ?? '', samples, index) || holdsMoney(samples, index)
  const isOpen = (index: number): boolean => {
    const key = keys[index] ?? ''
    if (settled.has(index)) return false
    // `Auftrag €` is not the `Auftrag` that is known, but nothing is known of it either.
    if (kind === 'deals' && holdsSum(index)) return !isOtherSum(key)
    return !isStranger(key) && !isStranger(bareKey(key))
  }
  const parts = partsOf(kind, headers, samples, isOpen)
  const named = contenders(keys, headers, dictionary, settled).map(({ index, meanings }) => ({
    index,
    meanings: meanings
      .filter((meaning) => !isFigures(kind, meaning, samples, index))
      .map((meaning) => asDated(meaning, samples, index))
      .filter(({ field }) => suits(kind, field, headers[index] ?? '', samples, index)),
  }))
  const whole = named.filter(({ meanings }) => meanings.length > 0)
  settled.hold([...whole, ...contendersOf(parts, false)], 'header')
  settled.hold(contendersOf(parts, true), 'header')
  const unknown = keys.flatMap((key, index) =>
    isOpen(index) ? [{ index, key: bareKey(key) }] : [],
  )
  if (unknown.length === 0) return
  const spell = speller(dictionary)
  settled.hold(
    unknown.map(({ index, key }) => ({
      index,
      meanings: spell(key).filter(({ field }) =>
        suits(kind, field, headers[index] ?? '', samples, index),
      ),
    })),
    'spelling',
  )
  const left = unknown.filter(({ index, key }) => !settled.has(index) && !isOfOthers(key))
  settleByContent(
    left.map(({ index }) => index),
    samples,
    settled,
  )
  const open = left
    .filter(({ index }) => !settled.has(index))
    .map(({ index }) => ({ index, header: headers[index] ?? '' }))
  for (const [index, field] of fieldsByContent(kind, open, samples, known)) {
    if (settled.isFree(field)) settled.settle(index, { to: 'field', field }, 'content')
  }
}

/** Amounts in another currency must not pass for the book's because a header is not known. */
function settleCurrency(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  settled: Settled,
  own: string | undefined,
): void {
  if (!findField(settled.kind, 'currency') || settled.isTaken('currency')) return
  const open = [...headers.keys()].filter((index) => !settled.has(index))
  const index = currencyColumn(open, samples, own)
  if (index !== null) settled.settle(index, { to: 'field', field: 'currency' }, 'content')
}
