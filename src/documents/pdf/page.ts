import type { DocumentFields, Look } from '../fields.ts'
import type { Style, Typesetter } from './typeset.ts'

/** Millimetres in points. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4

/** The paper of a document. */
export type PageSize = 'a4' | 'letter'

/** Width and height in points. */
export const SIZES: Readonly<Record<PageSize, [width: number, height: number]>> = {
  a4: [595.28, 841.89],
  letter: [612, 792],
}

/** DIN 5008: the margins of a letter. */
export const LEFT = mm(25)
export const RIGHT = mm(20)
const TOP = mm(25)

/** How the parts of a page are set. */
export const BODY: Style = { size: 9.5 }
export const BOLD: Style = { size: 9.5, weight: 'bold' }
export const SMALL: Style = { size: 8, color: '#444444' }
export const FINE: Style = { size: 7, color: '#555555' }

/** The line that separates, in points. */
const HAIR = 0.5
export const GREY = '#bbbbbb'

/** What every block is drawn with. */
export interface Sheet {
  doc: PDFKit.PDFDocument
  type: Typesetter
  fields: DocumentFields
  look: Look
  /** The width between the margins. */
  width: number
  height: number
  /** Does a Swiss bill take the foot of the last page? Then the rest is set closer, to go on one. */
  isBill: boolean
  /** Where the next block begins. */
  y: number
  /** How far down a page may be filled. */
  readonly bottom: number
}

/** A word in the language of the document. */
export function label({ fields }: Sheet, name: string, english: string): string {
  return fields.labels[name] ?? english
}

/** Begins another page, whose head says what it belongs to. */
export function turnPage(sheet: Sheet): void {
  const { doc, type, fields, width } = sheet
  doc.addPage()
  const [head = ''] = type.lines(fields.title, width, SMALL)
  type.line(head, LEFT, mm(14), SMALL, 'right', width)
  sheet.y = TOP
}

/** Begins another page if a height does not fit on this one, unless nothing stands on it yet. */
export function needRoom(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.bottom && sheet.y > TOP) turnPage(sheet)
}

/** A horizontal line across the page. */
export function rule(
  { doc, width, y }: Sheet,
  color = GREY,
  { at = y, from = LEFT, to = LEFT + width, thick = HAIR } = {},
): void {
  doc.lineWidth(thick).strokeColor(color).moveTo(from, at).lineTo(to, at).stroke()
}
