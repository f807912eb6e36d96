import { fold } from '../fold.ts'
import { nameKey } from '../name.ts'
import { GERMAN_FORMS, IDLE_WORDS, LEGAL_PHRASES } from './legal-forms.ts'

const ASCII = /^[\u0020-\u007e]*$/

function withoutMarks(key: string): string {
  return ASCII.test(key) ? key : fold(key.replaceAll(LEGAL_PHRASES, ' '))
}

/**
 * The words of a name that tell it from others: lower case, without accents, punctuation and the
 * firm's legal form. `Müller & Söhne GmbH` is `muller`, `sohne`; `S.A.R.L. Dupont` is `dupont`.
 * A name of nothing but such words keeps them all.
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

/** Numbers tell names apart that are alike otherwise: `shop 12` is not `shop 13`. */
export function hasDigit(word: string): boolean {
  return /\p{N}/u.test(word)
}
