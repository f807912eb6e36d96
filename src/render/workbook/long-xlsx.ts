import { Zip, ZipDeflate } from 'fflate'
import { Fault } from '../../domain/fault.ts'
import type { Cell, LongTable } from '../../domain/table.ts'
import { cellXml, columnLetters, HINT, widthOf } from './cells.ts'
import { FIXED_PARTS, SHEET_END, SHEET_PATH, sheetStart, workbookXml } from './parts.ts'
import { stylesXml } from './styles.ts'

const MOST_ROWS = 1_048_576
const WIDEST = 50
const NARROWEST = 8

/** Columns are as wide as what the first rows hold: later rows are not known yet when a sheet begins. */
const ROWS_MEASURED = 1000

/** XML goes to the archive in pieces of about this many letters. */
const PIECE = 1 << 18

const HEADER = { type: 'text' } as const

/** The compression level: a higher one takes twice the time and saves a tenth. */
const LEVEL = 3

/** A zip archive that is written as it grows. */
function archive() {
  let made: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    made.push(bytes)
  })
  return {
    /** Begins an entry. @returns what adds to it. */
    add(path: string): (xml: string, isLast: boolean) => void {
      const entry = new ZipDeflate(path, { level: LEVEL })
      zip.add(entry)
      return (xml, isLast) => entry.push(Buffer.from(xml), isLast)
    },
    end: () => zip.end(),
    /** What has been produced since the last call. */
    take(): Buffer {
      const bytes = Buffer.concat(made)
      made = []
      return bytes
    },
  }
}

/** The rows of a sheet as XML, in pieces. @throws Fault `failed` if they are too many for one. */
async function* sheetXml({ columns, currency, rows }: LongTable): AsyncGenerator<string> {
  const letters = columns.map((_, at) => columnLetters(at))
  let lines = 0
  const row = (cells: readonly string[]): string => `<row r="${lines}">${cells.join('')}</row>`
  const next = (values: readonly (Cell | undefined)[]): string => {
    lines += 1
    if (lines > MOST_ROWS) {
      throw new Fault('failed', 'there are more rows than a workbook can hold', HINT)
    }
    return row(
      columns.map((column, at) => cellXml(`${letters[at]}${lines}`, values[at], column, currency)),
    )
  }
  const begin = (first: readonly Cell[][]): string => {
    const widths = columns.map((column, at) => {
      const wide = (most: number, values: readonly Cell[]): number =>
        Math.max(most, widthOf(values[at], column))
      const widest = first.reduce(wide, column.key.length)
      return Math.min(WIDEST, Math.max(NARROWEST, widest + 2))
    })
    lines = 1
    const head = columns.map(({ key }, at) => cellXml(`${letters[at]}1`, key, HEADER, null))
    return sheetStart(widths) + row(head) + first.map(next).join('')
  }
  let measured: Cell[][] | null = []
  let waiting = ''
  for await (const values of rows) {
    if (measured) {
      measured.push(values)
      if (measured.length < ROWS_MEASURED) continue
      waiting = begin(measured)
      measured = null
    } else waiting += next(values)
    if (waiting.length < PIECE) continue
    yield waiting
    waiting = ''
  }
  yield (measured ? begin(measured) : waiting) + SHEET_END
}

/**
 * A table as a workbook (ECMA-376), made while its rows come: typed cells, the header frozen, columns as
 * wide as what their first thousand rows hold.
 * @throws Fault `failed` if a text or the table is longer than a workbook can hold.
 */
export async function* longXlsx(table: LongTable): AsyncGenerator<Buffer> {
  const zip = archive()
  for (const [path, xml] of FIXED_PARTS) zip.add(path)(xml, true)
  // Workbooks reserve this name.
  zip.add('xl/workbook.xml')(
    workbookXml(table.name === 'history' ? 'deal history' : table.name),
    true,
  )
  zip.add('xl/styles.xml')(stylesXml(table.currency), true)
  const sheet = zip.add(SHEET_PATH)
  for await (const xml of sheetXml(table)) {
    sheet(xml, false)
    yield zip.take()
  }
  sheet('', true)
  zip.end()
  yield zip.take()
}
