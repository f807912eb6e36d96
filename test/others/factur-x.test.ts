import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eInvoiceOf } from '../../src/documents/einvoice/from-paper.ts'
import { facturX } from '../../src/documents/einvoice/factur-x.ts'
import { toPdf } from '../../src/documents/pdf/index.ts'
import { fieldsOf } from '../../src/documents/write/index.ts'
import { invoiceInPdf } from '../../src/import/read/einvoice/pdf.ts'
import { PLAIN_LOOK } from '../support/documents.ts'
import { E_CASES } from '../support/einvoice-cases.ts'
import { temporaryFolder } from '../support/funnel.ts'

const run = (program: string, ...args: string[]): Buffer =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })

it('other programs find the e-invoice in a PDF, and it is found in what they write', async () => {
  const { paper } = E_CASES['two-rates'] ?? {}
  if (!paper) throw new Error('the case is gone')
  const xml = facturX(eInvoiceOf(paper))
  const extra = { code: null, day: paper.on, embed: [xml] }
  const { bytes } = await toPdf(fieldsOf(paper), PLAIN_LOOK, extra)
  const folder = temporaryFolder()
  const at = (name: string): string => path.join(folder, name)
  writeFileSync(at('made.pdf'), bytes)
  run('qpdf', '--check', at('made.pdf'))
  run('pdfdetach', '-save', '1', '-o', at('detached.xml'), at('made.pdf'))
  expect(readFileSync(at('detached.xml')).equals(Buffer.from(xml.bytes))).toBe(true)
  const rewritings: readonly string[][] = [
    ['--object-streams=generate'],
    ['--object-streams=disable', '--stream-data=uncompress'],
    ['--linearize', '--object-streams=generate'],
    ['--qdf'],
  ]
  for (const options of rewritings) {
    run('qpdf', ...options, at('made.pdf'), at('again.pdf'))
    const found = invoiceInPdf(readFileSync(at('again.pdf')), 'again.pdf')
    expect([options, found.bytes.equals(Buffer.from(xml.bytes))]).toEqual([options, true])
  }
  run('qpdf', '--encrypt', '', 'owner', '256', '--', at('made.pdf'), at('locked.pdf'))
  expect(() => invoiceInPdf(readFileSync(at('locked.pdf')), 'locked.pdf')).toThrow(/is locked/)
})
