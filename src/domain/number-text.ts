import { isCurrencyCode, SYMBOL, WORD } from './currency-signs.ts'
import { plainText } from './plain-text.ts'

/** A text read as a number, for each decimal mark: exact decimal text, or null if it is not one. */
export interface NumberText {
  point: string | null
  comma: string | null
  /** The currency at either end, as written: `€`, `USD`, `руб.`. */
  currency?: string
  /** Is it written with %? Its value is divided by 100. */
  percent?: boolean
}

const LONGEST = 64
const LONGEST_VALUE = 40

const INTEGER = /^-?(?:0|[1-9]\d{0,17})$/
// Whole part (plain, grouped by one sign, or grouped the Indian way) and decimals.
const WITH_POINT =
  /^(\d+|[1-9]\d{0,2}([ ',])\d{3}(?:\2\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.(\d+))?$/
const WITH_COMMA = /^(\d+|[1-9]\d{0,2}([ '.])\d{3}(?:\2\d{3})*)?(?:,(\d+))?$/
const EXPONENT = /^(\d+(?:[.,]\d+)?)[eE]([+-]?\d{1,3})$/
const MULTIPLIER =
  /\d\s?(?:k|m|b|t|mm|bn|mn|mio|mln|mrd|mld|tsd|thousand|million|cr|crore|lakh|lac|тыс|млн|млрд|千|万|萬|亿|億|พัน|หมื่น|แสน|ล้าน)(?:บาท)?\.?$/i

const BEFORE = new RegExp(`^(?:${SYMBOL}|${WORD})(?![\\p{L}])\\s*`, 'iu')
const AFTER = new RegExp(`(?<![\\p{L}])\\s*(?:${SYMBOL}|${WORD})$`, 'iu')
const CODE_BEFORE = /^[A-Z]{3}(?![A-Z])\s*/i
const CODE_AFTER = /(?<![A-Z])\s*[A-Z]{3}$/i

/** The text without a currency at either end; the same text if it has none. */
function withoutCurrency(text: string): string {
  const first = text.charCodeAt(0)
  if (first < 0x30 || first > 0x39) {
    const before = CODE_BEFORE.exec(text)
    if (before && isCurrencyCode(before[0].trim())) return text.slice(before[0].length)
    const bare = text.replace(BEFORE, '')
    if (bare !== text) return bare
  }
  const after = CODE_AFTER.exec(text)
  if (after && isCurrencyCode(after[0].trim())) return text.slice(0, after.index)
  return text.replace(AFTER, '')
}

interface Peeled {
  core: string
  negative: boolean
  percent: boolean
  currency: string
}

/** Strips sign, brackets, percent and currency, each at most once; null if they contradict. */
function peel(text: string): Peeled | null {
  let core = text
  let sign = ''
  let percent = false
  let currency = ''
  for (;;) {
    const first = core[0] ?? ''
    const last = core.at(-1) ?? ''
    if (first >= '0' && first <= '9' && last >= '0' && last <= '9') break
    let rest = core
    if (first === '(' && last === ')') {
      if (sign) return null
      sign = '-'
      rest = core.slice(1, -1)
    } else if (first === '-' || first === '+') {
      if (sign) return null
      sign = first
      rest = core.slice(1)
    } else if (/\d[.,] ?--?$/.test(core)) {
      // `100,-` and `CHF 100.–`: no cents, not a debt.
      rest = core.replace(/[.,] ?--?$/, '')
    } else if (last === '-' || last === '+') {
      if (sign) return null
      sign = last
      rest = core.slice(0, -1)
    } else if (first === '%' || last === '%') {
      if (percent) return null
      percent = true
      rest = first === '%' ? core.slice(1) : core.slice(0, -1)
    } else if (!currency) {
      rest = withoutCurrency(core)
      currency = (
        core.startsWith(rest) ? core.slice(rest.length) : core.slice(0, -rest.length)
      ).trim()
    }
    if (rest === core) break
    core = rest.trim()
  }
  return percent && currency ? null : { core, negative: sign === '-', percent, currency }
}

/** `whole.fraction` with the point moved right by `shift`, in its shortest form; null if too long. */
function decimal(whole: string, fraction: string, shift: number, negative: boolean): string | null {
  if (shift > LONGEST_VALUE || shift < -LONGEST_VALUE) return null
  let left = whole
  let right = fraction
  if (shift > 0) {
    left += right.slice(0, shift).padEnd(shift, '0')
    right = right.slice(shift)
  } else if (shift < 0) {
    const padded = left.padStart(1 - shift, '0')
    right = padded.slice(shift) + right
    left = padded.slice(0, shift)
  }
  left = left.replace(/^0+(?=\d)/, '') || '0'
  right = right.replace(/0+$/, '')
  const value = right === '' ? left : `${left}.${right}`
  return negative && value !== '0' ? `-${value}` : value
}

function withMark(pattern: RegExp, { core, negative, percent }: Peeled): string | null {
  const match = core === '' ? null : pattern.exec(core)
  if (!match) return null
  const whole = (match[1] ?? '').replaceAll(/\D/g, '')
  return decimal(whole, match[3] ?? '', percent ? -2 : 0, negative)
}

function withExponent(match: RegExpExecArray, { negative, percent }: Peeled): NumberText {
  const [, mantissa = '', power] = match
  const [whole = '', fraction = ''] = mantissa.split(/[.,]/)
  const value = decimal(whole, fraction, Number(power) - (percent ? 2 : 0), negative)
  return {
    point: mantissa.includes(',') ? null : value,
    comma: mantissa.includes('.') ? null : value,
  }
}

/** A text read as a number, with a decimal point and with a decimal comma. */
export function numberText(text: string): NumberText {
  if (INTEGER.test(text) && text !== '-0') return { point: text, comma: text }
  if (text.length > LONGEST) return { point: null, comma: null }
  const peeled = peel(plainText(text))
  if (!peeled) return { point: null, comma: null }
  const exponent = EXPONENT.exec(peeled.core)
  const { percent, currency } = peeled
  if (exponent) return { ...withExponent(exponent, peeled), percent, currency }
  const point = withMark(WITH_POINT, peeled)
  return { point, comma: withMark(WITH_COMMA, peeled), percent, currency }
}

/** True for `1.5k`, `2 млн`, `3万`: a number in words of thousands or millions. */
export function hasMultiplier(text: string): boolean {
  return text.length <= LONGEST && MULTIPLIER.test(peel(plainText(text))?.core ?? '')
}
