import SVGtoPDF from 'svg-to-pdfkit'
import type { Frame } from './logo.ts'

/** Copies of parts of a picture: many of them within each other would go on for ever. */
const MOST_COPIES = 8

/** Why a picture is not drawn, in words that follow “the logo cannot be put into a PDF: ”; null if it can be tried. */
export function svgProblem(text: string): string | null {
  const copies = text.match(/<use\b/gi) ?? []
  return copies.length > MOST_COPIES ? `it copies its parts ${copies.length} times` : null
}

/**
 * Draws an SVG picture as large as fits into a frame, at its upper left. Texts in it are set in a font of the program.
 * @param font the name of a font that the document has inside.
 */
export function drawSvg(doc: PDFKit.PDFDocument, text: string, frame: Frame, font: string): void {
  const { x, y, width, height } = frame
  SVGtoPDF(doc, text, x, y, {
    width,
    height,
    preserveAspectRatio: 'xMinYMin meet',
    assumePt: true,
    fontCallback: () => font,
    imageCallback: (link: string) => (link.startsWith('data:') ? link : ''),
    warningCallback: () => undefined,
  })
}
