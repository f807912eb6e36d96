/** Words for currencies next to an amount, as patterns, with the codes that each may stand for. */
const WORDS: readonly [pattern: string, codes: string][] = [
  [String.raw`рублях|рублей|рубля|рубль|руб\.?|р\.|р`, 'RUB BYN'],
  [String.raw`тенге|тг\.?`, 'KZT'],
  [String.raw`гривна|гривен|грн\.?`, 'UAH'],
  ['сум', 'UZS'],
  ['сом', 'KGS'],
  [String.raw`лв\.?`, 'BGN'],
  ['บาท|baht', 'THB'],
  ['元', 'CNY TWD HKD SGD'],
  ['圆|人民币|rmb|yuan', 'CNY'],
  ['円|yen', 'JPY'],
  ['원', 'KRW'],
  ['euros?|евро|ยูโร|欧元', 'EUR'],
  ['dollars?', 'USD AUD BBD BND BSD BZD CAD FJD HKD JMD NAD NZD SGD TTD TWD XCD'],
  ['roubles?|rubles?|rubel', 'RUB BYN'],
  [String.raw`Rs\.?|rupees?`, 'INR LKR MUR NPR PKR SCR'],
  ['RM', 'MYR'],
  [String.raw`Rp\.?`, 'IDR'],
  [String.raw`S\/\.?`, 'PEN'],
  [String.raw`Fr\.?|SFr\.?|Franken`, 'CHF'],
  [String.raw`kr\.?`, 'DKK ISK NOK SEK'],
  ['Kč', 'CZK'],
  ['zł', 'PLN'],
  ['Ft', 'HUF'],
  ['lei', 'MDL RON'],
]

/** A currency's sign, with letters before it: `$`, `US$`, `฿`. */
export const SYMBOL = String.raw`(?:US|CA|AU|NZ|HK|SG|NT|MX|[CASR])?\p{Sc}`

/** Any word for a currency, as a pattern. */
export const WORD = WORDS.map(([pattern]) => pattern).join('|')

const OLD_CODES: Record<string, string> = { RUR: 'RUB', CNH: 'CNY', NIS: 'ILS' }

let codes: ReadonlySet<string> | undefined

/** Is it a currency code, from ISO 4217 or one that people still write? */
export function isCurrencyCode(text: string): boolean {
  codes ??= new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(OLD_CODES)])
  return codes.has(text.toUpperCase())
}

function symbolOf(code: string, currencyDisplay: 'symbol' | 'narrowSymbol'): string | undefined {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value
}

/**
 * Can the sign or word next to an amount mean this currency? `$` can be USD or CAD; `US$` and `dollars` are
 * not for EUR.
 * @param code of the currency, ISO 4217.
 */
export function standsFor(sign: string, code: string): boolean {
  const text = sign.trim()
  const upper = text.toUpperCase()
  if ((OLD_CODES[upper] ?? upper) === code) return true
  const narrow = symbolOf(code, 'narrowSymbol')
  if (text === narrow || upper === symbolOf(code, 'symbol')) return true
  const [, letters = ''] = /^([A-Z]{1,2})\p{Sc}$/u.exec(upper) ?? []
  if (letters !== '' && code.startsWith(letters)) {
    return narrow !== undefined && text.endsWith(narrow)
  }
  // The full-width yen sign is folded to the plain one, which the yuan has as well.
  return WORDS.some(
    ([pattern, of]) =>
      of.split(' ').includes(code) && new RegExp(`^(?:${pattern})$`, 'iu').test(text),
  )
}

/** Currencies that people write with a sign or a word of their own. */
const COMMON = (
  'AUD BGN BRL BYN CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KGS KRW KZT MDL MXN MYR NOK NZD ' +
  'PEN PHP PKR PLN RON RUB SEK SGD THB TRY TWD UAH USD UZS VND ZAR'
).split(' ')

/**
 * The currency that a sign, a word or a code next to an amount names for certain: `EUR`, `€`, `US$`, `zł`; null
 * where it may be several, such as `$` and `kr`.
 */
export function currencyNamed(sign: string): string | null {
  const upper = sign.trim().toUpperCase()
  if (/^[A-Z]{3}$/.test(upper) && isCurrencyCode(upper)) return OLD_CODES[upper] ?? upper
  const [only, other] = COMMON.filter((code) => standsFor(sign, code))
  return only !== undefined && other === undefined ? only : null
}

const ANY = new RegExp(`^(?:${SYMBOL}|${WORD})$`, 'iu')

/** Is it a sign, a word or a code of any currency? */
export function isCurrencyWord(text: string): boolean {
  return ANY.test(text) || isCurrencyCode(text)
}
