import { hash } from './hash.ts'
import { hasDigit } from './name-words.ts'

/** Words shorter than this have no misspellings. */
const SHORTEST_MISSPELT = 4

/** A key shared by names with the same words in any order: the sum of the words' hashes. */
export function exactKey(words: readonly string[]): number {
  return words.reduce((sum, word) => (sum + hash(word)) >>> 0, 0)
}

/**
 * Keys of a name. Two names have at least one in common if they differ by one letter (missing, added,
 * changed, or swapped with its neighbour), by spaces, or by one word: the name itself, without its spaces,
 * and with one letter or one word left out (the deletion neighbourhood of symmetric-delete search). Other
 * names may share a key by chance, and a key may occur twice.
 */
export function nearKeys(words: readonly string[]): number[] {
  const whole = exactKey(words)
  const keys = [whole, hash(words.join(''))]
  for (const word of words) {
    const others = (whole - hash(word)) >>> 0
    if (words.length > 1) keys.push(others)
    if (word.length < SHORTEST_MISSPELT || hasDigit(word)) continue
    for (let index = 0; index < word.length; index += 1) {
      keys.push((others + hash(word, index)) >>> 0)
    }
  }
  return keys
}
