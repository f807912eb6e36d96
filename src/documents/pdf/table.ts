import { maxOf } from '../../domain/lists.ts'
import { GREY, LEFT, needRoom, rule, type Sheet, turnPage } from './page.ts'
import { type Align, lineHeight, type Style } from './typeset.ts'

/** A line of a cell, as it is drawn. */
interface CellLine {
  text: string
  style: Style
}

/** A text in a cell, with its style. */
export interface CellText {
  text: string
  style: Style
}

/** A column of a table of rows. */
export interface Column<Row> {
  head: string
  align: Align
  /** What a row has in it: texts below each other. */
  cells: (row: Row) => readonly CellText[]
  /** Takes what the others leave. */
  isWide?: boolean
}

const GAP = 8
const PAD = 3

/** The most of the width that a narrow column may take. */
const MOST = 0.2
/** The least that stays for the wide one. */
const LEAST = 0.34

/** The most of the width that a head takes on one line. */
const HEAD = 0.13

/** How wide each column is: narrow ones as their texts are, the wide one what is left. */
function widths<Row>(
  { type, width }: Sheet,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  headStyle: Style,
): number[] {
  const own = columns.map(({ head, cells, isWide = false }) => {
    if (isWide) return 0
    const texts = rows.flatMap((row) =>
      cells(row).map(({ text, style }) => type.width(text, style)),
    )
    const whole = type.width(head, headStyle)
    // A head of several words stands on one line if that is not far wider than its figures.
    const words = head.split(' ').map((word) => type.width(word, headStyle))
    const heads = whole <= width * HEAD ? [whole] : words
    const widest = [...texts, ...heads].reduce((most, one) => Math.max(most, one), 0)
    return Math.min(widest + 0.5, width * MOST)
  })
  const room = width - GAP * (columns.length - 1)
  const taken = own.reduce((sum, one) => sum + one, 0)
  const most = room * (1 - LEAST)
  // Many wide figures leave the text its share, and wrap.
  const scale = taken > most ? most / taken : 1
  const rest = room - taken * scale
  return own.map((one, index) => (columns[index]?.isWide ? rest : one * scale))
}

/**
 * Draws a table over as many pages as it takes. Its head is repeated on each; a row that does not fit begins on the
 * next page, unless it is long: then it goes on there.
 */
export function drawTable<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): void {
  const { type, look } = sheet
  const headStyle: Style = { size: 8, weight: 'bold', color: look.color }
  const across = widths(sheet, columns, rows, headStyle)
  const lefts = across.map((_, index) =>
    across.slice(0, index).reduce((sum, one) => sum + one + GAP, LEFT),
  )
  const wrap = (cells: readonly CellText[], index: number): CellLine[] =>
    cells.flatMap(({ text, style }) =>
      type.lines(text, across[index] ?? 0, style).map((line) => ({ text: line, style })),
    )
  const heights = (lines: readonly CellLine[]): number =>
    lines.reduce((sum, { style }) => sum + lineHeight(style), 0)
  const heads = columns.map(({ head }, index) => wrap([{ text: head, style: headStyle }], index))
  const headHeight = maxOf(heads.map(heights)) + PAD * 2

  function drawLines(cells: readonly CellLine[][], top: number): void {
    for (const [index, lines] of cells.entries()) {
      let y = top
      for (const { text, style } of lines) {
        type.line(text, lefts[index] ?? 0, y, style, columns[index]?.align, across[index])
        y += lineHeight(style)
      }
    }
  }

  function drawHeadRow(): void {
    const top = sheet.y
    const lowest = maxOf(heads.map(heights))
    for (const [index, lines] of heads.entries())
      drawLines(only(index, lines), top + lowest - heights(lines))
    sheet.y = top + lowest + PAD
    rule(sheet, look.color, { thick: 1 })
    sheet.y += PAD
  }

  const only = (at: number, lines: CellLine[]): CellLine[][] =>
    columns.map((_, index) => (index === at ? lines : []))

  function next(): void {
    turnPage(sheet)
    drawHeadRow()
  }

  /** Draws a row, in parts if it is longer than what is left of the page. */
  function drawRow(row: Row): void {
    let cells = columns.map(({ cells: of }, index) => wrap(of(row), index))
    const first = maxOf(cells.map((lines) => heights(lines.slice(0, 3))))
    const whole = maxOf(cells.map(heights))
    const page = sheet.bottom - sheet.y
    if (page < (whole > 200 ? first : whole) + PAD) next()
    for (;;) {
      const room = sheet.bottom - sheet.y
      const fit = cells.map((lines) => {
        let height = 0
        const index = lines.findIndex(({ style }) => (height += lineHeight(style)) > room)
        return index === -1 ? lines.length : Math.max(index, 1)
      })
      const now = cells.map((lines, index) => lines.slice(0, fit[index]))
      drawLines(now, sheet.y)
      sheet.y += maxOf(now.map(heights)) + PAD
      cells = cells.map((lines, index) => lines.slice(fit[index]))
      if (cells.every((lines) => lines.length === 0)) break
      next()
    }
    rule(sheet, GREY)
    sheet.y += PAD
  }

  needRoom(sheet, headHeight + 40)
  drawHeadRow()
  for (const row of rows) drawRow(row)
}
