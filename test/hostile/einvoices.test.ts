import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/domain/random.ts'
import { newFolder, runIn } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

const FOLDER = newFolder()
/** Whatever is in a file, its reading takes no longer, in ms. */
const LONGEST = 10_000

const golden = (name: string): Buffer =>
  readFileSync(path.join(import.meta.dirname, '../golden/einvoices/peppol', name))
const UBL = golden('standard.ubl.xml').toString('utf8')
const CII = golden('standard.cii.xml').toString('utf8')

beforeAll(async () => {
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
  await runInside(FOLDER, ['company', 'set', '--name', 'Nordlicht', '--vat-id', 'DE136695976'])
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** Imports bytes as a file of a name, writing nothing. It must end in time, with a row or with a refusal. */
async function bring(name: string, bytes: Buffer | string) {
  writeFileSync(path.join(FOLDER, name), bytes)
  const began = Date.now()
  const line = ['import', 'invoices', name, '--create', 'clients', '--dry-run', '--json']
  const done = await runInside(FOLDER, line)
  expect(Date.now() - began).toBeLessThan(LONGEST)
  expect([0, 2]).toContain(done.code)
  if (done.code === 2) expect(done.err).toMatch(/^funnel: (?!unexpected).*\n {2}.*\n$/)
  return done
}

/** A PDF with a file in it. */
function pdfOf(stream: Buffer, filter = '/FlateDecode', more = ''): Buffer {
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /Filespec /F (factur-x.xml) /EF << /F 2 0 R >> >>\nendobj\n${more}` +
        `2 0 obj\n<< /Type /EmbeddedFile /Filter ${filter} /Length ${stream.length} >>\nstream\n`,
      'latin1',
    ),
    stream,
    Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'),
  ])
}

describe('a PDF', () => {
  it('with an invoice is read, whatever else is in it', async () => {
    expect(await bring('a.pdf', pdfOf(deflateSync(UBL)))).toMatchObject({ code: 0 })
    const junk = '7 0 obj << /EF << /F 7 0 R >> >> endobj\n8 0 obj << /EF 8 0 R >> endobj\n'
    expect(await bring('a.pdf', pdfOf(deflateSync(CII), '[ /FlateDecode ]', junk))).toMatchObject({
      code: 0,
    })
  })

  it.each([
    ['a bomb', pdfOf(deflateSync(Buffer.alloc(200 << 20, 32))), 'cannot be unpacked'],
    ['a filter of another kind', pdfOf(Buffer.from(UBL), '/LZWDecode'), 'cannot be unpacked'],
    [
      'a chain of filters',
      pdfOf(deflateSync(deflateSync(UBL)), '[/FlateDecode /FlateDecode]'),
      'cannot be unpacked',
    ],
    ['a stream that is damaged', pdfOf(Buffer.from('not packed')), 'cannot be unpacked'],
    ['another file', pdfOf(deflateSync('hello')), 'is not sound XML'],
    ['no end', pdfOf(deflateSync(UBL)).subarray(0, 500), 'no file is attached'],
    [
      'a lock',
      Buffer.concat([pdfOf(deflateSync(UBL)), Buffer.from('trailer << /Encrypt 9 0 R >>')]),
      'is locked',
    ],
    [
      'too many objects',
      Buffer.from(
        `%PDF-1.7\n${Array.from({ length: 300_000 }, (_, at) => `${at} 0 obj<<>>endobj\n`).join('')}`,
      ),
      'too many objects',
    ],
    [
      'objects without an end',
      Buffer.from(`%PDF-1.7\n${'1 0 obj\n'.repeat(1 << 20)}`),
      'no file is attached',
    ],
    [
      'streams without an end',
      Buffer.from(`%PDF-1.7\n${'1 0 obj <<>> stream\n endobj '.repeat(1 << 18)}`),
      'no file is attached',
    ],
  ])('with %s is refused', async (_, bytes, why) => {
    const { code, err } = await bring('a.pdf', bytes)
    expect([code, err]).toEqual([2, expect.stringContaining(why)])
  })

  it('takes little memory, however much it claims to hold', () => {
    const packed = deflateSync(Buffer.alloc(100 << 20, 32))
    const objects = Array.from({ length: 20 }, (_, at) =>
      Buffer.concat([
        Buffer.from(
          `${at + 10} 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
        ),
        packed,
        Buffer.from('\nendstream\nendobj\n'),
      ]),
    )
    writeFileSync(
      path.join(FOLDER, 'a.pdf'),
      Buffer.concat([Buffer.from('%PDF-1.7\n'), ...objects]),
    )
    const done = runIn(FOLDER, ['import', 'invoices', 'a.pdf'], {
      env: { NODE_OPTIONS: '--max-old-space-size=200' },
    })
    expect([done.code, done.err]).toEqual([2, expect.stringContaining('no file is attached')])
  })
})

describe('the XML of an invoice', () => {
  it.each([
    [
      'too deep',
      UBL.replace('<cbc:Note>', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}<cbc:Note>`),
      'too deep',
    ],
    [
      'with entities of its own',
      UBL.replace(
        '<Invoice',
        '<!DOCTYPE Invoice [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice',
      ).replace('Thank', '&e;'),
      'DOCTYPE',
    ],
    [
      'of something else',
      '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>',
      'is an invoice of “nobody”',
    ],
  ])('%s is refused', async (_, text, why) => {
    const { code, err } = await bring('a.xml', text)
    expect([code, err]).toEqual([2, expect.stringContaining(why)])
  })

  it('may have files attached to it', async () => {
    const attached = `<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">${'QUJD'.repeat(3 << 20)}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>`
    const text = UBL.replace(
      '<cac:AccountingSupplierParty>',
      `${attached}<cac:AccountingSupplierParty>`,
    )
    expect(await bring('a.xml', text)).toMatchObject({ code: 0 })
  })

  it.each([
    ['above 100 %', /<cbc:Percent>[\d.]+/g, '<cbc:Percent>1900'],
    ['of nothing in the standard category', /<cbc:Percent>[\d.]+/g, '<cbc:Percent>0'],
    ['of a line above 100 %', /(ClassifiedTaxCategory>[^]*?<cbc:Percent>)[\d.]+/g, '$11900'],
    ['for more than can be counted', /(InvoicedQuantity [^>]*>)[\d.]+/g, '$199999999999999'],
  ] as const)('with a tax rate or quantity %s is read without it', async (_, part, to) => {
    expect(UBL).toMatch(part)
    expect(await bring('a.xml', UBL.replace(part, to))).toMatchObject({ code: 0 })
  })

  it('damaged anywhere ends in a row or a refusal', async () => {
    const random = seededRandom(7)
    const codes = new Set<number | null>()
    for (let turn = 0; turn < 40; turn += 1) {
      for (const [name, whole] of [
        ['a.xml', Buffer.from(UBL)],
        ['b.xml', Buffer.from(CII)],
        ['c.pdf', pdfOf(deflateSync(CII))],
      ] as const) {
        const bytes = Buffer.from(whole)
        for (let hit = 0; hit < 1 + (turn % 4); hit += 1) {
          bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
        }
        const { code } = await bring(
          name,
          turn % 5 === 0 ? bytes.subarray(0, Math.floor(random() * bytes.length) + 300) : bytes,
        )
        codes.add(code)
      }
    }
    expect([codes.has(0), codes.has(2), codes.size]).toEqual([true, true, 2])
  })
})
