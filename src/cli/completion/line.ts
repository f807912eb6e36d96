/** How a word is quoted at the cursor: not at all, or inside open quotes. */
export type Quote = '' | '"' | "'"

/** A command line up to the cursor, as a shell would read it. */
export interface Line {
  /** The finished words, without their quotes. */
  words: string[]
  /** The word at the cursor, without its quotes; empty after a space. */
  current: string
  quote: Quote
  /** How much of `current` bash keeps: it replaces what follows an open quote or a `:`, `=` or `@`. */
  kept: number
}

/** Unless quoted, these make bash start a new word to complete. */
const BREAKS = ':=@'

/**
 * Reads a command line of a POSIX shell up to the cursor. Nothing in it is expanded or run. After
 * `;`, `|` or `&` a new command begins.
 */
export function readLine(text: string): Line {
  let words: string[] = []
  let current = ''
  let quote: Quote = ''
  let kept = 0
  let within = false
  const end = (): void => {
    if (within) words.push(current)
    current = ''
    kept = 0
    within = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    const next = text.charAt(at + 1)
    if (quote === "'") {
      if (letter === "'") quote = ''
      else current += letter
    } else if (letter === '\\' && (quote === '' || '"\\$`'.includes(next))) {
      current += next
      within = true
      at += 1
    } else if (quote === '"') {
      if (letter === '"') quote = ''
      else current += letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      kept = current.length
      within = true
    } else if (/\s/.test(letter)) {
      end()
    } else if (/[;|&]/.test(letter)) {
      end()
      words = []
    } else {
      current += letter
      within = true
      if (BREAKS.includes(letter)) kept = current.length
    }
  }
  return { words, current, quote, kept }
}

/** Text as it is written in bash at a place quoted this way; null if it cannot be. */
export function quoteForBash(text: string, quote: Quote): string | null {
  if (quote === "'") return text.replaceAll("'", String.raw`'\''`)
  // Inside double quotes nothing stops an interactive bash from reading ! as its history.
  if (quote === '"') return text.includes('!') ? null : text.replaceAll(/["\\$`]/g, String.raw`\$&`)
  return text.replaceAll(/[^\p{L}\p{M}\p{N}%+,./_-]/gu, String.raw`\$&`)
}
