import type { Currency } from '../domain/money.ts'
import type { Column, Row, Section } from '../domain/table.ts'
import { cut, type Grid, gridOf, linesOf } from './grid.ts'
import type { Width } from './width.ts'
import { wrapText } from './wrap.ts'
import { maxOf } from '../domain/lists.ts'

/** A cell takes no more lines than this. */
const MOST_LINES = 8

/** A section as text for a terminal, where cells of long text keep their lines. */
export function screenGrid(section: Section, currency: Currency | null, columns: Column[]): Grid {
  return gridOf(section, currency, columns, true)
}

function isEmpty(rows: readonly Row[], key: string): boolean {
  return rows.every((row) => (row[key] ?? '') === '')
}

/** A section without the columns that say nothing and may be left out then. */
export function withoutEmpty(section: Section): Section {
  const { columns, rows } = section
  return {
    ...section,
    columns: columns.filter(({ key, optional }) => !optional || !isEmpty(rows, key)),
  }
}

/** The texts of a grid, line by line. */
export function textsOf(grid: Grid): string[] {
  const cells = [...linesOf(grid).flat(), ...(grid.bands ?? [])]
  return cells.flatMap((cell) => cell.split('\n'))
}

function wrapCell(text: string, room: number, width: Width): string[] {
  const lines = wrapText(text, room, width)
  const shown = lines.slice(0, MOST_LINES)
  if (lines.length > MOST_LINES) shown.push(cut(`${shown.pop()}…`, room, width))
  return shown
}

/** The rows of a grid, each as the lines that it takes: long text is broken to the width of its column, other text cut. */
export function wrapCells(grid: Grid, widths: readonly number[], width: Width): string[][][] {
  return grid.body.map((row) => {
    const cells = row.map((text, index) =>
      grid.columns[index]?.wrap
        ? wrapCell(text, widths[index] ?? 0, width)
        : [cut(text, widths[index] ?? 0, width)],
    )
    const height = maxOf(cells.map(({ length }) => length))
    return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''))
  })
}
