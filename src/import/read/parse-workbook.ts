import { readFileSync } from 'node:fs'
import type { ParsingOptions, WorkBook, WorkSheet } from 'xlsx'
import type { Fault } from '../../domain/fault.ts'
import { emptyCellNotes } from './cell-notes.ts'
import { cellReader } from './spreadsheet-cell.ts'
import { unreadable } from './file.ts'
import { isDamaged } from './empty-workbook.ts'
import { type Kind, notASpreadsheet } from './kind.ts'
import { emptyPage, findPage, otherPages, type Page } from './pages.ts'
import { readSheet, tableSize } from './sheet.ts'
import type { RawRow } from './source.ts'
import { boundedZlib, checkZip, damagedWorkbook, protectedWorkbook } from './zip.ts'

function explain(error: unknown, name: string): Fault {
  const message = error instanceof Error ? error.message : String(error)
  if (/password|encrypt/i.test(message)) return protectedWorkbook(name, error)
  if (/unsupported cfb|(?:could not|cannot) find workbook|unsupported .* file/i.test(message)) {
    return notASpreadsheet(name, 'another kind of document', error)
  }
  return damagedWorkbook(name, error)
}

interface Parsed {
  book: WorkBook
  isOpenDocument: boolean
  uncomputed: (place: number) => number
}

async function parse(bytes: Buffer, kind: Kind, name: string): Promise<Parsed> {
  const zipped = kind === 'zip' ? checkZip(bytes, name) : undefined
  const { CFB, read, set_cptable: setCodepages } = await import('xlsx')
  // Texts of Excel 5 and 95 are in the code page of their time.
  if (kind === 'old') setCodepages(await import('xlsx/dist/cpexcel.full.mjs'))
  if (kind === 'old' && isWordDocument(CFB, bytes)) throw notASpreadsheet(name, 'a Word document')
  if (zipped) CFB.utils.use_zlib(boundedZlib(zipped.size))
  const isOpenDocument = zipped?.isOpenDocument ?? false
  const options: ParsingOptions = {
    type: 'buffer',
    dense: true,
    cellFormula: false,
    cellHTML: false,
    // Texts of formatted numbers are made on demand; an OpenDocument file contains them.
    cellText: isOpenDocument,
    cellNF: true,
  }
  try {
    const book = quietly(() => read(bytes, options))
    const sheets = book.SheetNames.map((_, index) => ({
      Hidden: zipped?.hidden.has(index) ? (1 as const) : (0 as const),
    }))
    if (isOpenDocument) book.Workbook = { ...book.Workbook, Sheets: sheets }
    return { book, isOpenDocument, uncomputed: zipped?.uncomputed ?? (() => 0) }
  } catch (error) {
    throw explain(error, name)
  }
}

/** Runs something with the console silenced: SheetJS complains there about odd formats. */
function quietly<T>(run: () => T): T {
  const { console } = globalThis
  globalThis.console = new Proxy(console, { get: () => () => undefined })
  try {
    return run()
  } finally {
    globalThis.console = console
  }
}

function isWordDocument(CFB: typeof import('xlsx').CFB, bytes: Buffer): boolean {
  if (bytes[0] !== 0xd0) return false
  try {
    return CFB.find(CFB.read(bytes, { type: 'buffer' }), 'WordDocument') !== null
  } catch {
    return false
  }
}

/** A sheet of a book. */
interface SheetPage extends Page {
  sheet: WorkSheet
}

function pagesOf(book: WorkBook): SheetPage[] {
  return book.SheetNames.flatMap((title, index) => {
    const sheet = book.Sheets[title]
    const isHidden = Boolean(book.Workbook?.Sheets?.[index]?.Hidden)
    return sheet ? [{ title, place: index, sheet, size: tableSize(sheet), isHidden }] : []
  })
}

/** Which sheet of which workbook to read. */
export interface WorkbookRequest {
  file: string
  /** What it is called in messages. */
  name: string
  kind: Kind
  /** The sheet that is wanted; the most table-like visible one if left out. */
  sheet?: string | undefined
}

/** What was read of a workbook besides its rows. */
export interface SheetRead {
  /** The name of the sheet. */
  sheet: string
  /** What a person should know about how it was read. */
  notes: string[]
}

/**
 * Reads a sheet of a workbook: XLSX, XLSM, XLSB, XLS or ODS. A damaged or hostile one may take all
 * time and memory, so this runs in a process of its own (`src/workbooks.ts`).
 * @param take is given the rows that are not empty, many at a time, and awaited.
 * @throws Fault `usage` if the file is not a workbook, is protected or damaged, or has no such sheet.
 */
export async function readWorkbook(
  { file, name, kind, sheet: wish }: WorkbookRequest,
  take: (rows: RawRow[]) => Promise<void>,
): Promise<SheetRead> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw unreadable(error, name)
  }
  const { book, isOpenDocument, uncomputed } = await parse(bytes, kind, name)
  const pages = pagesOf(book)
  if (pages.every(({ size }) => size === 0)) {
    const isWhole = pages.length > 0 && !(await isDamaged(book, kind === 'old' ? bytes : undefined))
    if (!isWhole) throw damagedWorkbook(name)
  }
  const page = findPage(pages, wish, name)
  const read = cellReader(book.Workbook?.WBProps?.date1904 ? 1904 : 1900, isOpenDocument)
  const { batches, found } = readSheet(page.sheet, read, name)
  for (const rows of batches) await take(rows)
  if (found.rows === 0) throw emptyPage(pages, page, name)
  const cells = emptyCellNotes(found.errors, uncomputed(page.place))
  return { sheet: page.title, notes: [...otherPages(pages, page), ...cells] }
}
