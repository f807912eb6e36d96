import { readFileSync } from 'node:fs'
import type { ParsingOptions, WorkBook, WorkSheet } from 'xlsx'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { cellReader } from './cells.ts'
import { unreadable } from './file.ts'
import { type Kind, notASpreadsheet } from './kind.ts'
import { readSheet, tableSize } from './sheet.ts'
import type { Lines, RawRow } from './source.ts'
import { boundedZlib, checkZip, damagedWorkbook, protectedWorkbook } from './zip.ts'

const BATCH = 1000

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
  // Texts of Excel 5 and 95 are in the code page of their day.
  if (kind === 'old') setCodepages(await import('xlsx/dist/cpexcel.full.mjs'))
  if (kind === 'old' && isWordDocument(CFB, bytes)) throw notASpreadsheet(name, 'a Word document')
  if (zipped) CFB.utils.use_zlib(boundedZlib(zipped.size))
  const isOpenDocument = zipped?.isOpenDocument ?? false
  const options: ParsingOptions = {
    type: 'buffer',
    dense: true,
    cellFormula: false,
    cellHTML: false,
    // Texts of formatted numbers are made when they are wanted; an OpenDocument file brings them.
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

/** Runs something while nothing is written to the console: SheetJS complains there of odd formats. */
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

/** The sheets of a book, with how much of a table each is. */
interface Page {
  title: string
  /** Which one of the book it is, from 0. */
  place: number
  sheet: WorkSheet
  size: number
  isHidden: boolean
}

function pagesOf(book: WorkBook): Page[] {
  return book.SheetNames.flatMap((title, index) => {
    const sheet = book.Sheets[title]
    const isHidden = Boolean(book.Workbook?.Sheets?.[index]?.Hidden)
    return sheet ? [{ title, place: index, sheet, size: tableSize(sheet), isHidden }] : []
  })
}

/** The first visible sheet that is nearly half as much of a table as the best one. */
function mostTableLike(pages: readonly Page[]): Page | undefined {
  const visible = pages.filter(({ isHidden }) => !isHidden)
  const best = Math.max(...visible.map(({ size }) => size))
  return visible.find(({ size }) => size >= best * 0.4)
}

function findPage(pages: readonly Page[], wish: string | undefined, name: string): Page {
  const found =
    wish === undefined
      ? mostTableLike(pages)
      : (pages.find(({ title }) => title === wish) ??
        pages.find(({ title }) => nameKey(title) === nameKey(wish)))
  if (found) return found
  if (wish === undefined) {
    throw new Fault('usage', `${name} has no visible sheet`, 'name the sheet: --sheet NAME')
  }
  const hint = `it has: ${titlesOf(pages)}`
  throw new Fault('usage', `${name} has no sheet “${wish}”`, hint)
}

function titlesOf(pages: readonly Page[]): string {
  return pages.map(({ title }) => title).join(', ')
}

function otherSheets(pages: readonly Page[], read: Page): string[] {
  const others = pages
    .filter((page) => page !== read && !page.isHidden && page.size > 0)
    .map(({ title }) => `“${title}”`)
  if (others.length === 0) return []
  return [`only the sheet “${read.title}” was read; there is also ${others.join(', ')}`]
}

function formulaNote(cells: number): string {
  const what =
    cells === 1
      ? '1 cell holds a formula without its result; it was read as empty'
      : `${cells} cells hold a formula without its result; they were read as empty`
  return `${what}: open the file in a spreadsheet program and save it`
}

/**
 * Opens a sheet of a workbook: XLSX, XLSM, XLSB, XLS or ODS.
 * @throws Fault `usage` where the file is no workbook, is protected or damaged, or has no such sheet.
 */
export async function openWorkbook(
  file: string,
  name: string,
  kind: Kind,
  wish?: string,
): Promise<Lines> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw unreadable(error, name)
  }
  const { book, isOpenDocument, uncomputed } = await parse(bytes, kind, name)
  const pages = pagesOf(book)
  const page = findPage(pages, wish, name)
  const { title: sheet } = page
  const read = cellReader(book.Workbook?.WBProps?.date1904 ? 1904 : 1900, isOpenDocument)
  const notes = otherSheets(pages, page)
  const { rows, errors } = readSheet(page.sheet, read, name)
  if (rows.length === 0) {
    const hint = 'the first row must name the columns'
    const other = `name another one with --sheet: ${titlesOf(pages)}`
    const what = `the sheet “${sheet}” of ${name} is empty`
    throw new Fault('usage', what, pages.length > 1 ? other : hint)
  }
  if (errors > 0) {
    const cells = errors === 1 ? '1 cell holds an error' : `${errors} cells hold errors`
    const were = errors === 1 ? 'it was' : 'they were'
    notes.push(`${cells} such as #REF!; ${were} read as empty`)
  }
  const formulas = uncomputed(page.place)
  if (formulas > 0) notes.push(formulaNote(formulas))
  async function* batches(): AsyncGenerator<RawRow[]> {
    for (let at = 0; at < rows.length; at += BATCH) {
      yield rows.slice(at, at + BATCH)
      // Nothing else here waits for anything, and a Ctrl-C would go unnoticed.
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    }
  }
  return { sheet, encoding: null, delimiter: null, notes, batches }
}
