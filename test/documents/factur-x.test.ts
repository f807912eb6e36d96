import { expect, it } from 'vitest'
import { eInvoiceOf } from '../../src/documents/einvoice/from-paper.ts'
import { facturX } from '../../src/documents/einvoice/factur-x.ts'
import { toPdf } from '../../src/documents/pdf/index.ts'
import { fieldsOf } from '../../src/documents/write/index.ts'
import { invoiceInPdf } from '../../src/import/read/einvoice/pdf.ts'
import { PLAIN_LOOK } from '../support/documents.ts'
import { E_CASES } from '../support/einvoice-cases.ts'

it.each(['two-rates', 'hostile'])('the PDF of “%s” holds its XML, and says so', async (name) => {
  const { paper } = E_CASES[name] ?? E_CASES.standard!
  const xml = facturX(eInvoiceOf(paper))
  const extra = { code: null, day: paper.on, embed: [xml] }
  const { bytes } = await toPdf(fieldsOf(paper), PLAIN_LOOK, extra)
  const found = invoiceInPdf(Buffer.from(bytes), 'invoice.pdf')
  expect(found.name).toBe('factur-x.xml')
  expect(found.bytes.equals(Buffer.from(xml.bytes))).toBe(true)
  const text = Buffer.from(bytes).toString('latin1')
  for (const said of [
    '/AFRelationship /Alternative',
    '<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>',
    '<fx:Version>1.0</fx:Version>',
    '<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>',
    '<pdfaSchema:prefix>fx</pdfaSchema:prefix>',
  ]) {
    expect(text).toContain(said)
  }
})
