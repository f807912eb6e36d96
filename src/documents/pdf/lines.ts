import type { DocumentFields, LineFields } from '../fields.ts'
import { BODY, BOLD, label, LEFT, needRoom, rule, type Sheet, SMALL } from './page.ts'
import { heading } from './paragraphs.ts'
import { type CellText, type Column, drawTable } from './table.ts'
import { lineHeight } from './typeset.ts'

/** A table is set smaller than texts. */
const CELL = { ...BODY, size: 9 }
const NAME = { ...BOLD, size: 9 }

const one = (text: string): CellText[] => (text === '' ? [] : [{ text, style: CELL }])

/** Columns that no line has anything in are left out. */
function lineColumns(sheet: Sheet, lines: readonly LineFields[]): Column<LineFields>[] {
  const right = (
    name: string,
    english: string,
    of: (line: LineFields) => string,
  ): Column<LineFields>[] =>
    lines.some((line) => of(line) !== '')
      ? [{ head: label(sheet, name, english), align: 'right', cells: (line) => one(of(line)) }]
      : []
  const hasDetails = lines.some(({ details }) => details !== '')
  const small = (text: string): CellText[] => (text === '' ? [] : [{ text, style: SMALL }])
  const instead = ({ alternative_of: of }: LineFields): string =>
    of === '' ? '' : `${label(sheet, 'alternative_to', 'instead of item')} ${of}`
  return [
    {
      head: label(sheet, 'position', 'No.'),
      align: 'left',
      cells: ({ position }) => one(position),
    },
    {
      head: label(sheet, 'description', 'Description'),
      align: 'left',
      isWide: true,
      cells: (line) => [
        { text: line.name, style: hasDetails ? NAME : CELL },
        ...small(line.details),
        ...small(instead(line)),
      ],
    },
    ...right('quantity', 'Quantity', ({ quantity, unit }) => `${quantity} ${unit}`.trim()),
    ...right('price', 'Unit price', ({ price }) => price),
    ...right('discount', 'Discount', ({ discount }) => discount),
    ...right('tax', '%', ({ tax }) => tax),
    ...right('net', 'Net', ({ net }) => net),
  ]
}

/** The lines of a document. */
export function drawLines(sheet: Sheet): void {
  const { lines, late } = sheet.fields
  if (lines.length > 0) drawTable(sheet, lineColumns(sheet, lines), lines)
  if (late.length > 0) drawTable(sheet, lateColumns(sheet), late)
}

/** Options and alternatives, which do not count. */
export function drawOptions(sheet: Sheet): void {
  const { options } = sheet.fields
  if (options.length === 0) return
  heading(sheet, label(sheet, 'options', 'Options'), 60)
  drawTable(sheet, lineColumns(sheet, options), options)
  sheet.y += 8
}

type Late = DocumentFields['late'][number]

/** Late invoices. */
function lateColumns(sheet: Sheet): Column<Late>[] {
  const column = (
    name: keyof Late | 'invoice' | 'days_late',
    english: string,
    key: keyof Late,
  ) => ({
    head: label(sheet, name, english),
    align: 'right' as const,
    cells: (row: Late) => one(row[key]),
  })
  return [
    { ...column('invoice', 'Invoice', 'number'), align: 'left', isWide: true },
    column('issued', 'Issued', 'issued'),
    column('due', 'Due', 'due'),
    column('days_late', 'Overdue', 'days'),
    column('open', 'Amount due', 'open'),
  ]
}

/** What it comes to, kept on one page. */
export function drawSums(sheet: Sheet): void {
  const { fields, type, width, look } = sheet
  if (fields.sums.length === 0) return
  const room = width * 0.56
  const left = LEFT + width - room
  const rows = fields.sums.map((sum) => {
    const style = sum.strong ? { ...BOLD, size: 10.5 } : CELL
    const value = type.width(sum.value, style)
    const lines = type.lines(sum.label, Math.max(room - value - 12, room * 0.4), style)
    return { ...sum, style, lines, height: lines.length * lineHeight(style) + (sum.strong ? 7 : 2) }
  })
  needRoom(
    sheet,
    rows.reduce((sum, { height }) => sum + height, 8),
  )
  sheet.y += 3
  for (const { strong, style, lines, value, height } of rows) {
    const top = sheet.y
    if (strong) {
      rule(sheet, look.color, { from: left, thick: 0.8 })
      sheet.y += 3
    }
    for (const [index, line] of lines.entries()) {
      type.line(line, left, sheet.y + index * lineHeight(style), style)
    }
    type.line(value, left, sheet.y, style, 'right', room)
    sheet.y = top + height
  }
  sheet.y += 12
}
