import { createHash } from 'node:crypto'
import type { Day } from '../../domain/day.ts'
import type { DocumentFields, Look, PaymentCode } from '../fields.ts'
import { settable } from './runs.ts'

/** A file inside a PDF document. */
export interface Embedded {
  name: string
  bytes: Uint8Array
  description: string
  /** What it is to the document: of PDF/A-3. */
  relationship: 'Alternative' | 'Data' | 'Source'
  /** What the metadata say of it: elements of RDF. */
  xmp: string
}

/** The program that wrote it. */
const PRODUCER = 'funnel'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '')

/** The moment that a document of a day is dated by: the same whenever it is made again. */
const momentOf = (day: Day): Date => new Date(`${day}T00:00:00Z`)

/** What a document says of itself. */
export function infoOf(fields: DocumentFields, day: Day): PDFKit.DocumentInfo {
  return {
    Title: settable(fields.title).replaceAll('\n', ' '),
    Author: settable(fields.seller.name).replaceAll('\n', ' '),
    Creator: PRODUCER,
    Producer: PRODUCER,
    CreationDate: momentOf(day),
    ModDate: momentOf(day),
  }
}

/** The metadata in XMP: the same as in `infoOf`. */
export function xmpOf({ Title, Author }: PDFKit.DocumentInfo, day: Day): string {
  const moment = `${day}T00:00:00Z`
  const title = escaped(Title ?? '')
  return `
        <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            <xmp:CreateDate>${moment}</xmp:CreateDate>
            <xmp:ModifyDate>${moment}</xmp:ModifyDate>
            <xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>${escaped(Author ?? '')}</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <pdf:Producer>${PRODUCER}</pdf:Producer>
        </rdf:Description>
        `
}

/** Puts files into a document, and what its metadata say of them. */
export function embed(doc: PDFKit.PDFDocument, files: readonly Embedded[], day: Day): void {
  for (const { name, bytes, description, relationship, xmp } of files) {
    const date = momentOf(day)
    const options = { name, description, relationship, type: 'text/xml' }
    doc.file(Buffer.from(bytes), { ...options, creationDate: date, modifiedDate: date })
    if (xmp !== '') doc.appendXML(xmp)
  }
}

/** The identifier of a document: of all that it is made of, so that it is always the same. */
export function identityOf(
  { look, ...made }: { look: Look; fields: DocumentFields; code: PaymentCode; day: Day },
  files: readonly Embedded[],
): Buffer {
  const hash = createHash('md5')
  hash.update(JSON.stringify([made, look.color, look.blocks]))
  if (look.logo !== null) hash.update(look.logo.bytes)
  for (const { name, bytes } of files) hash.update(name).update(bytes)
  return hash.digest()
}
