import { breakLines } from '../breaks.ts'
import { type Face, faceOf, type Weight } from './fonts.ts'
import { drawnThai, type Run, settable, splitRuns } from './runs.ts'
import { show } from './show.ts'

/** How a text is set: its size in points. */
export interface Style {
  size: number
  weight?: Weight
  color?: string
}

export type Align = 'left' | 'right' | 'center'

/** From one baseline to the next, in sizes of the text: Thai has marks above and below. */
const LEADING = 1.36

/** What stands for a letter that no font has. */
const SUBSTITUTE = '□'

/** From the top of a line to its baseline, in sizes of the text. */
const ASCENT = 1.02

/** How high a line is, in points. */
export const lineHeight = ({ size }: Style): number => size * LEADING

/** Marks above and below letters, and sara am, which holds one. */
const MARKED = /[\p{M}\u0E33]/u

/** Nothing to see: after a mark it leads readers of the file back to the line. */
const JOINT = '\u200C'

/** A run with its font. */
interface SetRun extends Run {
  face: Face
}

/** Sets texts in whatever fonts they need, on a document. */
export interface Typesetter {
  /** How wide a text on one line is, in points. */
  width(text: string, style: Style): number
  /** The lines of a text in a width. */
  lines(text: string, width: number, style: Style): string[]
  /** Draws one line of text; y is its top. */
  line(text: string, x: number, y: number, style: Style, align?: Align, width?: number): void
  /** The name by which the document knows the font of most texts. */
  fontName(weight: Weight): string
  /** Draws a text in a width. @returns the y below it. */
  text(text: string, x: number, y: number, width: number, style: Style, align?: Align): number
}

/** `U+4E2D 中`. */
function named(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `U+${code} ${sign}`
}

/**
 * Sets texts on a document.
 * @param fonts those in which letters are looked for, in their order.
 * @param missing where letters go that none has, as people write them.
 */
export function typesetter(
  doc: PDFKit.PDFDocument,
  fonts: readonly string[],
  missing: Set<string>,
): Typesetter {
  const faces = (weight: Weight) => (font: number) => faceOf(fonts[font] ?? '', weight)
  const registered = new Set<string>()

  function use({ name, font }: Face, size: number): void {
    if (!registered.has(name)) {
      // It takes a font that is open; the types do not know.
      doc.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource)
      registered.add(name)
    }
    doc.font(name, size)
  }

  const split = new Map<string, SetRun[]>()

  function runs(text: string, weight: Weight): SetRun[] {
    const key = `${weight} ${text}`
    const known = split.get(key)
    if (known) return known
    const face = faces(weight)
    const found = splitRuns(text, fonts.length, (font, code) =>
      face(font).font.hasGlyphForCodePoint(code),
    )
    const made = found.map((run): SetRun => {
      if (run.font >= 0) return { ...run, face: face(run.font) }
      for (const sign of run.text) missing.add(named(sign))
      const shown = SUBSTITUTE.repeat(Array.from(run.text).length)
      return { ...run, text: shown, face: faceOf('dejavu-sans-latin', weight) }
    })
    split.set(key, made)
    return made
  }

  function width(text: string, { size, weight = 'regular' }: Style): number {
    let sum = 0
    for (const run of runs(text, weight)) {
      use(run.face, size)
      sum += doc.widthOfString(drawnThai(run.text))
    }
    return sum
  }

  function draw(text: string, x: number, y: number, style: Style): void {
    const { size, weight = 'regular', color = '#000000' } = style
    doc.fillColor(color)
    let at = x
    for (const run of runs(text, weight)) {
      use(run.face, size)
      const drawn = drawnThai(run.text)
      const isMarked = MARKED.test(drawn)
      const hasJoint = isMarked && run.face.font.hasGlyphForCodePoint(0x200c)
      const place = { x: at, y: y + size * ASCENT, size }
      // Marks stand above the line, so that readers would take them for another one: the file says what is written.
      show(doc, hasJoint ? drawn + JOINT : drawn, place, isMarked ? run.text : undefined)
      at += doc.widthOfString(drawn)
    }
  }

  function line(text: string, x: number, y: number, style: Style, align?: Align, room = 0): void {
    const ready = settable(text).replaceAll('\n', ' ')
    const spare = align === undefined || align === 'left' ? 0 : room - width(ready, style)
    draw(ready, x + (align === 'center' ? spare / 2 : spare), y, style)
  }

  const lines = (text: string, room: number, style: Style): string[] =>
    breakLines(settable(text), room, (piece) => width(piece, style))

  return {
    width: (text, style) => width(settable(text), style),
    lines,
    line,
    fontName(weight) {
      const face = faceOf(fonts[0] ?? '', weight)
      use(face, 10)
      return face.name
    },
    text(text, x, y, room, style, align) {
      let at = y
      for (const each of lines(text, room, style)) {
        line(each, x, at, style, align, room)
        at += lineHeight(style)
      }
      return at
    },
  }
}
