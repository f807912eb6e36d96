import { isCurrencyCode, isCurrencyWord, standsFor } from '../../domain/currency-signs.ts'
import { plainText } from '../../domain/plain-text.ts'

const LANGUAGES = ['en', 'ru', 'th', 'de', 'fr', 'es', 'zh']

function isNameOf(text: string, code: string): boolean {
  return LANGUAGES.some((language) => {
    const name = new Intl.DisplayNames(language, { type: 'currency' }).of(code) ?? code
    return name.toLowerCase() === text.toLowerCase()
  })
}

/** One word or sign: is it the currency, another one, or (null) not a known one? */
function wordIs(word: string, code: string): boolean | null {
  if (standsFor(word, code)) return true
  return isCurrencyWord(word) ? false : null
}

const answers = new Map<string, boolean | null>()

/**
 * Does a text name the currency of a code (`EUR`, `€`, `Euro`, `EUR - Euro`; `$` names every dollar)?
 * Null if it names none that is known.
 */
export function namesCurrency(text: string, code: string): boolean | null {
  const key = `${code} ${text}`
  const ready = answers.get(key)
  if (ready !== undefined) return ready
  const plain = plainText(text.normalize('NFKC'))
  const words = plain.split(/[^\p{L}\p{M}\p{Sc}/]+/u).filter(Boolean)
  const said = new Set(words.map((word) => wordIs(word, code)))
  const answer = said.has(true) || isNameOf(plain, code) ? true : said.has(false) ? false : null
  if (answers.size < 1000) answers.set(key, answer)
  return answer
}

const NOT_A_SIGN = /[^\p{L}\p{M}\p{Sc}/]+/gu

/** The sign next to an amount's digits where it is another currency's; null if it may be the book's. */
export function foreignSign(text: string, code: string): string | null {
  if (!/[\p{L}\p{Sc}]/u.test(text)) return null
  const sign = plainText(text.normalize('NFKC')).replaceAll(NOT_A_SIGN, '')
  // 1.2E+5
  if (sign === '' || /^e$/i.test(sign)) return null
  return namesCurrency(sign, code) === false ? sign : null
}

const BRACKETED = /[([]\s*(?:in\s+)?([A-Z]{3}|[A-Z]{0,2}\p{Sc}|руб\.?|бат|บาท|元)\s*[)\]]\s*$/u
const LAST_WORD = /(?:^|[\s_,/-])(EUR|USD|GBP|CHF|THB|RUB|CNY|\p{Sc}|руб\.?|บาท|元)\s*$/u

const FIRST_SIGN = /^\s*([A-Z]{0,2}\p{Sc})/u

/** The currency that a header gives its column, `USD` of `Amount (USD)`; null for none. */
export function headerCurrency(header: string): string | null {
  const found = BRACKETED.exec(header) ?? LAST_WORD.exec(header) ?? FIRST_SIGN.exec(header)
  return found?.[1] ?? null
}

/** Codes that are words or names as well. */
const WORDS = new Set([
  'ALL',
  'ANG',
  'BAM',
  'BOB',
  'COP',
  'CUP',
  'GEL',
  'MAD',
  'MOP',
  'PEN',
  'RON',
  'TOP',
  'TRY',
])

/** Is it the code of a currency (`USD`), and surely not another word? */
export function isSurelyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text) && isCurrencyCode(text) && !WORDS.has(text)
}

/** Does a header name a currency, so that sums stand below it? `Deal (EUR)`, `Auftrag €`. */
export function isAboutMoney(header: string): boolean {
  const currency = headerCurrency(header)
  if (currency === null) return /\p{Sc}/u.test(header)
  return isSurelyCode(currency) || !/^[A-Z]{3}$/.test(currency)
}
