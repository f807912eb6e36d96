import Table from 'cli-table3'
import type { Column, Section } from '../domain/table.ts'
import type { Currency } from '../domain/money.ts'
import { occurrences } from '../domain/occurrences.ts'
import {
  alignCells,
  bandLine,
  bandRoom,
  cut,
  GAP,
  type Grid,
  trimLines,
  visibleColumns,
  widthsOf,
} from './grid.ts'
import { screenGrid, textsOf, withoutEmpty, wrapCells } from './screen-grid.ts'
import type { Screen } from './screen.ts'
import { type Style, styleOf } from './style.ts'
import { isNumeric } from './text.ts'
import { type Width, widthFor } from './width.ts'
import { wrap } from './wrap.ts'
import { addAll, maxOf } from '../domain/lists.ts'

/** The least width of a column of text, and of the one that names the rows. */
const NARROWEST = 10
const NARROWEST_NAME = 20

/** Long text has room before columns that may be left out do, else no less than the second. */
const ROOMY_WRAPPED = 20
const NARROWEST_WRAPPED = 14

/** The labels, and the rule below them. */
const HEAD_LINES = 2

function total(widths: number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP)
}

/** Narrows the widest columns of text until the line fits. Null if that is not enough. */
function narrow(
  widths: number[],
  columns: Column[],
  limit: number,
  leastName = NARROWEST_NAME,
): number[] | null {
  const fitted = [...widths]
  const name = columns.findIndex((column) => !isNumeric(column.type))
  const leastWrapped = columns.some(({ optional }) => optional) ? ROOMY_WRAPPED : NARROWEST_WRAPPED
  while (total(fitted) > limit) {
    let widest = -1
    columns.forEach((column, index) => {
      const width = fitted[index] ?? 0
      const least = index === name ? leastName : column.wrap ? leastWrapped : NARROWEST
      if (isNumeric(column.type) || column.whole || width <= least) return
      if (widest < 0 || width > (fitted[widest] ?? 0)) widest = index
    })
    if (widest < 0) return null
    fitted[widest] = (fitted[widest] ?? 0) - 1
  }
  return fitted
}

/**
 * Leaves out columns from the right until the rest fits the screen; the first never, lasting ones only after all
 * others, and those of long text last.
 */
function fit(
  section: Section,
  currency: Currency | null,
  limit: number,
  width: Width,
  leastName: number,
): { grid: Grid; widths: number[]; dropped: Column[] } {
  let columns = visibleColumns(section)
  const dropped: Column[] = []
  for (;;) {
    const grid = screenGrid(section, currency, columns)
    const needed = widthsOf(grid, width)
    const widths = narrow(needed, columns, limit, leastName) ?? narrow(needed, columns, limit)
    if (widths) {
      const wider = bandRoom(grid.bands, widths, width, limit - total(widths))
      return { grid, widths: wider, dropped }
    }
    const others = columns.slice(1)
    const last =
      others.findLast((column) => !column.wrap && !column.lasting) ??
      others.findLast((column) => !column.wrap) ??
      others.at(-1)
    if (!last) return { grid, widths: needed, dropped }
    dropped.unshift(last)
    columns = columns.filter((column) => column !== last)
  }
}

// Lines between cells would take two columns each; a rule under the head is enough.
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
}

/** Highlights the words that a column should stress. */
function emphasise(line: string[], columns: Column[], style: Style): string[] {
  return line.map((text, index) => {
    const words = columns[index]?.emphasis ?? []
    if (words.length === 0) return text
    let marked = ''
    let at = 0
    for (const { from, to } of occurrences(text, words)) {
      marked += text.slice(at, from) + style.mark(text.slice(from, to))
      at = to
    }
    return marked + text.slice(at)
  })
}

/**
 * Columns that belong together stay together: as many of them as fit next to the names of the rows
 * make a table, the rest further ones below it.
 */
function tablesOf(section: Section, currency: Currency | null, limit: number, width: Width) {
  const [name, ...columns] = visibleColumns(section)
  if (!name || columns.every(({ band }) => band === undefined)) return [section]
  const size = (some: Column[]): number => {
    const grid = screenGrid(section, currency, [name, ...some])
    return total(bandRoom(grid.bands, widthsOf(grid, width), width))
  }
  const tables: Column[][] = []
  // Columns without a group go below the rest.
  const bands = new Set(columns.map((column) => column.band))
  if (bands.delete(undefined)) bands.add(undefined)
  for (const band of bands) {
    const own = columns.filter((column) => column.band === band)
    const longer = [...(tables.at(-1) ?? []), ...own]
    if (tables.length > 0 && size(longer) <= limit) tables[tables.length - 1] = longer
    else tables.push(own)
  }
  return tables.map((some) => ({ ...section, columns: [name, ...some] }))
}

/** A table for a terminal, cut to its width; columns that did not fit are named below it. */
export async function terminalTable(
  section: Section,
  currency: Currency | null,
  screen: Screen,
  style: Style,
): Promise<string> {
  const seen = withoutEmpty(section)
  const width = await widthFor(textsOf(screenGrid(seen, currency, visibleColumns(seen))))
  const limit = screen.width ?? Infinity
  return tablesOf(seen, currency, limit, width)
    .map((table) => drawTable(table, currency, limit, { width, screen, style }))
    .join('\n\n')
}

/** Next to a column that is never cut, the names of the rows keep this many columns. */
const ROOMY_NAME = 40

/** The column that goes below its rows, as the screen is too narrow for it next to the others. */
function columnBelow(
  section: Section,
  currency: Currency | null,
  limit: number,
  width: Width,
): Column | undefined {
  const columns = visibleColumns(section)
  const below = columns.find(({ under }) => under)
  if (!below) return undefined
  const widths = widthsOf(screenGrid(section, currency, columns), width)
  const name = columns.findIndex((column) => !isNumeric(column.type))
  const fitted = narrow(widths, columns, limit)
  const wanted = Math.min(widths[name] ?? 0, ROOMY_NAME)
  return fitted && (fitted[name] ?? 0) >= wanted ? undefined : below
}

/** How many lines the rows of a section take, with what stands below them. */
export async function linesOfRows(
  section: Section,
  currency: Currency | null,
  screen: Screen,
): Promise<number> {
  const style = await styleOf({ ...screen, colour: false })
  const table = await terminalTable(section, currency, screen, style)
  return table.split('\n').length - HEAD_LINES
}

function drawTable(
  section: Section,
  currency: Currency | null,
  limit: number,
  tools: { width: Width; screen: Screen; style: Style },
): string {
  const below = columnBelow(section, currency, limit, tools.width)
  if (!below) return drawSideBySide(section, currency, limit, tools)
  const columns = section.columns.filter((column) => column !== below)
  const under = screenGrid(section, currency, [below]).body.map(([text = '']) => text)
  return drawSideBySide({ ...section, columns }, currency, limit, tools, under)
}

/** @param under the text below each row, if any. */
function drawSideBySide(
  section: Section,
  currency: Currency | null,
  limit: number,
  { width, screen, style }: { width: Width; screen: Screen; style: Style },
  under?: readonly string[],
): string {
  const { grid, widths, dropped } = fit(
    section,
    currency,
    limit,
    width,
    under ? ROOMY_NAME : NARROWEST_NAME,
  )
  const rule = widths.map((size) => (screen.unicode ? '─' : '-').repeat(size))
  const rows = wrapCells(grid, widths, width)
  const body = rows.flat()
  const fitted = (line: string[]): string[] =>
    line.map((text, index) => cut(text, widths[index] ?? 0, width))
  // Some columns that stand alone have no total.
  const hasFoot = grid.foot?.some((cell, index) => index > 0 && cell !== '')
  const foot = grid.foot && hasFoot ? [rule, fitted(grid.foot)] : []
  const lines = [fitted(grid.head), rule, ...body, ...foot]
  const painted = lines.map((line, at) => {
    if (line === rule) return line.map(style.dim)
    const isBody = at >= HEAD_LINES && at < HEAD_LINES + body.length
    return isBody ? emphasise(line, grid.columns, style) : line.map(style.bold)
  })
  const names = dropped.map((column) => column.label).join(', ')
  const hint = wrap(`not shown at this width: ${names}`.split(' '), ' ', limit)
  const note = dropped.length > 0 ? `\n${style.dim(hint)}` : ''
  const bands = grid.bands ? `${style.bold(bandLine(grid.bands, widths, width).trimEnd())}\n` : ''
  const drawn = trimLines(
    lines.length > MOST_LINES
      ? alignCells(lines, grid.columns, widths, width, painted)
      : drawTableLines(painted, grid.columns, widths),
  )
  const longest = maxOf((under ?? []).map(width), 0)
  const indent = ' '.repeat(Math.max(0, Math.min(indentOf(grid.columns, widths), limit - longest)))
  return (
    bands +
    (under
      ? interleave(
          drawn,
          under,
          rows.map(({ length }) => length),
          indent,
        )
      : drawn) +
    note
  )
}

/** How far from the left the longest texts of the rows begin, else their names. */
function indentOf(columns: readonly Column[], widths: readonly number[]): number {
  const text = columns.findIndex(({ wrap: isLong }) => isLong)
  const place = text < 0 ? columns.findIndex((column) => !isNumeric(column.type)) : text
  return widths.slice(0, place).reduce((sum, size) => sum + size + GAP, 0)
}

/** Puts a text below each row of a table; a row is this many lines high. */
function interleave(
  drawn: string,
  under: readonly string[],
  heights: readonly number[],
  indent: string,
): string {
  const lines = drawn.split('\n')
  let at = HEAD_LINES
  const rows = heights.flatMap((height, index) => {
    const row = lines.slice(at, (at += height))
    return [...row, indent + (under[index] ?? '')]
  })
  return [...lines.slice(0, HEAD_LINES), ...rows, ...lines.slice(at)].join('\n')
}

/** Longer tables are drawn as a plain grid: the time that cli-table3 takes grows with the square of the lines. */
const MOST_LINES = 100

function drawTableLines(lines: string[][], columns: Column[], widths: number[]): string {
  const table = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: widths,
    colAligns: columns.map((column) => (isNumeric(column.type) ? 'right' : 'left')),
  })
  addAll(table, lines)
  return table.toString()
}
