import type { Fault } from '../../../domain/fault.ts'
import { emptyCellNotes } from '../cell-notes.ts'
import { notASpreadsheet } from '../kind.ts'
import { emptyPage, findPage, otherPages, type Page, sizeOfTable } from '../pages.ts'
import type { Lines, Progress, RawRow, TextFile } from '../source.ts'
import { htmlReader } from './html.ts'
import type { NewReader } from './reader.ts'
import { spreadsheetReader } from './spreadsheet-xml.ts'

/** Rows by which a table is judged. */
const TOP = 30
/** A single cell in a web page is layout; several may be a list, however small. */
const LEAST_TABLE = 2

interface MarkupTable extends Page {
  errors: number
  formulas: number
}

/** Goes through a document once, to see what tables there are. */
async function survey(
  { name, pieces }: TextFile,
  newReader: NewReader,
): Promise<{ tables: MarkupTable[]; wasRead: boolean }> {
  const widths = new Map<number, number[]>()
  const reader = newReader(
    name,
    (place, { cells }) => {
      const top = widths.get(place)
      const width = cells.filter((cell) => cell.trim() !== '').length
      if (!top) widths.set(place, [width])
      else if (top.length < TOP) top.push(width)
    },
    null,
  )
  for await (const piece of pieces()) reader.write(piece)
  const tables = reader.end().map((page, place) => ({
    ...page,
    place,
    size: sizeOfTable(widths.get(place) ?? []),
  }))
  return { tables, wasRead: tables.length > 0 }
}

/** The rows of one table of a document, as far as it is read. */
async function* rowsOf(
  { name, pieces }: TextFile,
  newReader: NewReader,
  wanted: number,
  onBytes?: Progress,
): AsyncGenerator<RawRow[]> {
  let rows: RawRow[] = []
  const take = (place: number, row: RawRow): void => {
    if (place === wanted) rows.push(row)
  }
  const reader = newReader(name, take, wanted)
  for await (const piece of pieces(onBytes)) {
    reader.write(piece)
    yield rows
    rows = []
  }
  reader.end()
  yield rows
}

/** The fault of a document without a table. */
function noTable(name: string, isPage: boolean): Fault {
  return notASpreadsheet(name, isPage ? 'a web page without a table' : 'an XML document')
}

/**
 * Opens a table of a web page, or a sheet of XML Spreadsheet 2003, whatever the name of the file: other
 * programs call both `.xls`.
 * @throws Fault `usage` if there is no table, or it would fill the memory.
 */
export async function openMarkup(
  file: TextFile,
  form: 'html' | 'xml',
  wish: string | undefined,
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  const { name, text } = file
  const isPage = form === 'html'
  if (!isPage && !/<(?:\w+:)?Workbook\b/.test(text)) throw noTable(name, false)
  const newReader: NewReader = isPage ? htmlReader : spreadsheetReader
  const { tables, wasRead } = await survey(file, newReader)
  if (!wasRead) throw noTable(name, isPage)
  const page = findPage(tables, wish, name)
  if (page.size === 0) throw emptyPage(tables, page, name)
  const notes = [
    ...otherPages(tables, page, isPage ? LEAST_TABLE : 1),
    ...emptyCellNotes(page.errors, page.formulas),
  ]
  return {
    sheet: isPage && tables.length === 1 ? null : page.title,
    notes,
    batches: (onBytes) => rowsOf(file, newReader, page.place, onBytes),
  }
}
