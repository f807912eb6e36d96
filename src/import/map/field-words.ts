import { closest, distance } from 'fastest-levenshtein'
import { Fault } from '../../domain/fault.ts'
import { fieldsOf, findField, type ImportKind } from './fields.ts'
import { headerKey } from './header.ts'
import { namesChance } from '../values/chance-words.ts'
import { speller } from './spelling.ts'
import { dictionaryOf, type Meaning, meaningsOf, WEAK } from './synonyms/index.ts'

/** In a word this long, one letter in three may be wrong for a hint, but not for a reading. */
const LETTERS_AN_ERROR = 3

/** The best of the meanings; a word that gives way to others counts only if there is no better one. */
function strongest(meanings: readonly Meaning[]): Meaning[] {
  const strong = meanings.filter(({ rank }) => rank < WEAK)
  return strong.length > 0 ? strong : [...meanings]
}

/** A day that is only called a date may be any day there is. */
function withEveryDay(kind: ImportKind, fields: readonly string[], isWeak: boolean): string[] {
  const isDay = fields.some((field) => findField(kind, field)?.type === 'date')
  if (!isWeak || !isDay) return [...fields]
  const days = fieldsOf(kind).filter(({ type }) => type === 'date')
  return [...new Set([...fields, ...days.map(({ name }) => name)])]
}

/** The fields that a word may mean, by its synonyms, else by its spelling. */
function candidates(kind: ImportKind, word: string): string[] {
  const key = headerKey(word)
  const own = fieldsOf(kind).find(({ name }) => headerKey(name) === key)
  if (own) return [own.name]
  if (namesChance(word) && findField(kind, 'chance')) return ['chance']
  const dictionary = dictionaryOf(kind)
  const meant = strongest(meaningsOf(key, dictionary))
  if (meant.length > 0) {
    const isWeak = meant.every(({ rank }) => rank >= WEAK)
    return withEveryDay(
      kind,
      meant.map(({ field }) => field),
      isWeak,
    )
  }
  return speller(dictionary)(key)
    .slice(0, 1)
    .map(({ field }) => field)
}

/** The nearest of some words, if it is near enough to be meant; null if none is. */
export function nearest(word: string, known: readonly string[]): string | null {
  const key = headerKey(word)
  const keys = known.map(headerKey)
  if (key === '' || known.length === 0) return null
  const near = closest(key, keys)
  const allowed = Math.max(1, Math.floor(key.length / LETTERS_AN_ERROR))
  return distance(key, near) <= allowed ? (known[keys.indexOf(near)] ?? null) : null
}

/**
 * The field that a person means by a word: its name, a synonym in any language that headers are
 * read in (`notes`, `Betrag`), or one of these misspelt.
 * @param others what else a column may be, for the error.
 * @throws Fault `usage` if the word means no field, or several.
 */
export function fieldNamed(kind: ImportKind, text: string, others: readonly string[] = []): string {
  const word = text.trim()
  const name = word.toLowerCase()
  if (findField(kind, name)) return name
  const found = candidates(kind, word)
  const [only] = found
  if (found.length === 1 && only !== undefined) return only
  if (found.length > 1) {
    throw new Fault(
      'usage',
      `“${word}” could be any of several fields: ${found.join(', ')}`,
      'write the one you mean',
    )
  }
  const names = fieldsOf(kind).map((field) => field.name)
  const near = nearest(word, names)
  const which = near === null ? '' : `did you mean ${near}? Otherwise `
  throw new Fault(
    'usage',
    `there is no field “${word}”`,
    `${which}use one of: ${[...names, ...others].join(', ')}`,
  )
}

/** How words that are not the name of a field were understood, for the person who wrote them. */
export function understood(kind: ImportKind, words: readonly string[]): string[] {
  return words.flatMap((text) => {
    const word = text.trim()
    if (findField(kind, word.toLowerCase())) return []
    const [field, another] = candidates(kind, word)
    const isMeant = field !== undefined && another === undefined
    return isMeant ? [`“${word}” was read as the field ${field}`] : []
  })
}
