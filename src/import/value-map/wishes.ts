import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { fieldNamed, nearest } from '../map/field-words.ts'
import { fieldsOf, findField, type ImportKind } from '../map/fields.ts'
import { columnTitle } from '../map/header.ts'
import { describeTarget, type Proposal, type Target } from '../map/target.ts'
import { nearestNames } from '../names.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What the cells of a column stand for if they say something. */
export interface ValueMapping {
  index: number
  header: string
  /** What the cells say, compared like a name. */
  from: string
  /** What it is read as; empty for a blank cell. */
  to: string
  /** Was it said just now, and not kept from an earlier file? */
  isSaid: boolean
}

const HOW = 'write it as --value "Stage:Angebot raus=Proposal"'

interface Parts {
  columns: Proposal[]
  from: string
  to: string
}

/** Splits before the last `=`, as the value may have others, but hardly what it stands for. */
function targetParts(wish: string): [left: string, to: string] {
  const split = wish.lastIndexOf('=')
  if (split < 1) throw new Fault('usage', `${quoted(wish)} says no value of a column`, HOW)
  return [wish.slice(0, split), tidyName(wish.slice(split + 1))]
}

function byHeader(columns: readonly Proposal[], text: string): Proposal[] {
  const key = nameKey(text)
  const place = Number(/^#(\d+)$/.exec(key)?.[1])
  if (place >= 1) return columns.filter(({ index }) => index === place - 1)
  return key === '' ? [] : columns.filter(({ header }) => nameKey(header) === key)
}

/** The columns of a field. @throws Fault `usage` if there is no such field, or no column for it. */
function byField(kind: ImportKind, columns: readonly Proposal[], text: string): Proposal[] {
  const word = tidyName(text)
  let field: string
  try {
    field = fieldNamed(kind, word)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const known = [
      ...columns.map(({ header }) => header),
      ...fieldsOf(kind).map(({ name }) => name),
    ]
    const near = nearest(word, known.filter(Boolean))
    const message = `the file has no column “${word}”, and no column is read as that`
    const hint = near === null ? error.hint : `did you mean “${near}”?`
    throw new Fault('usage', message, hint, error)
  }
  const found = columns.filter(({ target }) => target.to === 'field' && target.field === field)
  if (found.length > 0) return found
  throw new Fault(
    'usage',
    `no column of the file is read as ${field}`,
    `name the column: --value "Header:value=…", or say what it is: --map "Header=${field}"`,
  )
}

/** The column is the longest beginning that is a header, as headers may contain a colon; else a field. */
function partsOf(kind: ImportKind, columns: readonly Proposal[], wish: string): Parts {
  const [left, to] = targetParts(wish)
  const splits = [...left.matchAll(/:/g)].map(({ index }) => index)
  const [first] = splits
  if (first === undefined) throw new Fault('usage', `${quoted(wish)} names no column`, HOW)
  const parts = (split: number, found: Proposal[]): Parts => {
    const from = tidyName(left.slice(split + 1))
    if (from !== '') return { columns: found, from, to }
    const hint = 'blank cells get a value by --default FIELD=VALUE'
    throw new Fault('usage', `${quoted(wish)} says no value of a column`, hint)
  }
  for (const split of splits.toReversed()) {
    const found = byHeader(columns, left.slice(0, split))
    if (found.length > 0) return parts(split, found)
  }
  return parts(first, byField(kind, columns, left.slice(0, first)))
}

/** What the cells of a field hold, for those that no value can be given for. */
const OTHERS: Partial<Record<string, string>> = {
  date: 'days',
  money: 'amounts',
  number: 'numbers',
  email: 'e-mail addresses',
  phone: 'phone numbers',
  website: 'websites',
}

/** @throws Fault `usage` if the column does not hold words, or is left out. */
function requireWords(kind: ImportKind, { header, index, target }: Proposal): void {
  const what = columnTitle(header, index)
  if (target.to === 'nothing') {
    throw new Fault('usage', `the column “${what}” is left out`, `map it: --map "${what}=FIELD"`)
  }
  const type = target.to === 'field' ? findField(kind, target.field)?.type : undefined
  const held = type === undefined ? undefined : OTHERS[type]
  if (held === undefined) return
  throw new Fault(
    'usage',
    `the column “${what}” holds ${held}; --value is for words, such as stages and owners`,
    'change such cells in the file',
  )
}

/** @throws Fault `usage` if the cells of the column cannot say that. */
function requireKnown(to: string, vocabulary: Vocabulary | null, target: Target): void {
  if (to === '' || !vocabulary || vocabulary.knows(to)) return
  const { one, offered, others, creatable } = vocabulary
  if (creatable !== null && others === 'kept') return
  const of = creatable === null ? `not one of: ${offered.join(', ')}` : `no ${one} of this book`
  const near = creatable === null ? '' : nearestNames(offered, to)
  const way = creatable === null ? [] : [`--create ${creatable} adds it`]
  const field = creatable === null && target.to === 'field' ? ` (${describeTarget(target)})` : ''
  throw new Fault('usage', `“${to}” is ${of}${near}${field}`, way[0])
}

/**
 * Reads what values of columns stand for: `Stage:Angebot raus=Proposal`. The column is named by its header,
 * else by a field that it is read as. Of several for one value the last counts.
 * @param said just now; a mistake in these is an error.
 * @param kept with a profile: what does not fit this file is passed over.
 * @throws Fault `usage` for an unknown column, field or target, and for one value said to be two things.
 */
export function readValueWishes(
  kind: ImportKind,
  columns: readonly Proposal[],
  { said, kept }: { said: readonly string[]; kept: readonly string[] },
  vocabularyOf: (target: Target) => Vocabulary | null,
): ValueMapping[] {
  const found = new Map<string, ValueMapping>()
  const take = (wish: string, isSaid: boolean): void => {
    const { columns: meant, from, to } = partsOf(kind, columns, wish)
    for (const column of meant) {
      requireWords(kind, column)
      requireKnown(to, vocabularyOf(column.target), column.target)
      const { index, header } = column
      const key = `${index}:${nameKey(from)}`
      const other = found.get(key)
      if (isSaid && other?.isSaid && nameKey(other.to) !== nameKey(to)) {
        const both = `“${from}” in “${columnTitle(header, index)}” is said to be ${other.to} and ${to}`
        throw new Fault('usage', both, 'give one --value for it')
      }
      found.set(key, { index, header, from, to, isSaid })
    }
  }
  for (const wish of kept) {
    try {
      take(wish, false)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
    }
  }
  for (const wish of said) take(wish, true)
  return [...found.values()]
}

/** A mapping as it is typed, for a profile. */
export function writeValueWish({ header, index, from, to }: ValueMapping): string {
  return `${tidyName(header) || `#${index + 1}`}:${from}=${to}`
}
