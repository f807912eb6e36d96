import { fold } from '../fold.ts'
import { nameKey } from '../name.ts'
import { GERMAN_FORMS, IDLE_WORDS, LEGAL_PHRASES } from './legal-forms.ts'

const ASCII = /^[\u0020-\u007e]*$/

function withoutMarks(key: string): string {
  return ASCII.test(key) ? key : fold(key.replaceAll(LEGAL_PHRASES, ' '))
}

/**
 * The distinctive words of a name: lower case, without accents, punctuation and legal form.
 * `Müller & Söhne GmbH` is `muller`, `sohne`; `S.A.R.L. Dupont` is `dupont`. A name made up only of legal
 * forms keeps them all.
 */
export function nameWords(name: string): string[] {
  const words = withoutMarks(nameKey(name))
    .replaceAll(/['’ʼ`]/g, '')
    .replaceAll(/\ba\/s\b/g, 'as')
    .replaceAll(GERMAN_FORMS, ' ')
    .replaceAll(/(?<!\p{L})(?:\p{L}\. ?)+(?:\p{L}(?!\p{L}))?/gu, (letters) =>
      letters.length > 2 ? ` ${letters.replaceAll(/[. ]/g, '')} ` : letters,
    )
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !IDLE_WORDS.has(word))
  return telling.length > 0 ? telling : words
}

/** Numbers distinguish names that are otherwise alike: `shop 12` is not `shop 13`. */
export function hasDigit(word: string): boolean {
  return /\p{N}/u.test(word)
}
