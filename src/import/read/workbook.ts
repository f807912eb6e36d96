import type { Kind } from './kind.ts'
import { readApart } from './reader.ts'
import type { Lines, RawRow } from './source.ts'

const BATCH = 1000

/**
 * Opens a sheet of a workbook: XLSX, XLSM, XLSB, XLS or ODS.
 * @throws Fault `usage` if the file is not a workbook, is protected or damaged, or has no such sheet.
 */
export async function openWorkbook(
  file: string,
  name: string,
  kind: Kind,
  wish?: string,
): Promise<Lines> {
  const { sheet, notes, rows } = await readApart({ file, name, kind, sheet: wish })
  async function* batches(): AsyncGenerator<RawRow[]> {
    for (let at = 0; at < rows.length; at += BATCH) {
      yield rows.slice(at, at + BATCH)
      // Nothing else here waits for anything, so a Ctrl-C would go unnoticed.
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    }
  }
  return { sheet, encoding: null, delimiter: null, notes, batches }
}
