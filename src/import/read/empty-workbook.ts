import type { WorkBook } from 'xlsx'

/** Records of an XLS that are cells: numbers, texts, formulas, errors, and rows of numbers. */
const CELLS = new Set([
  0x02, 0x03, 0x04, 0x05, 0x06, 0xbd, 0xd6, 0xfd, 0x203, 0x204, 0x205, 0x206, 0x27e, 0x406,
])
const HEADER = 4
/** No record is longer, in bytes. */
const LONGEST = 8228

/**
 * True if a stream of an XLS contains cells, or its records do not lead from one to the next as far
 * as its end: each is its kind, its length in bytes, and so many bytes.
 */
function isMoreThanEmpty(stream: Uint8Array): boolean {
  const { buffer, byteOffset, byteLength } = stream
  const view = new DataView(buffer, byteOffset, byteLength)
  for (let at = 0; at + HEADER <= byteLength;) {
    const [kind, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)]
    // What follows the last record is filled with zeros.
    if (kind === 0 && length === 0) return false
    if (CELLS.has(kind) || length > LONGEST) return true
    at += HEADER + length
  }
  return false
}

/** What contains the sheets of an XLS: a stream of a compound file, or before Excel 5 the file itself. */
function streamOf(bytes: Buffer, CFB: typeof import('xlsx').CFB): Uint8Array | undefined {
  if (bytes[0] !== 0xd0) return bytes
  const file = CFB.read(bytes, { type: 'buffer' })
  const entry = CFB.find(file, 'Workbook') ?? CFB.find(file, 'Book')
  return entry ? Uint8Array.from(entry.content) : undefined
}

/**
 * Is a workbook damaged if no cell was read from it? SheetJS skips what it cannot read, and such
 * a file must not be taken for an empty one.
 * @param bytes the file, if it is an XLS.
 */
export async function isDamaged(book: WorkBook, bytes: Buffer | undefined): Promise<boolean> {
  const { Strings: texts } = book as WorkBook & { Strings?: unknown[] }
  if ((texts?.length ?? 0) > 0) return true
  if (bytes === undefined) return false
  const { CFB } = await import('xlsx')
  try {
    const stream = streamOf(bytes, CFB)
    return stream === undefined || isMoreThanEmpty(stream)
  } catch {
    return true
  }
}
