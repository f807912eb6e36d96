import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { Fault } from '../../domain/fault.ts'
import { piecesOf } from './file.ts'
import { notASpreadsheet } from './kind.ts'
import { statementEncoding } from './statement/encoding.ts'
import { likelyEncodings } from './plausible.ts'

/** How the text of a file is encoded, and what the reader should be told of it. */
export interface Encoding {
  name: string
  notes: string[]
}

const FOREIGN_SAMPLE = 1 << 16
const HINT = 'name the right one, such as --encoding windows-1252, or save the file as UTF-8'

const BOMS: [bytes: number[], encoding: string][] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

function byMark(start: Buffer): string | undefined {
  return BOMS.find(([mark]) => mark.every((byte, index) => start[index] === byte))?.[1]
}

/** UTF-16 without a mark: its line ends and Latin letters have a zero byte, always on the same side. */
function byZeros(start: Buffer): string | undefined {
  let even = 0
  let odd = 0
  start.forEach((byte, index) => {
    if (byte !== 0) return
    if (index % 2 === 0) even += 1
    else odd += 1
  })
  if (even + odd < 2 || Math.min(even, odd) > (even + odd) / 20) return undefined
  const encoding = odd > even ? 'utf-16le' : 'utf-16be'
  const text = iconv.decode(start.subarray(0, start.length & ~1), encoding)
  const strange = text.match(/[^\P{C}\t\r\n]/gu)?.length ?? 0
  return strange > text.length / 100 ? undefined : encoding
}

/** Where the character begins that a piece breaks off in, or the end of the piece. */
function utf8End(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece.readUInt8(piece.length - back)
    if (byte < 0x80) return piece.length
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? piece.length - back : piece.length
  }
  return piece.length
}

interface Survey {
  utf8: boolean
  /** The lines with bytes beyond ASCII, or the first of them. */
  foreign: Buffer
}

/** The lines of a piece that have bytes beyond ASCII. */
function foreignLines(piece: Buffer): Buffer {
  const lines = piece.toString('latin1').split(/[\r\n]+/)
  const foreign = lines.filter((line) => /[\u0080-\u00FF]/.test(line))
  return Buffer.from(foreign.join('\n'), 'latin1').subarray(0, FOREIGN_SAMPLE)
}

/** Goes through a file once: is it UTF-8 to its end? */
async function survey(file: string, name: string): Promise<Survey> {
  let rest = Buffer.alloc(0)
  let foreign = Buffer.alloc(0)
  for await (const piece of piecesOf(file, name)) {
    if (piece.includes(0)) throw notASpreadsheet(name, 'neither text nor a workbook')
    if (isAscii(piece) && rest.length === 0) continue
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    if (foreign.length === 0) foreign = Buffer.from(foreignLines(bytes))
    const end = utf8End(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return { utf8: false, foreign }
    rest = Buffer.from(bytes.subarray(end))
  }
  return { utf8: rest.length === 0, foreign }
}

/** The text of a file, piece by piece, without a byte order mark. */
export async function* decoded(
  file: string,
  name: string,
  encoding: string,
): AsyncGenerator<{ text: string; bytes: number }> {
  const decoder = iconv.getDecoder(encoding)
  // ASCII is UTF-8 as it is, as long as no character before it is unfinished.
  let isPlain = encoding === 'utf-8'
  for await (const piece of piecesOf(file, name)) {
    isPlain &&= isAscii(piece)
    const text = isPlain ? piece.toString('latin1') : decoder.write(piece)
    yield { text, bytes: piece.length }
  }
  const text = decoder.end()
  if (text) yield { text, bytes: 0 }
}

/** True if every byte of a file stands for a character in an encoding. */
async function holds(file: string, name: string, encoding: string): Promise<boolean> {
  for await (const { text } of decoded(file, name, encoding)) {
    if (text.includes('\0')) throw notASpreadsheet(name, 'neither text nor a workbook')
    if (text.includes('\uFFFD')) return false
  }
  return true
}

/** UTF-8 in which a few bytes were damaged, as far as the sample tells. */
function nearlyUtf8(foreign: Buffer): boolean {
  const text = foreign.toString('utf8')
  const damaged = text.split('\uFFFD').length - 1
  const sound = text.replaceAll(/[\0-\u007F]/g, '').length - damaged
  return sound >= 3 && sound >= damaged * 10
}

async function asRequested(file: string, name: string, requested: string): Promise<Encoding> {
  const encoding = requested.trim().toLowerCase()
  // iconv-lite also knows ways of writing bytes that are not encodings of text.
  const exists = iconv.encodingExists(encoding) && !/^(?:hex|base64|binary|internal)/.test(encoding)
  if (!exists) throw new Fault('usage', `there is no encoding “${requested}”`, HINT)
  if (await holds(file, name, encoding)) return { name: encoding, notes: [] }
  const utf8 = /^utf-?8$/.test(encoding) && (await survey(file, name)).utf8
  if (utf8) return { name: encoding, notes: [] }
  throw new Fault('usage', `${name} is not text in ${encoding}`, HINT)
}

const DECLARED =
  /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,300}\bcharset\s*=\s*["']?([\w.:-]+)/i
const DECLARED_WITHIN = 4096

/** What a web page, an XML document or a statement of a bank says of its own encoding; null if it says nothing usable. */
function declaredEncoding(start: Buffer): string | null {
  const text = start.subarray(0, DECLARED_WITHIN).toString('latin1')
  const ofStatement = statementEncoding(start.subarray(0, DECLARED_WITHIN))
  if (ofStatement !== null) return ofStatement
  if (!text.trimStart().startsWith('<')) return null
  const [, xml, html] = DECLARED.exec(text) ?? []
  const name = (xml ?? html ?? '').toLowerCase()
  // As in browsers: Latin 1 means the Windows version of it.
  if (/^(?:iso-?8859-1|latin-?1|us-ascii)$/.test(name)) return 'windows-1252'
  return iconv.encodingExists(name) && !/^(?:hex|base64|binary|internal|utf)/.test(name)
    ? name
    : null
}

/**
 * Finds how a text file is encoded: as wished, else by its byte order mark, else UTF-8 if all of
 * it is valid, else UTF-16 without a mark, else as a web page says of itself, else the likeliest older encoding that can hold all of it.
 * @throws Fault `usage` for an unknown or a wrong encoding, and for a file that is not a text.
 */
export async function findEncoding(
  file: string,
  name: string,
  start: Buffer,
  requested?: string,
): Promise<Encoding> {
  if (requested !== undefined) return asRequested(file, name, requested)
  const sure = byMark(start) ?? byZeros(start)
  if (sure !== undefined && sure !== 'utf-8') {
    await holds(file, name, sure)
    return { name: sure, notes: [] }
  }
  const { utf8, foreign } = await survey(file, name)
  if (utf8) return { name: 'utf-8', notes: [] }
  if (sure === 'utf-8' || nearlyUtf8(foreign)) {
    const note = 'a few bytes of the file are not UTF-8; they are shown as \uFFFD'
    return { name: 'utf-8', notes: [note] }
  }
  const declared = declaredEncoding(start)
  if (declared !== null && (await holds(file, name, declared))) return { name: declared, notes: [] }
  for (const encoding of likelyEncodings(foreign)) {
    if (!(await holds(file, name, encoding))) continue
    const note = `the file is not UTF-8; it was read as ${encoding} (--encoding overrules it)`
    return { name: encoding, notes: [note] }
  }
  throw notASpreadsheet(name, 'neither text nor a workbook')
}
