import { maxOf } from '../../domain/lists.ts'
import { FINE, GREY, label, LEFT, mm, rule, type Sheet } from './page.ts'
import { lineHeight, type Typesetter } from './typeset.ts'

/** From the lower edge of the paper to the last line of a footer. */
const BELOW = mm(10)
/** The same, above a Swiss bill. */
const NEAR = mm(3)
const COLUMNS = 3
const GAP = 10

/** What stands between the parts of a line. */
const DOT = ' · '

/** The footer in columns of lines: as even as can be. */
function columnsOf(lines: readonly string[]): string[][] {
  const each = Math.max(1, Math.ceil(lines.length / COLUMNS))
  return Array.from({ length: Math.ceil(lines.length / each) }, (_, index) =>
    lines.slice(index * each, (index + 1) * each),
  )
}

/** A line of a footer in lines that fit a column: it is broken between what its dots keep apart. */
function footerLines(text: string, room: number, type: Typesetter): string[] {
  const lines: string[] = []
  for (const part of text.split(DOT)) {
    const last = lines.at(-1)
    const longer = last === undefined ? part : `${last}${DOT}${part}`
    if (last !== undefined && type.width(longer, FINE) <= room) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.flatMap((line) => type.lines(line, room, FINE))
}

/** Where the columns stand, and their texts in lines. */
function laidOut({ type, fields, width, look }: Sheet): { columns: string[][]; room: number } {
  const lines = look.blocks.includes('footer') ? fields.footer : []
  const columns = columnsOf(lines.filter((line) => line !== ''))
  const room = (width - GAP * (COLUMNS - 1)) / COLUMNS
  return {
    room,
    columns: columns.map((column) => column.flatMap((line) => footerLines(line, room, type))),
  }
}

/** How much of a page the footer takes, from the lower edge or from a bill, in points. */
export function footerHeight(sheet: Sheet, isAboveBill = false): number {
  const { columns } = laidOut(sheet)
  const most = maxOf(
    columns.map(({ length }) => length),
    0,
  )
  const below = isAboveBill ? NEAR : BELOW
  return below + (most + 1) * lineHeight(FINE) + (most > 0 ? 6 : 0) + mm(4)
}

/** Draws the footer and the number of the page onto each page. @param raised how far above the edge on the last page. */
export function drawFooters(sheet: Sheet, raised: number): void {
  const { doc, type, width } = sheet
  const { columns, room } = laidOut(sheet)
  const most = maxOf(
    columns.map(({ length }) => length),
    0,
  )
  const { start, count } = doc.bufferedPageRange()
  for (let index = 0; index < count; index++) {
    doc.switchToPage(start + index)
    const isRaised = raised > 0 && index === count - 1
    const edge = sheet.height - (isRaised ? raised : 0)
    const foot = edge - (isRaised ? NEAR : BELOW) - lineHeight(FINE)
    const top = foot - most * lineHeight(FINE) - 2
    if (most > 0) rule(sheet, GREY, { at: top - 4 })
    for (const [at, column] of columns.entries()) {
      for (const [down, line] of column.entries()) {
        type.line(line, LEFT + at * (room + GAP), top + down * lineHeight(FINE), FINE)
      }
    }
    const words = label(sheet, 'page', 'Page {page} of {pages}')
    const text = words.replace('{page}', String(index + 1)).replace('{pages}', String(count))
    type.line(text, LEFT, foot, FINE, 'right', width)
  }
}
