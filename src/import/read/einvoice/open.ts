import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { escapeFormula } from '../../../domain/csv-injection.ts'
import { Fault } from '../../../domain/fault.ts'
import { readXml, type XmlElement } from '../../../money/xml.ts'
import type { ImportKind } from '../../map/fields.ts'
import { ownFields } from '../../map/own-export.ts'
import type { Lines, RawRow, TextFile } from '../source.ts'
import { readCii, renewed } from './cii.ts'
import { E_INVOICE, isFinalInvoice, type ReadInvoice, unknownVersion } from './invoice.ts'
import { readUbl } from './ubl.ts'

/** The most that an invoice may hold; what is attached to it is most of that. */
const MOST_BYTES = 64 << 20

/** What is attached to an invoice is not kept. */
const ATTACHED = new Set(['EmbeddedDocumentBinaryObject', 'AttachmentBinaryObject'])

const UBL = /^urn:oasis:names:specification:ubl:schema:xsd:(Invoice|CreditNote)-(\S{1,20})$/
const CII = /^urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:(\S{1,20})$/
const ZUGFERD_1 = 'urn:ferd:CrossIndustryDocument:invoice:1p0'

/** @throws Fault `usage` if the root is of a format or version that is not known. */
function requireKnown(root: XmlElement, name: string): void {
  const spaces = Object.values(root.attributes)
  const found = spaces.find((space) => UBL.test(space) || CII.test(space) || space === ZUGFERD_1)
  if (found === ZUGFERD_1) return
  const ubl = UBL.exec(found ?? '')
  if (ubl?.[2] === '2') return
  const cii = CII.exec(found ?? '')
  if (cii?.[1] === '100') return
  if (ubl) throw unknownVersion(name, `UBL ${ubl[1]}-${ubl[2]}`)
  if (cii) throw unknownVersion(name, `CII ${cii[1]}`)
  throw unknownVersion(name, `an XML document “${root.name}” of a format`)
}

/**
 * Reads an e-invoice.
 * @throws Fault `usage` if it is not sound XML, of a version that is not known, or says less than any invoice.
 */
export function readEInvoice(text: string, name: string): ReadInvoice {
  let root: XmlElement | undefined
  readXml(
    text,
    name,
    (element, around) => {
      renewed(element)
      if (around.length === 0) root = element
      return ATTACHED.has(element.name)
    },
    E_INVOICE,
  )
  if (!root) throw unknownVersion(name, 'XML without an invoice')
  requireKnown(root, name)
  const isUbl = root.name === 'Invoice' || root.name === 'CreditNote'
  return isUbl ? readUbl(root) : readCii(root)
}

/** What an invoice says in the columns of a list of invoices. */
function cellsOf(invoice: ReadInvoice): Record<string, string | null> {
  const { preceding, isCredit } = invoice
  const isFinal = isFinalInvoice(invoice)
  return {
    number: invoice.number,
    kind: isCredit ? 'credit note' : 'invoice',
    client: invoice.buyer.name,
    issued: invoice.issuedOn,
    due: invoice.dueOn,
    net: isFinal ? null : invoice.net,
    tax: isFinal ? null : invoice.tax,
    amount: isFinal ? invoice.payable : invoice.gross,
    corrects: isCredit ? (preceding[0] ?? null) : null,
    'order-ref': invoice.orderRef,
    'buyer-ref': invoice.buyerRef,
    note: invoice.note,
    currency: invoice.currency,
  }
}

function linesOf(invoice: ReadInvoice, note: string): Omit<Lines, 'encoding' | 'delimiter'> {
  const fields = [...ownFields('invoices'), 'currency']
  const cells = cellsOf(invoice)
  const rows: RawRow[] = [
    { number: 0, cells: fields },
    { number: 1, cells: fields.map((field) => escapeFormula(cells[field] ?? '')) },
  ]
  return {
    sheet: null,
    notes: [note],
    isRecords: true,
    eInvoice: invoice,
    async *batches() {
      yield await Promise.resolve(rows)
    },
  }
}

/** @throws Fault `usage` if something other than invoices is to be imported. */
function requireInvoices(kind: ImportKind, name: string): void {
  if (kind === 'invoices') return
  const message = `${name} is an e-invoice, and holds no ${kind}`
  throw new Fault('usage', message, `funnel import invoices ${name}`)
}

/**
 * Opens the XML of an e-invoice as a list of one invoice.
 * @throws Fault `usage` if something else is to be imported, it cannot be read, or it is of an unknown version.
 */
export async function openEInvoice(
  { name, pieces }: TextFile,
  { kind, size }: { kind: ImportKind; size: number },
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  requireInvoices(kind, name)
  if (size > MOST_BYTES) {
    const message = `${name} is larger than any invoice (${MOST_BYTES >> 20} MiB)`
    throw new Fault('usage', message, 'send it without what is attached to it')
  }
  const texts: string[] = []
  for await (const piece of pieces()) texts.push(piece)
  const invoice = readEInvoice(texts.join(''), name)
  return linesOf(invoice, `read as ${invoice.format}`)
}

/** The text of an XML document, in the encoding that it names itself; in UTF-8 if it names none. */
function textOf(bytes: Buffer): string {
  const start = bytes.subarray(0, 200).toString('latin1')
  const said = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1] ?? 'utf-8'
  return iconv.decode(bytes, iconv.encodingExists(said) ? said : 'utf-8')
}

/**
 * The same for the XML inside a PDF.
 * @throws Fault `usage` as there, and if the PDF has no e-invoice in it.
 */
export async function openPdfInvoice(file: string, name: string, kind: ImportKind): Promise<Lines> {
  requireInvoices(kind, name)
  const { invoiceInPdf } = await import('./pdf.ts')
  const inner = invoiceInPdf(readFileSync(file), name)
  const label = `${inner.name} in ${name}`
  const invoice = readEInvoice(textOf(inner.bytes), label)
  const lines = linesOf(invoice, `read ${inner.name} as ${invoice.format}`)
  return { ...lines, encoding: null, delimiter: null }
}
