import { unescapeFormula } from '../domain/csv-injection.ts'
import { tidyName } from '../domain/name.ts'
import { hasProperties, type ImportKind } from './map/fields.ts'
import { columnTitle } from './map/header.ts'
import type { Proposal } from './map/target.ts'

/** A column and what is in it: how many cells are not empty, and one of them. */
export interface ColumnCells {
  column: string
  cells: number
  sample: string
}

/** What in the imported rows did not go into a field. */
export interface Unclaimed {
  /** Columns that nothing in the book took, except those the person had left out. */
  leftOut: ColumnCells[]
  /** Cells under no header, kept as properties. */
  kept: ColumnCells[]
  /** Those of them behind the last header, where the table has no column. */
  beyond: ColumnCells[]
}

// What a row of a history says only about an event that it names.
const OF_EVENTS = new Set(['note', 'reason', 'cost', 'expected-close', 'chance'])

/** Is a column reported only here? Wishes, profiles and the column of reasons have been reported. */
function isSilent({ target, by }: Proposal): boolean {
  return target.to === 'nothing' && by === 'none'
}

function unread(kind: ImportKind, columns: readonly Proposal[]): (column: Proposal) => boolean {
  const namesEvents = columns.some(
    ({ target }) => target.to === 'field' && target.field === 'event',
  )
  if (kind !== 'history' || namesEvents) return isSilent
  return (column) =>
    isSilent(column) || (column.target.to === 'field' && OF_EVENTS.has(column.target.field))
}

/** Counts, over the imported rows, the cells that go into no field. */
export function unclaimedCells(
  kind: ImportKind,
  columns: readonly Proposal[],
): { see: (cells: readonly string[]) => void; found: () => Unclaimed } {
  const width = columns.length
  const watched = columns.filter(unread(kind, columns)).map(({ index }) => index)
  const nameless = columns.filter(
    ({ header, target, by }) =>
      tidyName(header) === '' && by === 'none' && target.to === 'property',
  )
  const seen = new Map<number, ColumnCells>()
  const take = (index: number, cell: string | undefined): void => {
    const text = tidyName(unescapeFormula(cell ?? ''))
    if (text === '') return
    const known = seen.get(index)
    if (known) known.cells += 1
    else
      seen.set(index, {
        column: columnTitle(columns[index]?.header ?? '', index),
        cells: 1,
        sample: text,
      })
  }
  const places = [...watched, ...nameless.map(({ index }) => index)]
  return {
    see(cells) {
      for (const index of places) take(index, cells[index])
      for (let index = width; index < cells.length; index += 1) take(index, cells[index])
    },
    found() {
      const all = [...seen].toSorted(([one], [other]) => one - other)
      const keeps = hasProperties(kind)
      const isKept = (index: number): boolean =>
        index >= width ? keeps : nameless.some((column) => column.index === index)
      const of = (kept: boolean): ColumnCells[] =>
        all.filter(([index]) => isKept(index) === kept).map(([, cells]) => cells)
      const beyond = all.filter(([index]) => index >= width && keeps).map(([, cells]) => cells)
      return { leftOut: of(false), kept: of(true), beyond }
    },
  }
}
