import { fold } from './fold.ts'

/** Writing without spaces between words: a name there begins and ends anywhere. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const IN_WORD = String.raw`[\p{L}\p{N}\p{M}]`

/** Shorter names are common words in other spellings: “Al” is a name, “al” is not. */
const SHORT = 4
/** Fewer digits occur in any number by chance. */
const FEWEST_DIGITS = 7

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`)
}

/** Matches a name as a whole word, and not as part of another. */
function nameSource(name: string): string {
  const before = UNSPACED.test(name.slice(0, 1)) ? '' : `(?<!${IN_WORD})(?<!${IN_WORD}[-'’])`
  const after = UNSPACED.test(name.slice(-1)) ? '' : `(?!${IN_WORD}|-${IN_WORD})`
  return `${before}${escaped(name).replaceAll(/\s+/gu, String.raw`\s+`)}${after}`
}

function mailSource(mail: string): string {
  return String.raw`(?<![\p{L}\p{N}._%+-])${escaped(mail)}(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])`
}

/** Digits with the separators people put between them. */
function phoneSource(text: string): string | null {
  const digits = text.replaceAll(/\D/gu, '')
  if (digits.length < FEWEST_DIGITS || /\p{L}/u.test(text)) return null
  const between = String.raw`[\s().\/-]{0,3}`
  return String.raw`(?<!\d)${Array.from(digits).join(between)}(?!\d)`
}

function sourceOf(text: string): string {
  return text.includes('@') ? mailSource(text) : (phoneSource(text) ?? nameSource(text))
}

/**
 * Does a text name somebody, that is, contain one of the names, addresses or phone numbers as a whole,
 * ignoring case and accents? `mentions(['Al'])` is true of “ask Al first” and “AL’S”, and false of “Alpine”
 * and “al dente”: a name of up to three letters counts only as it is spelt, or in capitals.
 */
export function mentions(known: readonly string[]): (text: string) => boolean {
  const all = [...new Set(known.map((text) => text.trim()))].filter((text) => text !== '')
  const long = all.filter((text) => text.length >= SHORT).map((text) => sourceOf(fold(text)))
  const short = all.flatMap((text) =>
    text.length < SHORT
      ? [text, text.toUpperCase()].map((one) => nameSource(one.normalize('NFC')))
      : [],
  )
  const pattern = (sources: string[]): RegExp | null =>
    sources.length === 0 ? null : new RegExp(sources.join('|'), 'u')
  const [folded, spelt] = [pattern(long), pattern(short)]
  return (text) =>
    (folded?.test(fold(text)) ?? false) || (spelt?.test(text.normalize('NFC')) ?? false)
}
