import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const IDS = ['--vat-id', 'de 136 695 976', '--tax-number', '27/123/45678']
const STORED = {
  vat_id: 'DE136695976',
  tax_number: '27/123/45678',
  e_address: '0088:4012345000009',
}

function clientOf({ json }: ImportsInside, client: string): Promise<Record<string, unknown>> {
  return json('client', 'show', client)
}

function rowsOf({ folder }: ImportsInside): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

describe('the tax numbers and the e-address of a client', () => {
  it('are given, shown, listed, chosen by, found and changed, and undone row for row', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'Pier Nine', '--vat-id', 'ATU13585627')
    await made.ok('client', 'add', 'Harbour Foods')
    const before = rowsOf(made)
    await made.ok('client', 'edit', '2', ...IDS, '--e-address', '0088: 4012345000009')
    expect(await clientOf(made, '2')).toMatchObject(STORED)
    const card = await made.ok('client', 'show', '2')
    expect(card).toContain('VAT ID: DE136695976\n')
    expect(card).toContain('E-address: 0088:4012345000009\n')
    for (const where of ['vat-id=DE 136695976', 'vat_id~1366', 'tax-number', 'e-address~0088']) {
      expect(await made.ok('client', 'list', '--where', where, '--csv')).toMatch(/Harbour/)
      expect(await made.ok('client', 'list', '--where', where, '--csv')).not.toMatch(/Pier/)
    }
    const listed = ['client', 'list', '--columns', 'name,vat-id', '--sort', 'vat-id', '--csv']
    expect(await made.ok(...listed)).toMatch(/ATU13585627\r?\nHarbour Foods,DE136695976/)
    expect(await made.ok('find', '136695976')).toMatch(/client +2 +/)
    await made.ok('client', 'edit', '--where', 'vat-id~DE', '--set', 'tax-number=none')
    expect(await clientOf(made, '2')).toMatchObject({ ...STORED, tax_number: null })
    for (let n = 0; n < 2; n += 1) await made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
  })

  it('are taken though they look wrong, which is said and shown', async () => {
    const made = await importsInside()
    const add = ['client', 'add', 'Quay', '--vat-id', 'DE136695977']
    const { code, err } = await runInside(made.folder, add)
    expect(`${code}: ${err}`).toMatch(/^0: [^]*the VAT ID DE136695977 has a check digit/)
    expect(await made.ok('client', 'show', '1')).toMatch(/VAT ID: DE136695977 \(has a check digit/)
  })

  it('go with a merge, and differing ones are kept as a line', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'One', '--tax-number', '7')
    await made.ok('client', 'add', 'Two', ...IDS)
    await made.ok('client', 'merge', '1', '2')
    expect(await clientOf(made, '1')).toMatchObject({
      vat_id: 'DE136695976',
      tax_number: '7',
      note: 'tax number of client 2 (Two): 27/123/45678',
    })
  })

  it('go when the client is erased', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'One', ...IDS, '--e-address', '991-33333TEST-33')
    await made.ok('client', 'erase', '1', '--yes')
    const none = { vat_id: null, tax_number: null, e_address: null }
    expect(await clientOf(made, '1')).toMatchObject(none)
  })
})

describe('tax numbers in files', () => {
  it.each([
    ['VAT ID', 'Tax number', 'Peppol ID'],
    ['VAT Registration No.', 'Tax ID', 'E-Invoice Address'],
    ['USt-IdNr.', 'Steuernummer', 'Leitweg-ID'],
    ['N° TVA', 'Numéro fiscal', 'Identifiant Peppol'],
    ['NIF-IVA', 'NIF', 'ID Peppol'],
    ['Номер НДС', 'ИНН', 'Идентификатор ЭДО'],
    ['增值税号', '税号', '电子发票地址'],
    ['เลขทะเบียนภาษีมูลค่าเพิ่ม', 'เลขประจำตัวผู้เสียภาษี', 'ที่อยู่ใบกำกับภาษีอิเล็กทรอนิกส์'],
    ['P.IVA', 'Codice fiscale', 'Electronic address'],
  ])('are read from %s, %s and %s', async (...headers) => {
    const made = await importsInside()
    const file = path.join(made.folder, 'list.csv')
    const row = 'Harbour Foods,DE 136695976,27/123/45678,0088:4012345000009'
    writeFileSync(file, `Company,${headers.join(',')}\n${row}\n`)
    await made.ok('import', 'clients', 'list.csv')
    expect(await clientOf(made, '1')).toMatchObject({ ...STORED, properties: [] })
  })

  it('are taken though they look wrong, and the rows are named', async () => {
    const made = await importsInside()
    const file = path.join(made.folder, 'list.csv')
    writeFileSync(file, 'Company,VAT ID\nHarbour Foods,DE136695977\nPier Nine,ATU13585627\n')
    const said = await made.ok('import', 'clients', 'list.csv')
    expect(said).toContain('row 2 (Harbour Foods): the VAT ID DE136695977 has a check digit')
    expect(said).not.toContain('(Pier')
  })

  it('keep two clients of one name apart', async () => {
    const made = await importsInside()
    const file = path.join(made.folder, 'list.csv')
    writeFileSync(file, 'Company,VAT ID\nHarbour Foods,DE136695976\nHarbour Foods,ATU13585627\n')
    const said = await made.ok('import', 'clients', 'list.csv')
    expect(said).toMatch(/has its name, and another VAT ID/i)
    expect(await made.ok('client', 'list', '--csv')).toMatch(/Harbour Foods[^]*Harbour Foods/)
  })

  it.each([['clients.csv'], ['clients.json'], ['clients.vcf']])(
    'go out and come back with %s',
    async (file) => {
      const made = await importsInside()
      const more = ['--e-address', '0088:4012345000009', '--size', 'big', '--rating', 'A']
      await made.ok('client', 'add', 'Harbour Foods', ...IDS, ...more)
      await made.ok('export', 'clients', '--out', path.join(made.folder, file))
      const again = await importsInside()
      await again.ok('import', 'clients', path.join(made.folder, file))
      expect(await clientOf(again, '1')).toMatchObject({ ...STORED, size: 'big', rating: 'A' })
    },
  )
})
