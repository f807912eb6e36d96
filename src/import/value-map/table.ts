import { unescapeFormula } from '../../domain/csv-injection.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { nearest } from '../map/field-words.ts'
import { columnTitle } from '../map/header.ts'
import type { Proposal } from '../map/target.ts'
import { joinedValues } from '../own-export/joined-values.ts'
import type { Table, TableRow } from '../recognise/table.ts'
import { LONGEST_VALUE } from '../row-cells.ts'
import { splitValues } from '../split-values.ts'
import type { ValueMapping } from './wishes.ts'

/** How often a value of a column was read as another. */
export interface MappedValue {
  column: string
  from: string
  to: string
  cells: number
}

/** A table whose cells say what they stand for. */
export interface MappedTable {
  table: Table
  /** What was replaced when the table was last read. */
  values: () => MappedValue[]
  /** Notes on that: what was replaced, and what was said of values that no cell has. */
  notes: () => { notes: string[]; loud: string[] }
}

/** Fields whose cells may hold several values. */
const LISTS = new Set(['category', 'tag'])

/** How many different cells of a column are looked through for the one that a misspelt value may mean. */
const MOST_SEEN = 200

const VALUES_SHOWN = 8

/** Replaces the cells of one column. */
class Column {
  readonly title: string
  readonly #targets: Map<string, ValueMapping>
  readonly #isList: boolean
  #counts = new Map<ValueMapping, number>()
  #seen = new Set<string>()

  constructor({ header, index, target }: Proposal, mappings: readonly ValueMapping[]) {
    this.title = columnTitle(header, index)
    this.#targets = new Map(mappings.map((mapping) => [nameKey(mapping.from), mapping]))
    this.#isList = target.to === 'field' && LISTS.has(target.field)
  }

  restart(): void {
    this.#counts = new Map()
    this.#seen = new Set()
  }

  #whole(text: string): string | undefined {
    const mapping = this.#targets.get(nameKey(text))
    if (!mapping) {
      if (this.#seen.size < MOST_SEEN) this.#seen.add(tidyName(text))
      return undefined
    }
    this.#counts.set(mapping, (this.#counts.get(mapping) ?? 0) + 1)
    return mapping.to
  }

  /** What a cell stands for; undefined if it stays. */
  read(cell: string): string | undefined {
    const text = unescapeFormula(cell)
    if (text.trim() === '' || text.length > LONGEST_VALUE) return undefined
    const parts = this.#isList ? splitValues([text]) : []
    if (parts.length < 2) return this.#whole(parts[0] ?? text)
    const found = parts.map((part) => this.#whole(part))
    if (found.every((part) => part === undefined)) return undefined
    const all = found.map((part, place) => part ?? parts[place] ?? '')
    return joinedValues(all.filter(Boolean)) ?? ''
  }

  values(): MappedValue[] {
    return [...this.#counts].map(([{ from, to }, cells]) => ({
      column: this.title,
      from,
      to,
      cells,
    }))
  }

  /** Said of a value that no cell has. */
  unused(): string[] {
    return [...this.#targets.values()]
      .filter((mapping) => mapping.isSaid && !this.#counts.has(mapping))
      .map(({ from }) => {
        const near = nearest(from, [...this.#seen])
        const meant = near === null ? '' : `; did you mean “${near}”?`
        return `no cell of the column “${this.title}” is “${from}”${meant}`
      })
  }
}

function note(title: string, values: readonly MappedValue[]): string[] {
  if (values.length === 0) return []
  const shown = values
    .slice(0, VALUES_SHOWN)
    .map(({ from, to, cells }) => `${from} → ${to === '' ? 'nothing' : to} (${cells})`)
  const more = values.length - shown.length
  const others = more > 0 ? ` and ${more} more` : ''
  return [`values of the column “${title}” were read as: ${shown.join(', ')}${others}`]
}

/** The table with its values replaced by what they stand for. Each row keeps its cells as they were written. */
export function mapValues(
  table: Table,
  columns: readonly Proposal[],
  mappings: readonly ValueMapping[],
): MappedTable {
  const readers = columns.flatMap((column): [number, Column][] => {
    const own = mappings.filter(({ index }) => index === column.index)
    return own.length === 0 ? [] : [[column.index, new Column(column, own)]]
  })
  if (readers.length === 0) {
    return { table, values: () => [], notes: () => ({ notes: [], loud: [] }) }
  }
  const mapRow = (row: TableRow): TableRow => {
    const replaced = readers.flatMap(([index, column]): [number, string][] => {
      const to = column.read(row.cells[index] ?? '')
      return to === undefined ? [] : [[index, to]]
    })
    if (replaced.length === 0) return row
    const cells = [...row.cells]
    const typed = row.typed && [...row.typed]
    for (const [index, to] of replaced) {
      cells[index] = to
      if (typed) typed[index] = undefined
    }
    return { ...row, cells, ...(typed && { typed }), written: row.cells }
  }
  async function* batches(onBytes?: Parameters<Table['batches']>[0]): AsyncGenerator<TableRow[]> {
    for (const [, column] of readers) column.restart()
    for await (const batch of table.batches(onBytes)) {
      yield batch.map((row) => (row.reject === undefined ? mapRow(row) : row))
    }
  }
  return {
    table: { ...table, batches },
    values: () => readers.flatMap(([, column]) => column.values()),
    notes: () => ({
      notes: readers.flatMap(([, column]) => note(column.title, column.values())),
      loud: readers.flatMap(([, column]) => column.unused()),
    }),
  }
}
