// Letters whose mark no decomposition removes.
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')
const PLAIN = /^[\u0000-\u007f]*$/

/**
 * Folds a text for searching: compatibility forms, case, and the diacritics of Latin, Greek and Cyrillic
 * letters. `fold('Zürcher ЁЛКА')` is `zurcher елка`. Marks in other scripts are letters, and stay.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(SPECIAL, (letter) => LETTERS[letter] ?? letter)
}
