import iconv from 'iconv-lite'
import { analyse } from 'chardet'

// What chardet calls by an older name, as the wider set that Windows programs write.
const WIDER: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  ASCII: 'windows-1252',
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
]

const IMPOSSIBLE = /[\u0080-\u009F\uFFFD\p{Co}\p{Cn}]/u
const USUAL_SIGN = /[\u00A0«»“”„‘’‚–—…•·°€£§№™®©ªº¿¡½¼¾²³、。・「」（）：；，？！～ー]/u
// Icelandic letters in 1252 stand where Turkish ones do in 1254; half-width katakana is what bytes
// of many other encodings look like in Shift-JIS.
const RARE = /[ÞþÐðÝ\uFF61-\uFF9F]/u
const THAI_MARK = /[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/u
const LETTER = /\p{L}|\p{M}/u

function scriptOf(character: string): number {
  return SCRIPTS.findIndex((script) => script.test(character))
}

function oddnessOf(before: string, character: string): number {
  if (IMPOSSIBLE.test(character)) return 3
  if (RARE.test(character)) return 0.5
  if (THAI_MARK.test(character)) return scriptOf(before) === 3 ? 0 : 1
  if (!LETTER.test(character)) return USUAL_SIGN.test(character) ? 0 : 0.7
  if (!LETTER.test(before)) return 0
  const script = scriptOf(character)
  if (script >= 0 && scriptOf(before) >= 0 && script !== scriptOf(before)) return 1
  return /\p{Ll}/u.test(before) && /\p{Lu}/u.test(character) ? 1 : 0
}

/**
 * How unlike writing a text is: the mean oddness of its characters beyond ASCII. Letters of two
 * scripts in one word, capitals after small letters, marks without a letter and signs that nobody
 * types count; 0 for a usual text.
 */
function oddness(text: string): number {
  let before = ' '
  let odd = 0
  let foreign = 0
  for (const character of text) {
    if (character > '\u007F') {
      foreign += 1
      odd += oddnessOf(before, character)
    }
    before = character
  }
  return odd / Math.max(foreign, 1)
}

/** Share of a text's characters beyond ASCII that are Thai. */
function thaiShare(text: string): number {
  const foreign = text.replaceAll(/[\0-\u007F]/g, '').length
  return text.replaceAll(/\P{Script=Thai}/gu, '').length / Math.max(foreign, 1)
}

/**
 * Encodings that some bytes may be in, likeliest first: chardet's guesses, except those in which the text
 * looks unlike writing. The last ones fit any bytes.
 */
export function likelyEncodings(bytes: Buffer): string[] {
  const scores = new Map([['windows-1252', 0.1]])
  for (const { name, confidence } of analyse(bytes)) {
    const encoding = WIDER[name] ?? name.toLowerCase()
    if (/^utf-|^iso-2022/.test(encoding) || !iconv.encodingExists(encoding)) continue
    scores.set(encoding, Math.max(scores.get(encoding) ?? 0, confidence / 100))
  }
  const thai = iconv.decode(bytes, 'windows-874')
  // chardet hardly knows Thai; a text that is all sound Thai is not an accident.
  scores.set('windows-874', thaiShare(thai) > 0.95 && oddness(thai) < 0.05 ? 0.5 : 0)
  return [...scores]
    .map(([encoding, score]) => ({
      encoding,
      score: score - oddness(iconv.decode(bytes, encoding)),
    }))
    .toSorted((one, other) => other.score - one.score)
    .map(({ encoding }) => encoding)
    .concat('iso-8859-1')
}
