import { Parser } from 'htmlparser2'
import { isDay } from '../../../domain/day.ts'
import { cellReader, errorCell, type ReadCell } from '../spreadsheet-cell.ts'
import { LAST_COLUMN } from '../sheet.ts'
import { tooLarge } from '../zip.ts'
import { Grid } from './grid.ts'
import { Depth, type MarkupPage, type MarkupReader, type OnRow } from './reader.ts'

/** What SpreadsheetML calls number formats. */
const FORMATS: Record<string, string> = {
  'General Number': 'General',
  'General Date': 'm/d/yy h:mm',
  'Long Date': 'd mmmm yyyy',
  'Medium Date': 'd-mmm-yy',
  'Short Date': 'm/d/yy',
  'Long Time': 'h:mm:ss',
  'Medium Time': 'h:mm',
  'Short Time': 'h:mm',
  Currency: '#,##0.00',
  'Euro Currency': '#,##0.00',
  Fixed: '0.00',
  Standard: '#,##0.00',
  Percent: '0.00%',
  Scientific: '0.00E+00',
  'Yes/No': 'General',
  'True/False': 'General',
  'On/Off': 'General',
}

// Excel has a million rows and is not the only one to write these files.
const LAST_ROW = 100_000_000

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?)?Z?$/

/** A day with its time if there is one; a time alone is on the day before all days. */
function momentCell(text: string): ReadCell {
  const [, day = '', time = '00:00:00'] = MOMENT.exec(text.trim()) ?? []
  if (!isDay(day)) return { text }
  if (/^1(?:899-12-3[01]|904-01-01)$/.test(day)) return { text: time.replace(/:00$/, '') }
  const value = time === '00:00:00' ? day : `${day}T${time}`
  return { text: value, typed: { kind: 'date', value } }
}

/** Numbers that would lose something as numbers: leading zeros, and digits beyond exact arithmetic. */
const MORE_THAN_NUMBER = /^0\d|^[+-]?\d{16,}$/

type Attributes = Record<string, string>

interface OpenCell {
  type: string | null
  parts: string[]
  column: number | undefined
  columns: number
  rows: number
  style: string | undefined
  hasFormula: boolean
}

/** The styles of a book, and what its columns and rows have of them. */
class Styles {
  readonly #formats = new Map<string, string>()
  readonly #parents = new Map<string, string>()
  current: string | null = null

  open({ ID, Parent }: Attributes): void {
    this.current = ID ?? null
    if (ID !== undefined && Parent !== undefined) this.#parents.set(ID, Parent)
  }

  format({ Format }: Attributes): void {
    if (this.current !== null && Format !== undefined) {
      this.#formats.set(this.current, FORMATS[Format] ?? Format)
    }
  }

  formatOf(style: string | undefined): string {
    let id = style ?? 'Default'
    for (let steps = 0; steps < 10; steps += 1) {
      const format = this.#formats.get(id)
      if (format !== undefined) return format
      const parent = this.#parents.get(id)
      if (parent === undefined) return 'General'
      id = parent
    }
    return 'General'
  }
}

/** Attributes without the prefixes of their names. */
function local(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key.slice(key.indexOf(':') + 1), value]),
  )
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined
}

/** Reads XML Spreadsheet 2003, whose cells say what they are. */
export function spreadsheetReader(name: string, onRow: OnRow): MarkupReader {
  const pages: MarkupPage[] = []
  const path: string[] = []
  const styles = new Styles()
  const depth = new Depth(name)
  let columnStyles = new Map<number, string>()
  let nextColumn = 0
  let grid = new Grid(name)
  let rowStyle: string | undefined
  let cell: OpenCell | null = null
  let is1904 = ''
  let visible = ''
  let readers: Record<1900 | 1904, ReturnType<typeof cellReader>> | undefined

  const numberCell = (text: string, format: string): ReadCell => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value) || MORE_THAN_NUMBER.test(text.trim())) {
      return { text: text.trim() }
    }
    readers ??= { 1900: cellReader(1900, false), 1904: cellReader(1904, false) }
    return readers[is1904 === '' ? 1900 : 1904]({ t: 'n', v: value, z: format })
  }
  const read = ({ type, parts, style, column }: OpenCell): ReadCell => {
    const text = parts.join('')
    if (type === 'DateTime') return momentCell(text)
    if (type === 'Boolean') return { text: text.trim() === '1' ? 'TRUE' : 'FALSE' }
    if (type === 'Error') return errorCell(text.trim() || '#ERROR!')
    if (type !== 'Number') return { text }
    const own = style ?? rowStyle ?? (column === undefined ? undefined : columnStyles.get(column))
    return numberCell(text, styles.formatOf(own))
  }
  const openColumn = ({ Index, Span, StyleID }: Attributes): void => {
    nextColumn = (whole(Index) ?? nextColumn + 1) - 1
    const last = nextColumn + (whole(Span) ?? 0)
    if (last > LAST_COLUMN) throw tooLarge(name)
    for (; nextColumn <= last; nextColumn += 1) {
      if (StyleID !== undefined) columnStyles.set(nextColumn, StyleID)
    }
  }
  const openCell = ({ Index, MergeAcross, MergeDown, StyleID, Formula }: Attributes): void => {
    const index = whole(Index)
    cell = {
      type: null,
      parts: [],
      column: index === undefined ? undefined : index - 1,
      columns: (whole(MergeAcross) ?? 0) + 1,
      rows: (whole(MergeDown) ?? 0) + 1,
      style: StyleID,
      hasFormula: Formula !== undefined,
    }
  }
  const closeCell = (): void => {
    const page = pages.at(-1)
    if (!cell || !page) return
    cell.column ??= grid.next()
    const found = cell.type === null ? { text: '' } : read(cell)
    if (cell.hasFormula && cell.parts.length === 0) page.formulas += 1
    if (found.typed?.kind === 'error') page.errors += 1
    grid.add({ ...found, columns: cell.columns, rows: cell.rows }, cell.column)
    cell = null
  }
  const openRow = ({ Index, StyleID }: Attributes): void => {
    const index = whole(Index)
    if (grid.number > LAST_ROW) throw tooLarge(name)
    grid.open(index !== undefined && index > grid.number ? index : undefined)
    rowStyle = StyleID
  }
  const start = (tag: string, raw: Attributes): void => {
    depth.open()
    const parent = path.at(-1)
    const element = tag.slice(tag.indexOf(':') + 1)
    path.push(element)
    const attributes = local(raw)
    if (element === 'Style') styles.open(attributes)
    else if (element === 'NumberFormat') styles.format(attributes)
    else if (element === 'Worksheet') {
      const title = attributes.Name ?? `Sheet ${pages.length + 1}`
      pages.push({ title, isHidden: false, errors: 0, formulas: 0 })
      grid = new Grid(name)
      columnStyles = new Map()
      nextColumn = 0
      visible = ''
    } else if (element === 'Column' && parent === 'Table') openColumn(attributes)
    else if (element === 'Row' && parent === 'Table') openRow(attributes)
    else if (element === 'Cell' && parent === 'Row') openCell(attributes)
    else if (element === 'Data' && parent === 'Cell' && cell)
      cell.type = attributes.Type ?? 'String'
    else if (element === 'Date1904') is1904 = 'yes'
  }
  const text = (piece: string): void => {
    const at = path.lastIndexOf('Data')
    if (at > 0 && path[at - 1] === 'Cell') cell?.parts.push(piece)
    else if (path.at(-1) === 'Visible') visible += piece
  }
  const finish = (): void => {
    depth.close()
    const element = path.pop()
    const page = pages.at(-1)
    if (element === 'Cell' && path.at(-1) === 'Row') closeCell()
    else if (element === 'Style') styles.current = null
    else if (element === 'Row' && path.at(-1) === 'Table' && page) {
      const row = grid.close()
      if (row) onRow(pages.length - 1, row)
    } else if (element === 'Visible' && page) page.isHidden = /hidden/i.test(visible)
  }
  const parser = new Parser(
    { onopentag: start, onclosetag: finish, ontext: text },
    { xmlMode: true, decodeEntities: true },
  )
  return {
    write: (piece) => parser.write(piece),
    end: () => {
      parser.end()
      return pages
    },
  }
}
