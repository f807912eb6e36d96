import { nameKey } from '../name.ts'
import { counted } from '../text.ts'
import { editDistance } from './edit-distance.ts'
import { hasDigit, nameWords } from './name-words.ts'

/** How alike two names are, 0…1, and what that rests on. */
export interface NameLikeness {
  likeness: number
  why: string
}

/** How many letters a misspelt name may be off. */
const MOST_LETTERS = 2
/** Shorter words that differ by a letter are different words. */
const SHORTEST_MISSPELT = 4

const DIFFERENT: NameLikeness = { likeness: 0, why: 'names differ' }

/** The words in each that the other lacks. */
function remainders(a: string[], b: string[]): [string[], string[]] {
  const rest = [...b]
  const own = a.filter((word) => {
    const index = rest.indexOf(word)
    if (index >= 0) rest.splice(index, 1)
    return index < 0
  })
  return [own, rest]
}

function letters(words: string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0)
}

function sorted(words: string[]): string {
  return words.toSorted().join(' ')
}

/** How alike two names are when each has words that the other lacks. */
function misspelt(length: number, own: string[], others: string[]): NameLikeness {
  const [one, other] = [sorted(own), sorted(others)]
  if (Math.min(one.length, other.length) < SHORTEST_MISSPELT) return DIFFERENT
  if (Math.abs(one.length - other.length) > MOST_LETTERS) return DIFFERENT
  const off = editDistance(one, other)
  if (off > MOST_LETTERS) return DIFFERENT
  const likeness = 0.8 * Math.max(0, 1 - (4 * off) / length)
  return { likeness, why: `names differ by ${counted(off, 'letter')}` }
}

/**
 * Compares two names. Legal forms, accents and punctuation do not count.
 * - The same name: 0.85; apart from legal form or punctuation: 0.8; apart from the order of words or spaces:
 *   0.75.
 * - *d* letters off (at most 2) of *n* in the longer: 0.8 × (1 − 4d/n); `harbour foods` and `habour foods` 0.53.
 * - One name part of the other: 0.6 × letters of the shorter / letters of the longer.
 * - Otherwise, or if their numbers differ: 0.
 */
export function compareNames(a: string, b: string): NameLikeness {
  if (nameKey(a) === nameKey(b)) return { likeness: 0.85, why: 'same name' }
  const [wordsA, wordsB] = [nameWords(a), nameWords(b)]
  const [own, others] = remainders(wordsA, wordsB)
  if (own.length === 0 && others.length === 0) {
    return wordsA.join(' ') === wordsB.join(' ')
      ? { likeness: 0.8, why: 'same name but for legal form or punctuation' }
      : { likeness: 0.75, why: 'same words in another order' }
  }
  if (wordsA.join('') === wordsB.join('')) {
    return { likeness: 0.75, why: 'same name but for spaces' }
  }
  if (own.some(hasDigit) && others.some(hasDigit)) {
    return { likeness: 0, why: 'names differ in a number' }
  }
  if (own.length > 0 && others.length > 0) {
    return misspelt(Math.max(letters(wordsA), letters(wordsB)), own, others)
  }
  const [shorter, longer] = own.length === 0 ? [wordsA, wordsB] : [wordsB, wordsA]
  if (letters(shorter) < SHORTEST_MISSPELT) return DIFFERENT
  const likeness = (0.6 * letters(shorter)) / letters(longer)
  return { likeness, why: 'one name is part of the other' }
}
