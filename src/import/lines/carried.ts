import { unescapeFormula } from '../../domain/csv-injection.ts'
import { maxOf } from '../../domain/lists.ts'
import { counted } from '../../domain/text.ts'
import type { Proposal } from '../map/target.ts'
import type { Table, TableRow } from '../recognise/table.ts'
import type { MappedTable } from '../value-map/table.ts'
import { OF_DEAL } from './find-deal.ts'

/** A row with the cells of the columns that it leaves empty taken from another. */
function filled(cells: readonly string[], above: readonly string[], columns: readonly number[]) {
  const width = maxOf(
    columns.map((index) => index + 1),
    cells.length,
  )
  const all = Array.from({ length: width }, (_, index) => cells[index] ?? '')
  for (const index of columns) all[index] = above[index] ?? ''
  return all
}

/**
 * A table of lines in which every row names its deal: one that names none continues the deal above, as programs and
 * merged cells write it. So a row that is rejected goes with its deal into the file of rejects.
 * @param defaults texts for fields whose cells are blank: a default for the deal is what such rows mean.
 */
export function carryDeals(
  mapped: MappedTable,
  columns: readonly Proposal[],
  defaults: ReadonlyMap<string, string>,
): MappedTable {
  const places = columns.flatMap(({ target, index }) =>
    target.to === 'field' && OF_DEAL.some((field) => field === target.field) ? [index] : [],
  )
  if (places.length === 0 || OF_DEAL.some((field) => defaults.has(field))) return mapped
  const { table } = mapped
  let continued = 0
  async function* batches(onBytes?: Parameters<Table['batches']>[0]): AsyncGenerator<TableRow[]> {
    let above: TableRow | null = null
    continued = 0
    const carry = (row: TableRow): TableRow => {
      if (row.reject !== undefined) {
        // Where the cells of a longer row belong is not known, nor which deal it is of.
        if (row.cells.length > columns.length) above = null
        return row
      }
      if (places.some((index) => unescapeFormula(row.cells[index] ?? '').trim() !== '')) {
        above = row
        return row
      }
      if (!above) return row
      continued += 1
      const written = filled(row.written ?? row.cells, above.written ?? above.cells, places)
      return { ...row, cells: filled(row.cells, above.cells, places), written }
    }
    for await (const batch of table.batches(onBytes)) yield batch.map(carry)
  }
  return {
    ...mapped,
    table: { ...table, batches },
    notes() {
      const { notes, loud } = mapped.notes()
      if (continued === 0) return { notes, loud }
      const rows = `${counted(continued, 'row')} without a deal taken as lines of the deal above`
      return { notes: [...notes, rows], loud }
    },
  }
}
