import { editDistance } from './duplicates/edit-distance.ts'
import { Fault } from './fault.ts'
import { nameKey } from './name.ts'

/** Codes that have a name but are not countries: unions, unknown, test codes, parts of countries. */
const NO_COUNTRY = new Set('CP CQ DG EA EU EZ IC QO UN XA XB ZZ'.split(' '))
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const NEAREST = 3

interface Country {
  code: string
  name: string
}

/** The countries of ISO 3166 in use, as this system knows them. */
function allCountries(): Country[] {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const name = names.of(code)
    const isOld = new Intl.Locale(`und-${code}`).region !== code
    return name === undefined || isOld || NO_COUNTRY.has(code) ? [] : [{ code, name }]
  })
}

/** The code that replaced one no longer in use: `UK` is GB. */
function renewed(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? new Intl.Locale(`und-${code}`).region : undefined
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'ru', 'zh', 'th']

/** Names that people write and the system does not know. */
const OTHER_NAMES = {
  US: 'USA, U.S.A., U.S., United States of America, America, 美利坚合众国',
  GB: 'Great Britain, England, Scotland, Wales, Großbritannien, Grande-Bretagne, Gran Bretaña, Великобритания',
  CN: 'PRC, VR China, 中华人民共和国',
  RU: 'Russian Federation, Российская Федерация, РФ',
  CZ: 'Czech Republic, Tschechische Republik',
  NL: 'Holland, The Netherlands',
  AE: 'UAE, VAE, ОАЭ',
  TH: 'ประเทศไทย',
}

let codes: ReadonlyMap<string, string> | undefined
const readBefore = new Map<string, string>()
const MOST_READ = 1000

/** Codes by the keys of the names that countries have in the languages of imported files. */
function codesByName(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const { code } of allCountries()) found.set(nameKey(names.of(code) ?? code), code)
  }
  for (const [code, names] of Object.entries(OTHER_NAMES)) {
    for (const name of names.split(', ')) found.set(nameKey(name), code)
  }
  return found
}

function codeOf(text: string): string | undefined {
  codes ??= codesByName()
  const code = renewed(text.toUpperCase())
  const isCountry = code !== undefined && [...codes.values()].includes(code)
  return isCountry ? code : codes.get(nameKey(text))
}

/** `DE` for `de`, `Germany`, `Deutschland` and `Allemagne`; what is not known as a country as it is. */
export function knownCountry(text: string): string {
  const before = readBefore.get(text)
  if (before !== undefined) return before
  const country = codeOf(text) ?? text
  if (readBefore.size < MOST_READ) readBefore.set(text, country)
  return country
}

function nearest(text: string, code: string, countries: readonly Country[]): Country[] {
  const now = countries.find((country) => country.code === renewed(code))
  if (now) return [now]
  const far =
    code.length <= 3
      ? (country: Country) => editDistance(code, country.code)
      : (country: Country) => editDistance(nameKey(text), nameKey(country.name))
  const sorted = countries.toSorted((a, b) => far(a) - far(b))
  const isName = sorted[0] !== undefined && code.length > 3 && far(sorted[0]) <= 1
  return sorted.slice(0, isName ? 1 : NEAREST)
}

/** @throws Fault `usage` with the nearest ones if the text is not an ISO 3166 country code. */
export function parseCountry(text: string): string {
  const code = text.trim().toUpperCase()
  const countries = allCountries()
  if (countries.some((country) => country.code === code)) return code
  const near = nearest(text, code, countries).map((country) => `${country.code} (${country.name})`)
  const hint = `give its ISO code; nearest: ${near.join(', ')}`
  throw new Fault('usage', `“${text}” is not a country`, hint)
}
