import { fold } from './fold.ts'
import { isInWord, isShort } from './trigrams.ts'

/** A stretch of a text: its start, and its end, which is exclusive. */
export interface Span {
  from: number
  to: number
}

/** A text folded letter by letter, with the position that each folded letter came from. */
interface Folded {
  text: string
  places: number[]
}

function foldLetters(text: string): Folded {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const letter of text) {
    const part = fold(letter)
    folded += part
    for (let index = 0; index < part.length; index += 1) places.push(at)
    at += letter.length
  }
  return { text: folded, places }
}

// A space stands for either end of the text.
function characterAt(text: string, at: number): string {
  return Array.from(text.slice(at, at + 2)).at(0) ?? ' '
}

function characterBefore(text: string, at: number): string {
  return Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? ' '
}

function startsWord(text: string, at: number): boolean {
  return !isInWord(characterBefore(text, at))
}

/** Every position of a folded word in a folded text; short words only at the start of a word. */
function* placesOf(text: string, word: string): Generator<number> {
  const short = isShort(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!short || startsWord(text, at)) yield at
  }
}

/**
 * How well a word matches a folded text: 0 a whole word, 1 the start of one, 2 inside one; null not at all.
 */
export function fitOf(text: string, word: string): 0 | 1 | 2 | null {
  let best: 0 | 1 | 2 | null = null
  for (const at of placesOf(text, word)) {
    const starts = startsWord(text, at)
    const ends = !isInWord(characterAt(text, at + word.length))
    if (starts && ends) return 0
    best = starts ? 1 : (best ?? 2)
  }
  return best
}

/** Where folded words occur in the original text, in order, without overlaps. */
export function occurrences(text: string, words: readonly string[]): Span[] {
  const { text: folded, places } = foldLetters(text)
  const spans = words
    .flatMap((word) => [...placesOf(folded, word)].map((at) => ({ at, end: at + word.length })))
    .toSorted((a, b) => a.at - b.at)
  const found: Span[] = []
  for (const { at, end } of spans) {
    const from = places[at] ?? 0
    // A letter may have been folded into two, and only the first belongs to the word.
    let last = end
    while (places[last] === places[end - 1]) last += 1
    const to = places[last] ?? text.length
    const before = found.at(-1)
    if (before && from < before.to) before.to = Math.max(before.to, to)
    else found.push({ from, to })
  }
  return found
}

const BEFORE = 24
const LENGTH = 110

/** A text is searched in pieces of this many characters, each overlapping its neighbours. */
const PIECE = 10_000
const AROUND = 500

/** The piece of a text where some folded words first occur; all of a short text. */
function pieceWith(text: string, words: readonly string[]): { piece: string; from: number } {
  for (let from = 0; from < text.length; from += PIECE) {
    const piece = text.slice(Math.max(0, from - AROUND), from + PIECE + AROUND)
    const folded = fold(piece)
    if (words.some((word) => !placesOf(folded, word).next().done)) {
      return { piece, from: Math.max(0, from - AROUND) }
    }
  }
  return { piece: text.slice(0, PIECE), from: 0 }
}

/** The part of a text around the first of some folded words, with `…` where it was cut. */
export function snippet(text: string, words: readonly string[]): string {
  const { piece, from: cut } = pieceWith(text, words)
  const line = piece.replaceAll(/\s+/g, ' ').trim()
  const letters = Array.from(line)
  if (letters.length <= LENGTH && piece.length === text.length) return line
  const first = occurrences(line, words)[0]?.from ?? 0
  const at = Array.from(line.slice(0, first)).length
  let from = Math.max(0, Math.min(at - BEFORE, letters.length - LENGTH))
  // Start with a whole word, if one starts before the match.
  const gap = letters.slice(from, at).indexOf(' ')
  if (from > 0 && gap >= 0) from += gap + 1
  const to = from + LENGTH
  const end = to < letters.length || cut + piece.length < text.length ? '…' : ''
  return `${from > 0 || cut > 0 ? '…' : ''}${letters.slice(from, to).join('').trim()}${end}`
}
