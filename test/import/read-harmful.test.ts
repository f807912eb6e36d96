import { describe, expect, it } from 'vitest'
import { CFB, write } from 'xlsx'
import { failure, read, save } from '../support/table-files.ts'
import { bookOf, openDocument, SHEET_HEAD, text, workbookOf, zip } from '../support/workbooks.ts'

describe('workbooks that are none, or harm', () => {
  it('an OpenDocument sheet that repeats a row for ever', async () => {
    const cell =
      '<table:table-cell office:value-type="string" table:number-columns-repeated="30"><text:p>x</text:p></table:table-cell>'
    const rows = `<table:table-row table:number-rows-repeated="1000000">${cell}</table:table-row>`
    const began = Date.now()
    const file = save('list.ods', openDocument(`<table:table table:name="A">${rows}</table:table>`))
    expect(await failure(file)).toMatch(/^list.ods is too large to open \|/)
    // It is refused before SheetJS makes any cell of it.
    expect(Date.now() - began).toBeLessThan(5000)
  })

  const xlsx = write(bookOf({ S: [['Company'], ['Pier Nine']] }), {
    type: 'buffer',
    bookType: 'xlsx',
    compression: true,
  }) as Buffer
  const DAMAGED = /^list.xlsx is damaged or cut short \| download it again/

  it.each([0.1, 0.5, 0.9, 0.99])('cut short at %d', async (share) => {
    expect(await failure(save('list.xlsx', xlsx.subarray(0, xlsx.length * share)))).toMatch(DAMAGED)
  })

  it('with damaged content', async () => {
    const bytes = Buffer.from(xlsx)
    const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 40
    bytes.fill(0xff, at, at + 60)
    expect(await failure(save('list.xlsx', bytes))).toMatch(DAMAGED)
  })

  it('an old one cut short', async () => {
    const xls = write(bookOf({ S: [['Company'], ['Pier Nine']] }), {
      type: 'buffer',
      bookType: 'biff8',
    }) as Buffer
    expect(await failure(save('list.xlsx', xls.subarray(0, 1000)))).toMatch(DAMAGED)
  })

  it.each([
    [
      'a Word document',
      [
        { path: '[Content_Types].xml', content: '<Types/>' },
        { path: 'word/document.xml', content: '<w/>' },
      ],
      'a Word document',
    ],
    [
      'a presentation',
      [
        { path: '[Content_Types].xml', content: '<Types/>' },
        { path: 'ppt/presentation.xml', content: '<p/>' },
      ],
      'a presentation',
    ],
    ['an archive', [{ path: 'list.csv', content: 'a,b' }], 'a zip archive; unpack it first'],
  ])('%s', async (_, entries, what) => {
    expect(await failure(save('list.xlsx', zip(entries)))).toBe(
      `list.xlsx is not a spreadsheet: it is ${what} | save the list as .xlsx or .csv and try again`,
    )
  })

  it('an old Word document', async () => {
    const file = CFB.utils.cfb_new()
    CFB.utils.cfb_add(file, '/WordDocument', Buffer.alloc(5000))
    const bytes = CFB.write(file, { type: 'buffer' }) as Buffer
    expect(await failure(save('list.xls', bytes))).toMatch(/it is a Word document/)
  })

  it('protected ones', async () => {
    const PROTECTED = 'is protected by a password | save it without a password and try again'
    const file = CFB.utils.cfb_new()
    CFB.utils.cfb_add(file, '/EncryptionInfo', Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]))
    CFB.utils.cfb_add(file, '/EncryptedPackage', Buffer.alloc(5000, 7))
    const xlsxFile = save('list.xlsx', CFB.write(file, { type: 'buffer' }) as Buffer)
    expect(await failure(xlsxFile)).toBe(`list.xlsx ${PROTECTED}`)
    const ods = zip([
      { path: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
      { path: 'content.xml', content: Buffer.alloc(100, 7) },
      {
        path: 'META-INF/manifest.xml',
        content:
          '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>',
      },
    ])
    expect(await failure(save('list.ods', ods))).toBe(`list.ods ${PROTECTED}`)
  })

  it('one that unpacks to far more than it is', async () => {
    const rows = `${SHEET_HEAD}<sheetData>${' '.repeat(100 << 20)}</sheetData></worksheet>`
    const bytes = zip(workbookOf(rows))
    expect(bytes.length).toBeLessThan(1 << 20)
    expect(await failure(save('list.xlsx', bytes))).toMatch(/^list.xlsx is too large to open \|/)
  })

  it('one that unpacks to more than it says', async () => {
    const sheet = `${SHEET_HEAD}<sheetData><row r="1">${text('A1', 'Name')}</row>${' '.repeat(100 << 20)}</sheetData></worksheet>`
    const bytes = zip(workbookOf(sheet))
    const size = Buffer.alloc(4)
    size.writeUInt32LE(Buffer.byteLength(sheet))
    for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at))
      bytes.writeUInt32LE(1000, at)
    expect(await failure(save('list.xlsx', bytes))).toMatch(DAMAGED)
  })

  it('an absurd range and a cell far out cost nothing', async () => {
    const sheet = `${SHEET_HEAD}<dimension ref="A1:XFD1048576"/><sheetData><row r="1">${text('A1', 'Name')}${text('B1', 'City')}</row><row r="2">${text('A2', 'Acme')}${text('B2', 'Bonn')}</row><row r="1048576">${text('A1048576', 'Beta')}${text('XFD1048576', 'far')}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`
    const table = await read(save('list.xlsx', zip(workbookOf(sheet))))
    expect(table.numbers).toEqual([2, 1_048_576])
    expect(table.headers).toEqual(['Name', 'City'])
    expect(table.rows).toEqual([
      ['Acme', 'Bonn'],
      ['Beta', '', 'far'],
    ])
  })

  it('cells far out in many rows are refused before they fill the memory', async () => {
    const rows = Array.from(
      { length: 1500 },
      (_, i) => `<row r="${i + 1}">${text(`XFD${i + 1}`, 'x')}</row>`,
    )
    const file = save(
      'list.xlsx',
      zip(workbookOf(`${SHEET_HEAD}<sheetData>${rows.join('')}</sheetData></worksheet>`)),
    )
    expect(await failure(file)).toMatch(/is too large to open/)
  })
})
