import { plainText, quoted } from '../../domain/plain-text.ts'

/** Signs and words that stand for currencies, and which. */
const WORDS: readonly (readonly [words: string, codes: string])[] = [
  ['рубль рубля рублей рублях руб р rouble roubles ruble rubles rubel', 'RUB BYN'],
  ['тенге тг', 'KZT'],
  ['грн гривна гривен', 'UAH'],
  ['сум', 'UZS'],
  ['сом', 'KGS'],
  ['лв', 'BGN'],
  ['บาท baht', 'THB'],
  ['元 圆', 'CNY TWD HKD SGD'],
  ['人民币 rmb cnh yuan', 'CNY'],
  ['円 yen', 'JPY'],
  ['원', 'KRW'],
  ['euro euros евро ยูโร 欧元', 'EUR'],
  ['rur', 'RUB'],
  ['nis', 'ILS'],
  ['rs ₨ rupee rupees', 'INR PKR LKR NPR MUR SCR'],
  ['rm', 'MYR'],
  ['rp', 'IDR'],
  ['s/', 'PEN'],
  ['fr sfr franken', 'CHF'],
  ['kr', 'SEK NOK DKK ISK'],
  ['kč', 'CZK'],
  ['zł', 'PLN'],
  ['ft', 'HUF'],
  ['lei', 'RON MDL'],
  ['us$', 'USD'],
  ['ca$', 'CAD'],
  ['c$', 'CAD NIO'],
  ['au$ a$', 'AUD'],
  ['nz$', 'NZD'],
  ['hk$', 'HKD'],
  ['sg$ s$', 'SGD'],
  ['nt$', 'TWD'],
  ['mx$', 'MXN'],
  ['r$', 'BRL'],
]

const LANGUAGES = ['en', 'ru', 'th', 'de', 'fr', 'es', 'zh']

let known: Map<string, readonly string[]> | undefined
let codes: ReadonlySet<string> | undefined

function codesOfWord(word: string): readonly string[] | undefined {
  known ??= new Map(
    WORDS.flatMap(([words, of]) => words.split(' ').map((one) => [one, of.split(' ')] as const)),
  )
  return known.get(word)
}

function isCode(word: string): boolean {
  codes ??= new Set(Intl.supportedValuesOf('currency'))
  return codes.has(word)
}

/** The sign that stands for a currency alone: `$` for every dollar, `¥` for yen and yuan. */
function narrowSign(code: string): string {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'narrowSymbol',
  })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? code
}

function isNameOf(text: string, code: string): boolean {
  return LANGUAGES.some((language) => {
    const name = new Intl.DisplayNames(language, { type: 'currency' }).of(code) ?? code
    return name.toLowerCase() === text.toLowerCase()
  })
}

/** One word or sign: is it the currency, another one, or (null) none that is known? */
function wordIs(word: string, code: string): boolean | null {
  const lower = word.toLowerCase()
  const meant = codesOfWord(lower)
  if (meant) return meant.includes(code)
  if (isCode(word.toUpperCase())) return word.toUpperCase() === code
  if (/^dollars?$/.test(lower)) return narrowSign(code) === '$'
  return /^\p{Sc}$/u.test(word) ? narrowSign(code) === word : null
}

const answers = new Map<string, boolean | null>()

/**
 * Does a text name the currency of a code (`EUR`, `€`, `Euro`, `EUR - Euro`; `$` names every dollar)?
 * Null where it names none that is known.
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

/** Why an amount is not in the book's currency, by the sign beside its digits; null where it may be. */
export function foreignAmount(text: string, code: string): string | null {
  if (!/[\p{L}\p{Sc}]/u.test(text)) return null
  const sign = plainText(text.normalize('NFKC')).replaceAll(NOT_A_SIGN, '')
  // 1.2E+5
  if (sign === '' || /^e$/i.test(sign)) return null
  return namesCurrency(sign, code) === false ? `${quoted(text)} is not in ${code}` : null
}

const BRACKETED = /[([]\s*([A-Z]{3}|[A-Z]{0,2}\p{Sc}|руб\.?|бат|บาท|元)\s*[)\]]\s*$/u
const LAST_WORD = /(?:^|[\s_,/-])(EUR|USD|GBP|CHF|THB|RUB|CNY|\p{Sc}|руб\.?|บาท|元)\s*$/u

/** The currency that a header gives its column, `USD` of `Amount (USD)`; null for none. */
export function headerCurrency(header: string): string | null {
  return (BRACKETED.exec(header) ?? LAST_WORD.exec(header))?.[1] ?? null
}
