import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DocumentKind } from '../../src/book/schema/documents.ts'
import type { Paper } from '../../src/documents/paper.ts'
import { choosePaymentCode } from '../../src/documents/payment-code.ts'
import { toPdf } from '../../src/documents/pdf/index.ts'
import { samplePaper } from '../../src/documents/sample.ts'
import { fieldsOf } from '../../src/documents/write/index.ts'
import { PLAIN_LOOK, sampleFields, sampleLine } from '../support/documents.ts'
import { day } from '../support/book.ts'
import { temporaryFolder } from '../support/funnel.ts'

/** What a program of Debian’s writes to its output. */
function run(program: string, ...args: string[]): Buffer {
  return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 })
}

/** A text without blanks: how wide they are on a page is not what is tested. */
const bare = (text: string): string => text.replaceAll(/\s/g, '')

/** Those of some texts that a file does not have. */
const lackingIn = (text: string, wanted: readonly string[]): string[] =>
  wanted.filter((one) => !text.includes(bare(one)))

/** The text of a file, without blanks. */
const textOf = (file: string): string =>
  bare(run('pdftotext', '-layout', file, '-').toString('utf8'))

/** Writes a paper, and checks what holds of every file. */
async function written(paper: Paper): Promise<{ file: string; payload: string; text: string }> {
  const { code } = choosePaymentCode(paper)
  const { bytes, missing } = await toPdf(fieldsOf(paper), PLAIN_LOOK, { code, day: paper.on })
  expect(missing).toEqual([])
  return { ...sound(bytes), payload: code?.payload ?? '' }
}

/** Writes bytes as a file whose structure is sound and whose fonts are all inside. */
function sound(bytes: Uint8Array): { file: string; text: string } {
  const file = path.join(temporaryFolder(), 'document.pdf')
  writeFileSync(file, bytes)
  run('qpdf', '--check', file)
  const [, , ...fonts] = run('pdffonts', file).toString('utf8').trim().split('\n')
  for (const font of fonts) expect(font).toMatch(/CID TrueType +Identity-H +yes yes yes/)
  return { file, text: textOf(file) }
}

/** The pages of a file as pictures, none of them blank; their paths. */
function pictures(file: string, resolution: number): string[] {
  const folder = path.dirname(file)
  run('pdftoppm', '-gray', '-r', String(resolution), file, path.join(folder, 'page'))
  const pages = run('sh', '-c', `ls ${folder}/page*.pgm`).toString('utf8').trim().split('\n')
  for (const page of pages) {
    const dark = readFileSync(page)
      .subarray(20)
      .filter((shade) => shade < 128)
    expect(dark.length, page).toBeGreaterThan(50)
  }
  return pages
}

/** What a telephone reads from the pages of a file, byte for byte. */
function scanned(file: string): string {
  const pages = pictures(file, 200)
  const config = ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', '-Sbinary']
  return pages
    .map((page) => {
      try {
        return run('zbarimg', ...config, page).toString('utf8')
      } catch {
        // It ends so if there is none on the page.
        return ''
      }
    })
    .join('')
}

describe('a PDF document', () => {
  it.each([1, 40, 400])('says all of its %i lines, and its totals', async (count) => {
    const lines = Array.from({ length: count }, (_, index) =>
      sampleLine(index + 1, {
        name: `Part ${index + 1} of the work`,
        price: `${index + 1}.50`,
        details: index % 9 === 4 ? 'Travel included.\nBy agreement with the harbour office.' : '',
      }),
    )
    const { bytes } = await toPdf(sampleFields({ lines }), PLAIN_LOOK, {
      code: null,
      day: day('2026-11-29'),
    })
    const { file, text } = sound(bytes)
    const rows = lines.map(
      ({ position, name, price }) => `${position} ${name} 2 h ${price} 19% 180.00`,
    )
    expect(lackingIn(text, rows)).toEqual([])
    expect(lackingIn(text, ['Net 180.00 EUR', '34.20 EUR', 'Total 214.20 EUR'])).toEqual([])
    const pages = pictures(file, 50)
    const feet = pages.map((_, page) => `Page ${page + 1} of ${pages.length}`)
    expect(lackingIn(text, feet)).toEqual([])
    const heads = text.match(/No\.DescriptionQuantity/g) ?? []
    expect(pages.length - heads.length).toBeLessThanOrEqual(1)
  })

  it.each<[DocumentKind, string]>([
    ['proposal', 'de'],
    ['invoice', 'ru'],
    ['invoice', 'th'],
    ['credit-note', 'de-CH'],
    ['reminder', 'th'],
    ['letter', 'ru'],
  ])('gives back every word of a %s in %s', async (kind, language) => {
    const paper = samplePaper(kind, language)
    const { file, text } = await written(paper)
    pictures(file, 50)
    const { title, facts, lines, sums, payment, closing } = fieldsOf(paper)
    const words = [
      title,
      ...facts.map(({ value }) => value),
      ...lines.flatMap(({ name, net }) => [name, net]),
      ...sums.flatMap(({ label, value }) => [label, value]),
      ...payment.facts.map(({ value }) => value),
      ...closing.split('\n').flatMap((line) => line.split(/(?<=[.!?]) /)),
    ]
    expect(lackingIn(text, words)).toEqual([])
  })

  it('keeps long names and words without blanks on the page', async () => {
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
    const paper = samplePaper('invoice', 'de')
    const buyer = { ...paper.buyer, name: `${word} mbH`, street: word }
    const lines = paper.lines.map((line) => ({ ...line, text: `${word}${word}\n${word}` }))
    const { file } = await written({ ...paper, buyer, lines, subject: word.repeat(3) })
    const boxes = run('pdftotext', '-bbox', file, '-').toString('utf8')
    const rights = Array.from(boxes.matchAll(/xMax="([\d.]+)"/g), ([, right]) => Number(right))
    expect(Math.max(...rights)).toBeLessThan(540)
  })
})

describe('a payment code', () => {
  const swiss = (iban: string, changes: Partial<Paper> = {}): Paper => {
    const paper = samplePaper('invoice', 'de-CH')
    const account = { name: 'Bank', iban, bic: null, number: null, sort_code: null }
    const own = { name: 'Käserei Žurek', street: 'Gasse 12a', postcode: '8001', town: 'Zürich' }
    const seller = { ...paper.seller, ...own, country: 'CH', account }
    return { ...paper, seller, currency: { code: 'CHF', digits: 2 }, ...changes }
  }

  it('of a SEPA transfer is read back', async () => {
    const paper = samplePaper('invoice', 'de')
    const seller = { ...paper.seller, name: 'Grüße & Söhne' }
    const { file, payload } = await written({ ...paper, seller })
    expect(payload).toMatch(/^BCD\n002\n1\nSCT/)
    expect(scanned(file)).toBe(payload)
  })

  it.each([
    ['a QR-IBAN', swiss('CH4431999123000889012', { reference: '000000000000000000202600427' })],
    ['an IBAN', swiss('CH5604835012345678009')],
    ['an IBAN, with any reference', swiss('CH5604835012345678009', { reference: 'Müller 42' })],
  ])('of a Swiss bill to %s is read back, cross and all', async (_, paper) => {
    const { file, payload, text } = await written(paper)
    expect(payload).toMatch(/^SPC\n0200\n1\nCH/)
    expect(scanned(file)).toBe(payload)
    expect(lackingIn(text, ['Empfangsschein Zahlteil', 'CHF 5 095.02'])).toEqual([])
  })
})
