import { Parser } from 'htmlparser2'
import { Grid } from './grid.ts'
import { Depth, type MarkupPage, type MarkupReader, type OnRow } from './reader.ts'

// HTML has no wider and no longer cells.
const WIDEST_SPAN = 1000
const MUTE = new Set(['script', 'style', 'template', 'noscript', 'select'])
const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'dd',
  'dt',
])
/** For tables that are not wanted, this much of each cell is kept. */
const GLANCE = 100
// From this depth on, tables within tables are no longer told apart.
const MOST_NESTED = 20

interface OpenCell {
  parts: string[]
  length: number
  columns: number
  rows: number
}

interface OpenTable {
  place: number
  grid: Grid
  inRow: boolean
  cell: OpenCell | null
}

function span(text: string | undefined): number {
  const count = Number.parseInt(text ?? '1', 10)
  return count >= 1 ? Math.min(count, WIDEST_SPAN) : 1
}

/** The text of a cell as a browser shows it: white space squeezed, a line for each `<br>` and block. */
function shownText(parts: readonly string[]): string {
  const lines = parts
    .join('')
    .split('\u0000')
    .map((line) => line.replaceAll(/[ \t\r\n\f]+/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n')
}

const LINE_END = '\u0000'

/** Reads the tables of a web page. All cells are text, as in CSV. */
export function htmlReader(name: string, onRow: OnRow, wanted: number | null): MarkupReader {
  const pages: MarkupPage[] = []
  const titles = new Set<string>()
  const open: OpenTable[] = []
  const depth = new Depth(name)
  let muted = 0
  let caption: string[] | null = null

  const say = (text: string): void => {
    if (muted > 0) return
    if (caption) {
      caption.push(text)
      return
    }
    for (const { cell, place } of open) {
      if (!cell || (place !== wanted && cell.length > GLANCE)) continue
      cell.parts.push(text === LINE_END ? text : text.replaceAll(LINE_END, ''))
      cell.length += text.length
    }
  }
  const closeCell = (table: OpenTable): void => {
    const { cell, grid } = table
    if (!cell) return
    table.cell = null
    grid.add({ text: shownText(cell.parts), columns: cell.columns, rows: cell.rows })
  }
  const closeRow = (table: OpenTable): void => {
    closeCell(table)
    if (!table.inRow) return
    table.inRow = false
    const row = table.grid.close()
    if (row) onRow(table.place, row)
  }
  const openRow = (table: OpenTable): void => {
    closeRow(table)
    table.grid.open()
    table.inRow = true
  }
  const openTable = (): void => {
    if (open.length >= MOST_NESTED) return
    const place = pages.length
    const title = `Table ${place + 1}`
    titles.add(title)
    pages.push({ title, isHidden: false, errors: 0, formulas: 0 })
    open.push({ place, grid: new Grid(name), inRow: false, cell: null })
  }
  const start = (tag: string, attributes: Record<string, string>): void => {
    depth.open()
    if (MUTE.has(tag)) muted += 1
    if (tag === 'br' || BLOCKS.has(tag)) say(LINE_END)
    if (tag === 'table') {
      openTable()
      return
    }
    const table = open.at(-1)
    if (!table) return
    if (tag === 'caption') caption = []
    else if (tag === 'tr') openRow(table)
    else if (tag === 'td' || tag === 'th') {
      if (!table.inRow) openRow(table)
      closeCell(table)
      const { colspan, rowspan } = attributes
      table.cell = { parts: [], length: 0, columns: span(colspan), rows: span(rowspan) }
    }
  }
  const endCaption = (table: OpenTable): void => {
    const page = pages[table.place]
    const title = shownText(caption ?? []).replaceAll('\n', ' ')
    if (page && title !== '' && !titles.has(title)) {
      titles.delete(page.title)
      titles.add(title)
      page.title = title
    }
    caption = null
  }
  const finish = (tag: string): void => {
    depth.close()
    if (MUTE.has(tag)) muted -= 1
    if (BLOCKS.has(tag)) say(LINE_END)
    const table = open.at(-1)
    if (!table) return
    if (tag === 'table') {
      closeRow(table)
      open.pop()
    } else if (tag === 'tr') closeRow(table)
    else if (tag === 'td' || tag === 'th') closeCell(table)
    else if (tag === 'caption' && caption) endCaption(table)
  }
  const parser = new Parser(
    { onopentag: start, onclosetag: finish, ontext: say },
    { decodeEntities: true },
  )
  return {
    write: (piece) => parser.write(piece),
    end: () => {
      parser.end()
      return pages
    },
  }
}
