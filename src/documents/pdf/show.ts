/** Where a glyph stands, in thousandths of the size of its font. */
interface Position {
  xAdvance: number
  xOffset: number
  yOffset: number
  /** How far it goes on by itself, without what pairs of letters come closer. */
  advanceWidth: number
}

/** What pdfkit knows of an embedded font, and its types leave out. */
interface EmbeddedFont {
  id: string
  encode(text: string): [glyphs: string[], positions: Position[]]
  ref(): unknown
}

const figure = (value: number): string => String(Math.round(value * 1000) / 1000)

/** The operators that show glyphs from a place on: those that are moved stand alone. */
function operators(
  glyphs: readonly string[],
  positions: readonly Position[],
  x: number,
  y: number,
  size: number,
): string[] {
  const made: string[] = []
  const scale = size / 1000
  let at = x
  let parts: string[] = []
  let isMoved = false
  const flush = (): void => {
    if (parts.length > 0) made.push(`[${parts.join('')}]TJ`)
    parts = []
  }
  const move = (right: number, up: number): void => {
    made.push(`1 0 0 1 ${figure(right)} ${figure(up)} Tm`)
  }
  for (const [index, glyph] of glyphs.entries()) {
    const position = positions[index]
    if (!position) continue
    const { xOffset, yOffset, xAdvance, advanceWidth } = position
    const isOff = xOffset !== 0 || yOffset !== 0
    if (isOff || isMoved || index === 0) {
      flush()
      move(at + xOffset * scale, y + yOffset * scale)
    }
    parts.push(`<${glyph}>`)
    const closer = advanceWidth - xAdvance
    if (closer !== 0) parts.push(figure(closer))
    at += xAdvance * scale
    isMoved = isOff
  }
  flush()
  return made
}

const utf16 = (text: string): string =>
  `feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}`

/**
 * Shows a text in the font in use, from a place on the baseline. pdfkit’s own turns the page around before the text
 * and back after it, so that what `actual` says would stand upside down on the page.
 * @param actual what the file says is written, if it is not what the glyphs say.
 */
export function show(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, size }: { x: number; y: number; size: number },
  actual?: string,
): void {
  const font = Reflect.get(doc, '_font') as EmbeddedFont
  const { page } = doc
  const fonts = page.fonts as Record<string, unknown>
  fonts[font.id] ??= font.ref()
  const [glyphs, positions] = font.encode(text)
  const shown = operators(glyphs, positions, x, page.height - y, size)
  const span = actual === undefined ? '' : `/Span<</ActualText<${utf16(actual)}>>>BDC `
  const head = `q 1 0 0 -1 0 ${figure(page.height)} cm ${span}BT /${font.id} ${figure(size)} Tf`
  doc.addContent(`${head} ${shown.join(' ')} ET${actual === undefined ? '' : ' EMC'} Q`)
}
