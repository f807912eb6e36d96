import { fold } from './fold.ts'

/** Stands after two letters that follow one another in a script without spaces. */
const PAIR = '\u{e000}'

const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const LETTER = SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')

// Scripts in which a word of two letters may stand anywhere in a line.
const UNSPACED = new RegExp(`[${LETTER}]`, 'u')
const RUNS = new RegExp(`[${LETTER}]{2,}`, 'gu')

/** Letters, digits and their marks: what words are made of. */
const WORD = '\\p{L}\\p{N}\\p{M}'

// The first two letters of a word that has no space before it: (ab, @ab, -ab.
const STARTS = new RegExp(`[^${WORD}\\s][${WORD}]{2}`, 'gu')

const IN_WORD = new RegExp(`^[${WORD}]*$`, 'u')

/** True if no character separates words. */
export function isInWord(text: string): boolean {
  return IN_WORD.test(text)
}

function pairs(text: string): string[] {
  return [...text.matchAll(RUNS)].flatMap(([run]) => {
    const letters = Array.from(run)
    return letters.slice(1).map((letter, index) => `${letters[index]}${letter}${PAIR}`)
  })
}

/**
 * Text as it goes into an index of trigrams (each three letters that follow one another). It is
 * folded, and starts with a space, so that the first two letters of every word are a trigram; those
 * of words after a bracket or dash are added at the end, and so are all pairs of letters in scripts
 * without spaces.
 */
export function indexText(text: string): string {
  const folded = ` ${fold(text).replaceAll(/\s+/g, ' ')}`
  const more = new Set(
    folded.match(STARTS)?.map((start) => ` ${Array.from(start).slice(1).join('')}`),
  )
  if (UNSPACED.test(folded)) for (const pair of pairs(folded)) more.add(pair)
  return more.size === 0 ? folded : folded + [...more].join('')
}

/** The words of a search, folded. */
export function searchWords(text: string): string[] {
  return [...new Set(fold(text).split(/\s+/))].filter((word) => word !== '')
}

/** True for a short word that is searched only at the start of words: `eu`, not `neu`. */
export function isShort(word: string): boolean {
  const letters = Array.from(word)
  return letters.length < 3 && !letters.every((letter) => UNSPACED.test(letter))
}

/**
 * Trigrams that a text with this (folded) word has, enough to cover each of its letters; none for a
 * single letter, or for two of which one is not part of a word. `gramsOf('harbour')` is `har`, `bou`, `our`.
 */
export function trigramsOf(word: string): string[] {
  const letters = Array.from(word)
  if (letters.length < 2) return []
  if (isShort(word)) return isInWord(word) ? [` ${word}`] : []
  if (letters.length === 2) return [word + PAIR]
  const last = letters.length - 3
  const starts = letters
    .map((_, at) => at)
    .filter((at) => at === last || (at < last && at % 3 === 0))
  return starts.map((at) => letters.slice(at, at + 3).join(''))
}
