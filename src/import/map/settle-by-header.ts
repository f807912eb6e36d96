import { type KnownNames, fieldsByContent } from './by-content.ts'
import type { Contender } from './contest.ts'
import { holdsMoney, isNumeric, lookOf } from './content.ts'
import { findField, type ImportKind } from './fields.ts'
import { bareKey } from './header.ts'
import { meaningsOfParts, type PartMeanings } from './parts.ts'
import { ownKeys } from './record-part.ts'
import { settleByContent } from './settle-by-content.ts'
import type { Settled } from './settled.ts'
import { speller } from './spelling.ts'
import { isSum, suits } from './suits.ts'
import {
  NEXT_TO_ANOTHER,
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
import { headerCurrency } from '../values/currency.ts'

/** Each column's meanings, with those it has only because of another column first. */
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
      .flatMap(({ fields }) => fields.map((field) => ({ field, rank: NEXT_TO_ANOTHER })))
    return { index, meanings: [...nextTo, ...meanings] }
  })
}

/** `Sales` may be a salesperson or a sum: a weak word for a name does not go above numbers. */
function isFigures(
  kind: ImportKind,
  { field, rank }: Meaning,
  samples: readonly (readonly string[])[],
  index: number,
): boolean {
  return rank >= WEAK && findField(kind, field)?.type === 'name' && isNumeric(samples, index)
}

/** Fields of yes and no whose words may also say when. */
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

/** What the parts of headers mean that are not known as a whole, by the columns' places. */
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

/** Settles columns by their headers, and those whose headers say nothing by their cells. */
export function settleByHeader(
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
