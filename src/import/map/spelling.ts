import { distance } from 'fastest-levenshtein'
import type { Dictionary, Meaning } from './synonyms/index.ts'

const SHORTEST = 5
const LONGEST = 60

interface Word {
  key: string
  /** Which letters it has, one bit each; a wrong letter changes at most two bits. */
  letters: number
  meanings: readonly Meaning[]
}

function lettersOf(key: string): number {
  let bits = 0
  for (let at = 0; at < key.length; at += 1) bits |= 1 << (key.charCodeAt(at) & 31)
  return bits
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** True if two neighbouring letters changed places, the commonest slip of all. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let at = 0
  while (a[at] === b[at]) at += 1
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}

function countLetters(key: string): number {
  return key.replaceAll(' ', '').length
}

function errorsAllowed(key: string): number {
  return Math.floor(countLetters(key) / SHORTEST)
}

/**
 * How many errors apart two keys are; null if a word has more than its length allows
 * (`client since` is not `client size`), or if the words differ in more than where they part.
 */
function errorsBetween(a: string, b: string): number | null {
  const words = a.split(' ')
  const others = b.split(' ')
  if (words.length !== others.length) return words.join('') === others.join('') ? 1 : null
  let sum = 0
  for (const [place, word] of words.entries()) {
    const other = others[place] ?? ''
    if (word === other) continue
    const errors = isSwap(word, other) ? 1 : distance(word, other)
    if (errors > Math.min(errorsAllowed(word), errorsAllowed(other))) return null
    sum += errors
  }
  return sum
}

/**
 * Looks up misspelt headers: one wrong letter for each five of a word, two neighbours that
 * changed places counting as one, and the first letter right. A word of fewer than five letters is
 * never taken for another, nor is a header equally near to those of two fields.
 */
export function speller({ meanings }: Dictionary): (key: string) => readonly Meaning[] {
  const bins = new Map<string, Word[]>()
  for (const [key, fields] of meanings) {
    if (countLetters(key) < SHORTEST) continue
    const bin = `${key.charAt(0)}${key.length}`
    const words = bins.get(bin) ?? []
    words.push({ key, letters: lettersOf(key), meanings: fields })
    bins.set(bin, words)
  }
  return (key) => {
    if (key.length > LONGEST) return []
    const errors = errorsAllowed(key)
    if (errors === 0) return []
    const letters = lettersOf(key)
    let best = errors
    let found: Word[] = []
    for (let length = key.length - errors; length <= key.length + errors; length += 1) {
      for (const word of bins.get(`${key.charAt(0)}${length}`) ?? []) {
        if (countBits(letters ^ word.letters) > 2 * best) continue
        const away = errorsBetween(key, word.key)
        if (away === null || away > best) continue
        found = away < best ? [word] : [...found, word]
        best = away
      }
    }
    const [first] = found
    if (!first) return []
    const sure = found.every((word) => word.meanings[0]?.field === first.meanings[0]?.field)
    return sure ? first.meanings.map(({ field }) => ({ field, rank: best })) : []
  }
}
