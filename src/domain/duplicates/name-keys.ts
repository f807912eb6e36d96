import { hash } from './hash.ts'
import { hasDigit } from './name-words.ts'

/** Words shorter than this have no misspellings. */
const SHORTEST_MISSPELT = 4

/** A key that names share whose words are the same, in any order: the words' hashes added up. */
export function exactKey(words: readonly string[]): number {
  return words.reduce((sum, word) => (sum + hash(word)) >>> 0, 0)
}

/**
 * Keys of which two names have one in common where they are a letter off (left out, put in,
 * changed, or swapped with its neighbour), written together or apart, or one word longer: the
 * name itself, without its spaces, and with one letter or one word left out (the deletion
 * neighbourhood of symmetric-delete search). Other names may share a key by chance; a key may
 * come twice.
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
