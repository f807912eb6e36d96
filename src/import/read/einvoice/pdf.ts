import { inflateSync } from 'node:zlib'
import { Fault } from '../../../domain/fault.ts'

// No kept library reads embedded files alone: pdf.js is several megabytes and draws pages, and pdf-lib inflates
// whatever a file claims. What is needed of the format is little: the objects of a file, those packed into streams,
// and the streams that file specifications point to. Each step is bounded.

/** The most that a file may hold, packed or not. */
const MOST_BYTES = 64 << 20
/** The most that an embedded invoice, or all packed objects, may come to. */
const MOST_INFLATED = 32 << 20
const MOST_OBJECTS = 200_000

type Ref = string

/** An object of the file: its text up to a stream, and the bytes of that. */
interface PdfObject {
  head: string
  stream: Buffer | null
}

const OBJECT = /(?<![\d])(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj\b/g
const STREAM = /\bstream\r?\n/

function noInvoice(name: string, why: string): Fault {
  return new Fault(
    'usage',
    `${name} has no e-invoice in it: ${why}`,
    'import a PDF that has one (Factur-X, ZUGFeRD), the XML itself, or a table',
  )
}

/** The length that a stream claims, if it says so itself and there is room for it. */
function saidLength(head: string, from: number, text: string): number | null {
  const said = /\/Length\s+(\d{1,9})(?!\s+\d+\s+R)/.exec(head)?.[1]
  if (said === undefined) return null
  const end = from + Number(said)
  return /^\s{0,2}endstream/.test(text.slice(end, end + 12)) ? end : null
}

/** The objects that stand in the file as such; of one that was written again, the last. */
function objectsOf(bytes: Buffer, name: string): Map<Ref, PdfObject> {
  const text = bytes.toString('latin1')
  const found = new Map<Ref, PdfObject>()
  OBJECT.lastIndex = 0
  // Each object is passed over once it is read, so that no part of the file is looked through twice.
  for (let match = OBJECT.exec(text); match; match = OBJECT.exec(text)) {
    if (found.size > MOST_OBJECTS) throw noInvoice(name, 'it has too many objects')
    const id = match[1] ?? ''
    const start = OBJECT.lastIndex
    const next = text.indexOf('endobj', start)
    if (next < 0) break
    const whole = text.slice(start, next)
    const opened = STREAM.exec(whole)
    if (opened === null) {
      found.set(id, { head: whole, stream: null })
      OBJECT.lastIndex = next
      continue
    }
    const head = whole.slice(0, opened.index)
    const from = start + opened.index + opened[0].length
    const end = saidLength(head, from, text) ?? text.indexOf('endstream', from)
    if (end < 0) break
    found.set(id, { head, stream: bytes.subarray(from, end) })
    OBJECT.lastIndex = end
  }
  return found
}

/** The bytes of a stream, inflated if they are packed; null if they cannot be, or come to more than that. */
function contentOf({ head, stream }: PdfObject, most: number): Buffer | null {
  if (stream === null) return null
  const filters = [...(/\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(head) ?? [])].slice(1).join('')
  if (filters.trim() === '') return stream.length <= most ? stream : null
  if (!/^\s*\/(?:FlateDecode|Fl)\s*$/.test(filters)) return null
  try {
    return inflateSync(stream, { maxOutputLength: most })
  } catch {
    return null
  }
}

/** Adds the objects that are packed into others. */
function unpack(objects: Map<Ref, PdfObject>): void {
  let left = MOST_INFLATED
  for (const object of objects.values()) {
    if (!/\/Type\s*\/ObjStm\b/.test(object.head)) continue
    const content = contentOf(object, left)
    if (content === null) continue
    left -= content.length
    const first = Number(/\/First\s+(\d{1,9})/.exec(object.head)?.[1])
    const text = content.toString('latin1')
    const numbers = text.slice(0, first).trim().split(/\s+/).map(Number)
    for (let at = 0; at + 1 < numbers.length && objects.size <= MOST_OBJECTS; at += 2) {
      const [id, offset] = [numbers[at], numbers[at + 1] ?? 0]
      const end = numbers[at + 3] ?? text.length
      const head = text.slice(first + offset, at + 3 < numbers.length ? first + end : undefined)
      // One that stands in the file itself was written later.
      if (!objects.has(String(id))) objects.set(String(id), { head, stream: null })
    }
  }
}

/** The embedded file of a specification, in a dictionary of its own or where that is. */
const EMBEDDED = /\/EF\s*<<[^>]*?\/(?:UF|F)\s+(\d{1,10})\s+\d{1,5}\s+R/
const ELSEWHERE = /\/EF\s+(\d{1,10})\s+\d{1,5}\s+R/
const FILE = /\/(?:UF|F)\s+(\d{1,10})\s+\d{1,5}\s+R/
const NAMED = /\/(?:UF|F)\s*(?:\(((?:\\[\s\S]|[^\\)])*)\)|<([\dA-Fa-f\s]*)>)/

/** The file that a specification points to; undefined if it is not one. */
function embeddedIn(head: string, objects: ReadonlyMap<Ref, PdfObject>): PdfObject | undefined {
  if (!head.includes('/EF')) return undefined
  const elsewhere = objects.get(ELSEWHERE.exec(head)?.[1] ?? '')?.head
  const ref = EMBEDDED.exec(head)?.[1] ?? FILE.exec(elsewhere ?? '')?.[1]
  return objects.get(ref ?? '')
}

/** The name that a specification gives its file; in ASCII, as all names of invoices are. */
function nameIn(head: string): string {
  const [, plain, hex] = NAMED.exec(head) ?? []
  const text = plain ?? Buffer.from((hex ?? '').replaceAll(/\s/g, ''), 'hex').toString('latin1')
  return text.replaceAll(/\\(?=[()\\])|[^\u0020-\u007E]/g, '').slice(0, 255)
}

/** Names that standards give the invoice, the newest first. */
const NAMES = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml']

const ENCRYPT = /\/Encrypt\s+\d+\s+\d+\s+R/

function isLocked(bytes: Buffer, objects: ReadonlyMap<Ref, PdfObject>): boolean {
  if (ENCRYPT.test(bytes.subarray(-4096).toString('latin1'))) return true
  for (const { head } of objects.values()) if (ENCRYPT.test(head)) return true
  return false
}

/**
 * The XML of the e-invoice inside a PDF, with its name.
 * @throws Fault `usage` if there is none, or the file is locked.
 */
export function invoiceInPdf(bytes: Buffer, name: string): { name: string; bytes: Buffer } {
  if (bytes.length > MOST_BYTES) {
    throw noInvoice(name, `it is larger than any invoice (${MOST_BYTES >> 20} MiB)`)
  }
  const objects = objectsOf(bytes, name)
  unpack(objects)
  const files: { name: string; object: PdfObject }[] = []
  for (const { head } of objects.values()) {
    const object = embeddedIn(head, objects)
    if (object) files.push({ name: nameIn(head), object })
  }
  if (isLocked(bytes, objects)) {
    throw noInvoice(name, 'the PDF is locked (encrypted), and PDF/A never is')
  }
  const rank = (file: { name: string }): number => {
    const at = NAMES.indexOf(file.name.toLowerCase())
    return at < 0 ? NAMES.length : at
  }
  const xml = files
    .filter((file) => rank(file) < NAMES.length || /\.xml$/i.test(file.name))
    .toSorted((a, b) => rank(a) - rank(b))
  const [best] = xml
  if (!best) {
    throw noInvoice(name, files.length === 0 ? 'no file is attached' : 'no XML is attached')
  }
  const content = contentOf(best.object, MOST_INFLATED)
  if (content === null) throw noInvoice(name, `${best.name} in it cannot be unpacked`)
  return { name: best.name, bytes: content }
}
