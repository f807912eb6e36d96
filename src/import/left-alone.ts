import type { Store } from '../book/store/store.ts'
import { counted } from '../domain/text.ts'
import type { ColumnCells } from './left-out.ts'
import { columnTitle } from './map/header.ts'
import type { Proposal } from './map/target.ts'
import type { Cells } from './row-cells.ts'

const ROWS_SHOWN = 5
const REMARKS_SHOWN = 5
const COLUMNS_SHOWN = 8

/**
 * Gathers remarks on single rows, the first of which are shown. The others are only counted: what they
 * quote from a cell would keep the text around it in memory.
 */
export function rowRemarks() {
  const shown: string[] = []
  let more = 0
  return {
    /** @param remark makes the text, if it is to be shown. */
    add(remark: () => string): void {
      if (shown.length < REMARKS_SHOWN) shown.push(remark())
      else more += 1
    },
    notes: (): string[] => (more === 0 ? shown : [...shown, `… and ${more} more rows like these`]),
  }
}

interface Left {
  cells: number
  rows: number[]
  /** What they are about, if it is known. */
  columns: Set<string>
}

/** `: region, note and 3 more`; nothing if it is not known. */
function columnsText(columns: ReadonlySet<string>): string {
  if (columns.size === 0) return ''
  const shown = [...columns].slice(0, COLUMNS_SHOWN)
  const more = columns.size - shown.length
  return `: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** `row 3`, `rows 3, 8`, `rows 3, 8, 9, 12, 15 …`. */
export function rowsText(rows: readonly number[]): string {
  const shown = rows.slice(0, ROWS_SHOWN).join(', ')
  const more = rows.length > ROWS_SHOWN ? ' …' : ''
  return rows.length === 1 ? `row ${shown}` : `rows ${shown}${more}`
}

/** Cells of a field, or of a property by its name, that were left alone: how many, and one of them. */
export interface LeftCells {
  what: string
  cells: number
  sample: string
}

/** The same by the columns that they stand in. */
export function leftColumns(
  left: readonly LeftCells[],
  columns: readonly Proposal[],
): ColumnCells[] {
  return left.map(({ what, cells, sample }) => {
    const column = columns.find(
      ({ target }) =>
        (target.to === 'field' && target.field === what) ||
        (target.to === 'property' && target.name === what),
    )
    return { column: column ? columnTitle(column.header, column.index) : what, cells, sample }
  })
}

/** Tables whose rows a file never changes. */
const NEVER_CHANGED = new Set(['interactions', 'invoices', 'payments'])

const MAY_UPDATE = ' (--on-duplicate update takes them)'

/**
 * Counts the values of rows that were left alone, because the record of the row has another
 * one: from the book, or from an earlier row of the file.
 */
export function leftAlone(
  store: Store,
  table:
    | 'clients'
    | 'deals'
    | 'tasks'
    | 'interactions'
    | 'products'
    | 'deal_lines'
    | 'goals'
    | 'prices'
    | 'invoices'
    | 'payments',
) {
  const last = store.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() as number
  // Lines of deals have no row of their own to be named by.
  const rowOf = (id: number): unknown =>
    store.prepare(`SELECT import_row FROM ${table} WHERE id = ?`).pluck().get(id)
  const book: Left = { cells: 0, rows: [], columns: new Set() }
  const file: Left = { cells: 0, rows: [], columns: new Set() }
  const one = table.slice(0, -1)
  const found = new Map<string, LeftCells>()
  const keep = (what: string, cells: Cells): void => {
    const earlier = found.get(what)
    if (earlier) {
      earlier.cells += 1
      return
    }
    const property = cells.properties().find(({ name }) => name === what)
    found.set(what, { what, cells: 1, sample: cells.one(what) ?? property?.value ?? '' })
  }
  return {
    /** @param what fields of the row, or its properties by their names. */
    add(row: number, id: number, what: readonly string[], cells: Cells): void {
      if (what.length === 0) return
      const left = id > last ? file : book
      left.cells += what.length
      left.rows.push(row)
      for (const column of what) {
        left.columns.add(column)
        keep(column, cells)
      }
    },
    found: (): LeftCells[] => [...found.values()],
    /** The record as a note names it; one that the file added is named by its row. */
    called: (id: number): string =>
      id > last
        ? table === 'prices'
          ? 'an earlier row of this file'
          : `row ${Number(rowOf(id))} of this file`
        : `${one} ${id}`,
    notes(what: 'cell' | 'value'): string[] {
      const text = ({ cells, rows, columns }: Left, why: string): string[] =>
        cells === 0
          ? []
          : [
              `${counted(cells, what)} left alone (${rowsText(rows)}): ${why}${columnsText(columns)}`,
            ]
      const how = NEVER_CHANGED.has(table) ? '' : MAY_UPDATE
      return [
        ...text(book, `the book has another one${how}`),
        ...text(file, 'an earlier row of this file has another one'),
      ]
    },
  }
}
