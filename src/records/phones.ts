import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from 'libphonenumber-js/min'
import { type ContactPoint, parseContactPoint } from '../domain/contact-point.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'
import { plainText, quoted } from '../domain/plain-text.ts'

const EXTENSION =
  /[\s,;]*(?:доб(?:авочный)?\.?|вн(?:утр)?\.?|ต่อ|分机|转|Durchwahl|DW|poste)[\s:.]*(\d{1,7})$/iu
const ROUNDED = /^\+?\d(?:[.,]\d+)?E\+?\d{1,2}$/i
// What stands around a number: a sheet's mark of text, a word, the decimal of a number column.
const AROUND = /^'|^(?:tel|phone|mob|mobile|тел|моб|โทร)[.:\s]+|(?<=\d{5})\.0$/giu
const LEADING_ZEROS = /^0 ?0(?=[ -]?[1-9])/

function countryCode(country: string | null): CountryCode | undefined {
  const code = country?.toUpperCase() ?? ''
  return isSupportedCountry(code) ? code : undefined
}

/** The number that a text dials; undefined if it has no length that its country uses. */
function dial(text: string, country: string | null): PhoneNumber | undefined {
  const defaultCountry = countryCode(country)
  const options = defaultCountry ? { defaultCountry, extract: false } : { extract: false }
  const number = parsePhoneNumberFromString(text, options)
  return number?.isPossible() ? number : undefined
}

/** No number is longer; of what is, only the digits count. */
const LONGEST = 250

// Nothing but digits and what stands between them.
const SIMPLE = /^\+?\d[\d ()./-]*$/
const LEADING_DIGITS = 3
/** Shapes kept; a list of numbers has few. */
const MOST_SHAPES = 5000

/** How a number of a shape becomes E.164: what comes before its digits, and how many are dropped. */
interface Rule {
  lead: string
  drop: number
}

const rules = new Map<string, Rule | null>()

/** A number with all but its first digits masked: its E.164 form depends on nothing else. */
function shapeOf(text: string, country: string | null): string {
  let digits = 0
  const blot = (digit: string): string => ((digits += 1) > LEADING_DIGITS ? '#' : digit)
  return `${country ?? ''}:${text.replaceAll(/\d/g, blot)}`
}

/** The rule that turns a number's digits into E.164; null if there is none. */
function ruleOf(digits: string, e164: string): Rule | null {
  for (let drop = 0; drop <= LEADING_DIGITS; drop += 1) {
    const kept = digits.slice(drop)
    if (e164.endsWith(kept)) return { lead: e164.slice(0, e164.length - kept.length), drop }
  }
  return null
}

/** E.164, with an extension where there is one; undefined for a text with no length of a country. */
function international(text: string, country: string | null): string | undefined {
  const dialled = text.replace(EXTENSION, ' ext $1')
  const abroad = dialled.replace(LEADING_ZEROS, '+')
  const number = dial(dialled, country) ?? (abroad === dialled ? undefined : dial(abroad, null))
  if (!number) return undefined
  return number.ext ? `${number.number};ext=${number.ext}` : number.number
}

/** The same, asking the library once for each shape of number: a list has thousands of a shape. */
function keyOf(text: string, country: string | null): string | undefined {
  if (!SIMPLE.test(text)) return international(text, country)
  const shape = shapeOf(text, country)
  const rule = rules.get(shape)
  const digits = text.replaceAll(/\D/g, '')
  if (rule) return rule.lead + digits.slice(rule.drop)
  const key = international(text, country)
  if (rule === undefined && rules.size < MOST_SHAPES) {
    rules.set(shape, key === undefined ? null : ruleOf(digits, key))
  }
  return key
}

/**
 * Reads a phone number. Its value stays as written; its key, which spellings of one number share,
 * is E.164 where the number has a length that its country uses: `081-234-5678` of TH and
 * `+66 81 234 5678` are `+66812345678`, with an extension `+66812345678;ext=12`. Any other text
 * of four or more digits has its digits as key.
 * @param country ISO 3166 code of numbers without a country's own; null leaves them as digits.
 * @throws Fault `usage` if the text is not a phone number.
 */
export function readPhone(text: string, country: string | null): ContactPoint {
  const plain = plainText(text)
  if (ROUNDED.test(plain)) {
    const message = `${quoted(text)} is a phone number that a spreadsheet rounded`
    throw new Fault('usage', message, 'format its column as text and write it again')
  }
  const value = tidyName(text)
  const bare = plain.replaceAll(AROUND, '')
  if (bare.replaceAll(/\D/g, '').length < 4) {
    throw new Fault('usage', `${quoted(text)} is not a phone number`, 'write it as +1 512 757 6000')
  }
  const key = bare.length > LONGEST ? undefined : keyOf(bare, country)
  return { kind: 'phone', value, key: key ?? parseContactPoint('phone', bare).key }
}
