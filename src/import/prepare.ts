import { unescapeFormula } from '../domain/csv-injection.ts'
import { type KnownNames, type Proposal, proposeColumns, type Target } from './map/propose.ts'
import { ownProfile } from './map/own-export.ts'
import type { ImportPlan } from './plan.ts'
import { withoutEntities } from './recognise/entity-columns.ts'
import { openTable, type Table } from './recognise/table.ts'

/** A file whose table was found and whose columns have a proposal. */
export interface Prepared {
  table: Table
  columns: Proposal[]
  /** The cells of the first rows. */
  samples: string[][]
}

/** How many rows are read to recognise columns by their content. */
const SAMPLES = 50

async function sampleOf(table: Table): Promise<string[][]> {
  const samples: string[][] = []
  for await (const batch of table.batches()) {
    const taken = batch.filter((row) => row.reject === undefined)
    const cells = taken.slice(0, SAMPLES - samples.length).map((row) => row.cells)
    for (const row of cells) samples.push(row.map(unescapeFormula))
    if (samples.length >= SAMPLES) break
  }
  return samples
}

/**
 * Finds the table of a file and proposes what its columns are. Writes nothing.
 * @param saved the targets of a profile, chosen by the file's headers.
 * @param known names of the book.
 * @throws Fault `usage` if the file is not a spreadsheet or a wish names what is not there.
 */
export async function prepareImport(
  plan: ImportPlan,
  saved: (headers: string[]) => Map<string, Target> | undefined,
  known: KnownNames,
): Promise<Prepared> {
  const opened = await openTable(plan.file, plan)
  // What an export wrote is exactly what was in the book.
  const isOwn = ownProfile(plan.kind, opened.headers) !== undefined
  const table = isOwn ? opened : await withoutEntities(opened)
  const samples = await sampleOf(table)
  const { kind, wishes } = plan
  const { headers } = table
  const columns = proposeColumns(kind, headers, wishes, samples, saved(headers), known)
  return { table, columns, samples }
}
