/** How wide a text is, in points. */
export type Measure = (text: string) => number

const THAI = /\p{Script=Thai}/u

const thaiWords = new Intl.Segmenter('th', { granularity: 'word' })
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Where a word may be broken: after the hyphens and slashes of words, and at marks for it. */
const AFTER_LETTERS = /(?<=\p{L}[-/‐–—])(?=[\p{L}\p{N}])|\u200B/u
/** Numbers stay together, unless they are wider than a line. */
const AFTER_ANY = /(?<=[\p{L}\p{N}][-/‐–—])(?=[\p{L}\p{N}])|\u200B/u

/** A word in the pieces between which a line may end; Thai has no blanks between its words. */
function parts(word: string, isWide: boolean): string[] {
  return word
    .split(isWide ? AFTER_ANY : AFTER_LETTERS)
    .flatMap((part) =>
      THAI.test(part) ? Array.from(thaiWords.segment(part), ({ segment }) => segment) : [part],
    )
    .filter((part) => part !== '')
}

/** Letters that Thai never begins a line with: signs that belong to the word before them. */
const BOUND = /^[\p{M}\u0E2F\u0E46.,:;!?)\]}%»”’]/u

/** What the lines of a text are made of: pieces of words, with the blanks after them. */
function pieces(line: string, width: number, measure: Measure): string[] {
  const made: string[] = []
  for (const [word] of line.matchAll(/[^ \n]+ *|^ +/g)) {
    const bare = word.trimEnd()
    for (const part of parts(bare, isWider(bare, width, measure))) {
      const last = made.at(-1)
      if (last !== undefined && BOUND.test(part) && !last.endsWith(' ')) {
        made[made.length - 1] = last + part
      } else made.push(part)
    }
    if (made.length > 0) made[made.length - 1] += word.slice(bare.length)
  }
  return made
}

/** Hardly any line has so many letters: longer texts are measured by their beginning. */
const PREFIX = 1000

/** Is a text wider than a line? */
function isWider(text: string, width: number, measure: Measure): boolean {
  if (text.length > PREFIX && measure(text.slice(0, PREFIX)) > width) return true
  return measure(text) > width
}

/** The start of a text that fits a width, by whole letters with their marks; at least one of them. */
function fitting(text: string, width: number, measure: Measure): string {
  const start = isWider(text.slice(0, PREFIX), width, measure) ? text.slice(0, PREFIX) : text
  const signs = Array.from(graphemes.segment(start), ({ segment }) => segment)
  let low = 1
  let high = signs.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (measure(signs.slice(0, middle).join('')) <= width) low = middle
    else high = middle - 1
  }
  return signs.slice(0, low).join('')
}

/**
 * Breaks a text into lines that fit a width: at blanks, after hyphens, between words of Thai, and inside a word only
 * if that is wider than a line. Its own line breaks stay.
 */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = []
    let current = ''
    for (const piece of pieces(line, width, measure)) {
      if (!isWider((current + piece).trimEnd(), width, measure)) {
        current += piece
        continue
      }
      if (current !== '') lines.push(current.trimEnd())
      current = piece
      while (isWider(current.trimEnd(), width, measure)) {
        const start = fitting(current, width, measure)
        if (start.length >= current.trimEnd().length) break
        lines.push(start)
        current = current.slice(start.length)
      }
    }
    return [...lines, current.trimEnd()]
  })
}
