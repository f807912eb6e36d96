import { readFileSync } from 'node:fs'
import type { ParsingOptions, WorkBook } from 'xlsx'
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
    return { book, isOpenDocument }
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

function visibleNames(book: WorkBook): string[] {
  return book.SheetNames.filter((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden)
}

/** The first visible sheet that is nearly half as much of a table as the best one. */
function mostTableLike(book: WorkBook): string | undefined {
  const names = visibleNames(book)
  const sizes = names.map((name) => tableSize(book.Sheets[name] ?? {}))
  const best = Math.max(...sizes)
  return names.find((_, index) => (sizes[index] ?? 0) >= best * 0.4)
}

function findSheet(book: WorkBook, wish: string | undefined, name: string): string {
  const found =
    wish === undefined
      ? mostTableLike(book)
      : (book.SheetNames.find((sheet) => sheet === wish) ??
        book.SheetNames.find((sheet) => nameKey(sheet) === nameKey(wish)))
  if (found !== undefined && book.Sheets[found]) return found
  if (wish === undefined) {
    throw new Fault('usage', `${name} has no visible sheet`, 'name the sheet: --sheet NAME')
  }
  const hint = `it has: ${book.SheetNames.join(', ')}`
  throw new Fault('usage', `${name} has no sheet “${wish}”`, hint)
}

function otherSheets(book: WorkBook, sheet: string): string[] {
  const others = visibleNames(book).filter(
    (name) => name !== sheet && tableSize(book.Sheets[name] ?? {}) > 0,
  )
  if (others.length === 0) return []
  return [
    `only the sheet “${sheet}” was read; there is also ${others.map((n) => `“${n}”`).join(', ')}`,
  ]
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
  const { book, isOpenDocument } = await parse(bytes, kind, name)
  const sheet = findSheet(book, wish, name)
  const found = book.Sheets[sheet] ?? {}
  const read = cellReader(book.Workbook?.WBProps?.date1904 ? 1904 : 1900, isOpenDocument)
  const notes = otherSheets(book, sheet)
  const { rows, errors } = readSheet(found, read, name)
  if (rows.length === 0) {
    const hint = 'the first row must name the columns'
    const other = `name another one with --sheet: ${book.SheetNames.join(', ')}`
    const what = `the sheet “${sheet}” of ${name} is empty`
    throw new Fault('usage', what, book.SheetNames.length > 1 ? other : hint)
  }
  if (errors > 0) {
    const cells = errors === 1 ? '1 cell holds an error' : `${errors} cells hold errors`
    const were = errors === 1 ? 'it was' : 'they were'
    notes.push(`${cells} such as #REF!; ${were} read as empty`)
  }
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
