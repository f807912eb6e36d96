/** A piece of a text that is set in one font. */
export interface Run {
  /** The place of its font in the list; −1 if no font has its letters. */
  font: number
  text: string
}

/** Control characters, what steers the direction of a text, soft hyphens, and halves of signs. */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200C-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\p{Cs}/gu

/** What chooses a form of an emoji. */
const VARIANT = /\p{Variation_Selector}/gu

/** More marks on a letter than any language has would stand on other lines. */
const HEAPED = /(\p{M}{8})\p{M}+/gu

/** A text as it is set: composed letters, lines, plain blanks, and nothing that is not seen. */
export function settable(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\u000B\u000C]/g, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(VARIANT, '')
    .replaceAll('\t', ' ')
    .normalize('NFC')
    .replaceAll(HEAPED, '$1')
}

/** Sara am with the tone marks before it, which stand above its circle. */
const SARA_AM = /([\u0E48-\u0E4B]*)\u0E33/g

/** Thai as it is drawn: sara am is a circle, which goes below the tone marks, and an aa. */
export function drawnThai(text: string): string {
  return text.replaceAll(SARA_AM, '\u0E4D$1\u0E32')
}

/** Blanks that have no letter of their own: they are drawn as plain ones. */
const BLANK = /[\u00A0\u2000-\u200B\u202F\u205F\u3000]/g

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What is written from right to left, and scripts whose letters change their form next to others. */
const UNREADY =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Lao}\p{Script=Mongolian}\p{Script=Tibetan}]/u

/** What the first font has: most of most documents. */
const ASCII = /^[\u0020-\u007E]*$/

/**
 * Splits a text into runs by which font has its letters. A letter and the marks on it stay in one font if one has
 * them all; a run goes on while its font has what follows.
 * @param has whether the font at a place of the list has a letter.
 * @param fonts how many fonts there are.
 */
export function splitRuns(
  text: string,
  fonts: number,
  has: (font: number, code: number) => boolean,
): Run[] {
  if (ASCII.test(text)) return text === '' ? [] : [{ font: 0, text }]
  const runs: Run[] = []
  const add = (piece: string, font: number): void => {
    const last = runs.at(-1)
    if (last?.font === font) last.text += piece
    else runs.push({ font, text: piece })
  }
  const fontFor = (piece: string): number => {
    if (UNREADY.test(piece)) return -1
    const codes = Array.from(drawnThai(piece), (sign) => sign.codePointAt(0) ?? 0)
    const now = runs.at(-1)?.font ?? -1
    const order = now < 0 ? [] : [now]
    for (let font = 0; font < fonts; font++) if (font !== now) order.push(font)
    // Signs of no script go on in the font of what stands before them; letters take the first font that has them.
    if (/\p{L}/u.test(piece)) order.sort((one, other) => one - other)
    return order.find((font) => codes.every((code) => has(font, code))) ?? -1
  }
  for (const { segment } of graphemes.segment(text.replaceAll(BLANK, ' '))) {
    const font = fontFor(segment)
    if (font >= 0 || segment.length === 1) add(segment, font)
    else for (const sign of segment) add(sign, fontFor(sign))
  }
  return runs
}
