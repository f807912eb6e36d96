import { getHeapStatistics } from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { Fault } from '../../domain/fault.ts'
import { sheetPath, uncomputedCells, uncomputedInOds } from './formulas.ts'
import { notASpreadsheet } from './kind.ts'
import { claimedCells, hiddenSheets } from './ods.ts'

// What a sheet takes in memory while it is read, for each byte of its XML, as measured.
const MEMORY_PER_BYTE = 9
const MOST_BYTES = Math.min(512 << 20, getHeapStatistics().heap_size_limit / MEMORY_PER_BYTE)
// Repetitive sheets shrink to a fortieth; a hundredth and more in a large one is a trap.
const MOST_SHRUNK = 100
const LARGE = 64 << 20
const MOST_CELLS = 20_000_000

/** What is known of a zipped workbook before SheetJS reads it. */
export interface ZippedWorkbook {
  isOpenDocument: boolean
  /** The total size of its entries, in bytes, by its directory. */
  size: number
  /** For OpenDocument: the places of the hidden sheets. */
  hidden: ReadonlySet<number>
  /** How many cells of the sheet at a place have a formula without its result. */
  uncomputed: (place: number) => number
}

interface Entry {
  path: string
  method: number
  packed: number
  size: number
  offset: number
}

/** The fault of a workbook that cannot be read to its end. */
export function damagedWorkbook(name: string, cause?: unknown): Fault {
  const hint = 'download it again, or open it in a spreadsheet program and save it again'
  return new Fault('usage', `${name} is damaged or cut short`, hint, cause)
}

/** The fault of a workbook that only its password opens. */
export function protectedWorkbook(name: string, cause?: unknown): Fault {
  const hint = 'save it without a password and try again'
  return new Fault('usage', `${name} is protected by a password`, hint, cause)
}

/** The fault of a workbook that would fill the memory. */
export function tooLarge(name: string): Fault {
  const hint = 'save the sheet as .csv, which is read row by row'
  return new Fault('usage', `${name} is too large to open`, hint)
}

/**
 * The entries that the directory at the end of a zip archive lists.
 * @param zip all of the archive, or its end.
 * @param from where in the archive that end begins.
 */
function entriesOf(zip: Buffer, from = 0): Entry[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  if (end < 0) throw new RangeError('no end of central directory')
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16) - from
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.toString('latin1', at, at + 4) !== 'PK\u0001\u0002') throw new RangeError('no entry')
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    entries.push({
      path: zip.toString('utf8', at + 46, nameEnd),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * The total size of an archive's entries, in bytes, by its directory; 0 if that cannot be read.
 * @param end the end of the archive.
 * @param from where in the archive that end begins.
 */
export function unpackedSize(end: Buffer, from: number): number {
  try {
    return entriesOf(end, from).reduce((sum, { size }) => sum + size, 0)
  } catch {
    return 0
  }
}

/** The content of an entry. Throws if it is longer than the directory says. */
function unpack(zip: Buffer, { offset, packed, size, method }: Entry): Buffer {
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  const content = zip.subarray(start, start + packed)
  if (method === 0) return content
  return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) })
}

/** No table of rates is longer: all of those of the European Central Bank since 1999 are a tenth of it. */
const MOST_TEXT = 64 << 20

/**
 * The only text table (.csv, .txt) in a zip archive.
 * @throws Fault `usage` if there is none or several, or the archive is damaged or far too large.
 */
export function zippedTable(zip: Buffer, name: string): Buffer {
  const entries = archive(zip, name).filter(({ path }) => /\.(?:csv|txt|tsv)$/i.test(path))
  const [entry, other] = entries
  if (!entry || other) {
    const hint = 'unpack it, and import the .csv file in it'
    const what = entry ? `${entries.length} .csv files` : 'no .csv file'
    throw new Fault('usage', `${name} has ${what} in it`, hint)
  }
  if (entry.size > MOST_TEXT) throw tooLarge(name)
  try {
    return unpack(zip, entry)
  } catch (error) {
    throw damagedWorkbook(name, error)
  }
}

function archive(zip: Buffer, name: string): Entry[] {
  try {
    return entriesOf(zip)
  } catch (error) {
    throw damagedWorkbook(name, error)
  }
}

function refuseOthers(paths: readonly string[], name: string): void {
  if (paths.includes('word/document.xml')) throw notASpreadsheet(name, 'a Word document')
  if (paths.includes('ppt/presentation.xml')) throw notASpreadsheet(name, 'a presentation')
  const isWorkbook = paths.some((path) => /^\[Content_Types\]|^content\.xml$|\.iwa$/i.test(path))
  if (!isWorkbook) throw notASpreadsheet(name, 'a zip archive; unpack it first')
}

/** A count that is not a reason to refuse a workbook which SheetJS has read. */
function counting(count: (place: number) => number): (place: number) => number {
  return (place) => {
    try {
      return count(place)
    } catch {
      return 0
    }
  }
}

function check(zip: Buffer, name: string): ZippedWorkbook {
  const entries = entriesOf(zip)
  refuseOthers(
    entries.map((entry) => entry.path),
    name,
  )
  const size = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (size > MOST_BYTES || (size > LARGE && size > zip.length * MOST_SHRUNK)) throw tooLarge(name)
  const bytes = (path: string): Buffer | undefined => {
    const entry = entries.find((each) => each.path === path)
    return entry && unpack(zip, entry)
  }
  const text = (path: string): string | undefined => bytes(path)?.toString('utf8')
  if (text('META-INF/manifest.xml')?.includes(':encryption-data')) throw protectedWorkbook(name)
  const content = text('content.xml')
  if (content === undefined) {
    const uncomputed = counting((place) =>
      uncomputedCells(bytes(sheetPath(text, place) ?? '') ?? Buffer.alloc(0)),
    )
    return { isOpenDocument: false, size, hidden: new Set(), uncomputed }
  }
  if (claimedCells(content) > MOST_CELLS) throw tooLarge(name)
  const uncomputed = counting((place) => uncomputedInOds(text('content.xml') ?? '', place))
  return { isOpenDocument: true, size, hidden: hiddenSheets(content), uncomputed }
}

/**
 * Makes sure that a workbook which is a zip archive can be unpacked safely, before that is done.
 * @throws Fault `usage` if it is damaged, protected, not a workbook, or would fill the memory.
 */
export function checkZip(zip: Buffer, name: string): ZippedWorkbook {
  try {
    return check(zip, name)
  } catch (error) {
    throw error instanceof Fault ? error : damagedWorkbook(name, error)
  }
}

/**
 * What SheetJS needs of node's zlib, by its documented part: faster than unpacking in JavaScript, and
 * in total no more than its directory promises, whatever is really in the entries.
 * @param size what the directory promises, in bytes.
 */
export function boundedZlib(size: number): object {
  let left = size
  class InflateRaw {
    readonly _finishFlushFlag = 0
    bytesRead = 0

    _processChunk(packed: Uint8Array): Buffer {
      const options = { info: true, maxOutputLength: Math.max(left, 1) }
      // With `info`, which the types do not know, the answer tells how much was used.
      const { buffer, engine } = inflateRawSync(packed, options) as unknown as {
        buffer: Buffer
        engine: { bytesWritten: number }
      }
      this.bytesRead = engine.bytesWritten
      left -= buffer.length
      return buffer
    }
  }
  return { InflateRaw, deflateRawSync }
}
