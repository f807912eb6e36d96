import { Fault } from '../domain/fault.ts'
import { unmarked } from '../domain/inert.ts'
import { fieldsOf, type ImportKind } from './map/fields.ts'
import { type Proposal, proposeColumns, type Target } from './map/propose.ts'
import type { ImportPlan } from './plan.ts'
import { openTable, type Table } from './recognise/table.ts'

/** A file whose table was found and whose columns have a proposal. */
export interface Prepared {
  table: Table
  columns: Proposal[]
  /** The cells of the first rows. */
  samples: string[][]
}

/** Rows looked at to recognise columns by what they hold. */
const SAMPLES = 50

async function sampleOf(table: Table): Promise<string[][]> {
  const samples: string[][] = []
  for await (const row of table.rows()) {
    if (row.reject === undefined) samples.push(row.cells.map(unmarked))
    if (samples.length >= SAMPLES) break
  }
  return samples
}

function checkDefaults(kind: ImportKind, defaults: ReadonlyMap<string, string>): void {
  const known = fieldsOf(kind).map((field) => field.name)
  for (const field of defaults.keys()) {
    if (known.includes(field)) continue
    throw new Fault('usage', `there is no field “${field}”`, `use one of: ${known.join(', ')}`)
  }
}

/**
 * Finds the table of a file and proposes what its columns are. Writes nothing.
 * @param saved the targets of a profile, chosen by the file's headers.
 * @throws Fault `usage` where the file is no spreadsheet or a wish names what is not there.
 */
export async function prepareImport(
  plan: ImportPlan,
  saved: (headers: string[]) => Map<string, Target> | undefined,
): Promise<Prepared> {
  checkDefaults(plan.kind, plan.defaults)
  const table = await openTable(plan.file, plan)
  const samples = await sampleOf(table)
  const { kind, wishes } = plan
  const columns = proposeColumns(kind, table.headers, wishes, samples, saved(table.headers))
  return { table, columns, samples }
}
