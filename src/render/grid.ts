import type { Column, Row, Section } from '../domain/table.ts'
import type { Currency } from '../domain/money.ts'
import { tidyName } from '../domain/name.ts'
import { formatter, isNumeric } from './text.ts'
import { type Width, widthFor } from './width.ts'
import { maxOf } from '../domain/lists.ts'

/** A section as text: what a table has to draw. */
export interface Grid {
  columns: Column[]
  /** The names over columns that belong together; null if no column has one. */
  bands: string[] | null
  head: string[]
  body: string[][]
  foot: string[] | null
}

/** Columns between two columns of a table. */
export const GAP = 2

/** Turns a section's values into text, for the columns given; `wraps` where cells may have lines. */
export function gridOf(
  section: Section,
  currency: Currency | null,
  columns: Column[],
  wraps = false,
): Grid {
  const { footer } = section
  const all = footer ? [...section.rows, footer] : section.rows
  const formats = columns.map((column) =>
    formatter(column, all, currency, wraps && column.wrap === true),
  )
  const line = (row: Row): string[] =>
    columns.map((column, index) => formats[index]?.(row[column.key]) ?? '')
  // A total has nothing to say in some columns; that is not the same as unknown.
  const foot = footer
    ? line(footer).map((text, index) => ((columns[index]?.key ?? '') in footer ? text : ''))
    : null
  return {
    columns,
    bands: columns.some(({ band }) => band !== undefined)
      ? columns.map(({ band = '' }) => band)
      : null,
    head: columns.map((column) => column.label),
    body: section.rows.map(line),
    foot,
  }
}

/** The lines of a grid: head, body, foot. */
export function linesOf(grid: Grid): string[][] {
  return [grid.head, ...grid.body, ...(grid.foot ? [grid.foot] : [])]
}

/** The width that each column needs. */
export function widthsOf(grid: Grid, width: Width): number[] {
  return grid.columns.map((_, index) =>
    maxOf(
      linesOf(grid).flatMap((line) => (line[index] ?? '').split('\n').map((part) => width(part))),
    ),
  )
}

/** The columns that people see. */
export function visibleColumns(section: Section): Column[] {
  return section.columns.filter((column) => !column.hidden)
}

/** Columns under one name: from `first` to `last`, both included. */
interface Band {
  name: string
  first: number
  last: number
}

/** The names over columns that belong together, left to right. */
function bandsOf(bands: readonly string[]): Band[] {
  return bands.flatMap((name, first): Band[] => {
    if (name === '' || name === bands[first - 1]) return []
    const next = bands.findIndex((other, place) => place > first && other !== name)
    return [{ name: tidyName(name), first, last: (next < 0 ? bands.length : next) - 1 }]
  })
}

function roomOf({ first, last }: Band, widths: readonly number[]): number {
  return widths.slice(first, last + 1).reduce((sum, size) => sum + size + GAP, -GAP)
}

/**
 * Widths with room for the names over the columns, as far as `spare` goes: the last column under a
 * name that is longer than its columns becomes wider.
 */
export function bandRoom(
  bands: readonly string[] | null,
  widths: readonly number[],
  width: Width,
  spare = Infinity,
): number[] {
  const wider = [...widths]
  let left = spare
  for (const band of bandsOf(bands ?? [])) {
    const more = Math.min(left, Math.max(0, width(band.name) - roomOf(band, wider)))
    wider[band.last] = (wider[band.last] ?? 0) + more
    left -= more
  }
  return wider
}

/**
 * The line of names over columns that belong together, each over the first of them and no longer
 * than they are.
 */
export function bandLine(
  bands: readonly string[],
  widths: readonly number[],
  width: Width,
): string {
  let line = ''
  for (const band of bandsOf(bands)) {
    const at = widths.slice(0, band.first).reduce((sum, size) => sum + size + GAP, 0)
    line += ' '.repeat(Math.max(0, at - width(line))) + cut(band.name, roomOf(band, widths), width)
  }
  return line
}

/** A text cut to a width. */
export function cut(text: string, room: number, width: Width): string {
  if (width(text) <= room) return text
  const letters = Array.from(text)
  // The most letters that fit, by binary search: a text may be as long as a book.
  let fits = 0
  let tooMany = letters.length
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2)
    if (width(letters.slice(0, half).join('')) <= room - 1) fits = half
    else tooMany = half
  }
  return `${letters.slice(0, fits).join('')}…`
}

/** Removes the spaces at the ends of lines. */
export function trimLines(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      let end = line.length
      while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1
      return line.slice(0, end)
    })
    .join('\n')
}

/**
 * Pads a text with spaces, on the left if it is right-aligned.
 * @param painted the same text with colours, which take no room.
 */
export function pad(
  text: string,
  columns: number,
  width: Width,
  right = false,
  painted = text,
): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)))
  return right ? space + painted : painted + space
}

/** Lines of cells as aligned text: numbers to the right. @param painted the same cells with colours. */
export function alignCells(
  lines: readonly string[][],
  columns: readonly Column[],
  widths: readonly number[],
  width: Width,
  painted = lines,
): string {
  const rights = columns.map(({ type }) => isNumeric(type))
  const text = lines.map((line, row) =>
    line
      .map((cell, at) => pad(cell, widths[at] ?? 0, width, rights[at], painted[row]?.[at]))
      .join(' '.repeat(GAP)),
  )
  return text.join('\n')
}

/** A table for a pipe or a file: aligned columns, nothing cut, no lines. */
export async function plainTable(section: Section, currency: Currency | null): Promise<string> {
  const grid = gridOf(section, currency, visibleColumns(section))
  const width = await widthFor([...linesOf(grid).flat(), ...(grid.bands ?? [])])
  const widths = bandRoom(grid.bands, widthsOf(grid, width), width)
  const bands = grid.bands ? [bandLine(grid.bands, widths, width)] : []
  const text = alignCells(linesOf(grid), grid.columns, widths, width)
  return trimLines([...bands, text].join('\n'))
}
