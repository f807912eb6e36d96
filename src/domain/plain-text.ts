const NOT_ASCII = /[^\u0020-\u007E]/
const EACH_NOT_ASCII = /[^\u0020-\u007E]/g
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/
const DASH = /[\u2010-\u2015\u2212\uFE63]/
const APOSTROPHE = /[\u2018\u2019\u02BC\u2032\u00B4]/
const FULL_WIDTH = /[\uFF01-\uFF5E]/
// Thai, Arabic, Persian and Hindi.
const ZEROS = [0x0e50, 0x0660, 0x06f0, 0x0966]

function fold(sign: string): string {
  if (INVISIBLE.test(sign)) return ''
  if (/\s/.test(sign)) return ' '
  if (DASH.test(sign)) return '-'
  if (APOSTROPHE.test(sign)) return "'"
  const code = sign.charCodeAt(0)
  if (FULL_WIDTH.test(sign)) return String.fromCharCode(code - 0xfee0)
  const zero = ZEROS.find((start) => code >= start && code <= start + 9)
  return zero === undefined ? sign : String(code - zero)
}

const folded = new Map<string, string>()

/** `fold`, done once for each of the 65,536 possible code units. */
function foldOnce(sign: string): string {
  const cached = folded.get(sign)
  if (cached !== undefined) return cached
  const plain = fold(sign)
  folded.set(sign, plain)
  return plain
}

/**
 * A cell as the readers of values see it: Thai, Arabic, Hindi and full-width digits and signs as ASCII, every
 * kind of space, dash and apostrophe as the plain one, invisible characters removed.
 */
export function plainText(text: string): string {
  if (!NOT_ASCII.test(text)) return text.trim()
  return text.replaceAll(EACH_NOT_ASCII, foldOnce).trim()
}

const SHOWN = 60
const HALF_A_SIGN = /[\uD800-\uDBFF]$/

/** A text, cut if it has more characters than that. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(HALF_A_SIGN, '')}…`
}

/** A cell as an error quotes it: in quotation marks, and cut if it is long. */
export function quoted(text: string): string {
  return `“${shortened(text.trim(), SHOWN)}”`
}
