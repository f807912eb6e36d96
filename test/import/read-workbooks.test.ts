import { describe, expect, it } from 'vitest'
import {
  type BookType,
  CFB,
  type CellObject,
  utils,
  type WorkBook,
  type WorkSheet,
  write,
} from 'xlsx'
import { failure, read, save } from '../support/table-files.ts'
import { SHEET_HEAD, text, workbookOf, zip } from '../support/workbooks.ts'

type Cell = string | number | boolean | null | CellObject

const day = (v: number, z = 'yyyy-mm-dd'): CellObject => ({ t: 'n', v, z })

function bookOf(sheets: Record<string, WorkSheet | Cell[][]>): WorkBook {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) {
    utils.book_append_sheet(book, Array.isArray(sheet) ? utils.aoa_to_sheet(sheet) : sheet, name)
  }
  return book
}

function saveBook(book: WorkBook, bookType: BookType = 'xlsx', name = `list.${bookType}`): string {
  return save(name, write(book, { type: 'buffer', bookType, compression: true }) as Buffer)
}

const LIST: Cell[][] = [
  ['Company', 'Since', 'Revenue', 'Active', 'City'],
  ['Žabka & “Łódź”', day(45_000), 1234.5, true, 'Łódź'],
  ['Pier Nine', day(45_000.75, 'dd/mm/yyyy hh:mm'), { t: 'n', v: -20, z: '0.00' }, false, 'Perth'],
]

/** An OpenDocument workbook of these tables. */
function openDocument(tables: string, styles = ''): Buffer {
  const names = ['office', 'table', 'text', 'style'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  const content =
    `<office:document-content ${names.join(' ')}><office:automatic-styles>${styles}</office:automatic-styles>` +
    `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`
  return zip([
    { path: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    { path: 'META-INF/manifest.xml', content: '<manifest/>' },
    { path: 'styles.xml', content: '<office:document-styles/>' },
    { path: 'content.xml', content },
  ])
}

describe('workbooks', () => {
  it.each(['xlsx', 'xlsm', 'xlsb', 'biff8', 'ods'] as const)('%s', async (bookType) => {
    const table = await read(saveBook(bookOf({ Clients: LIST }), bookType))
    expect(table).toMatchObject({
      sheet: 'Clients',
      encoding: null,
      delimiter: null,
      headers: LIST[0],
      headerRow: 1,
      notes: [],
    })
    const cells = table.rows.map((row) => [row[0], row[1], row[3], row[4]])
    expect(cells).toEqual([
      ['Žabka & “Łódź”', '2023-03-15', 'TRUE', 'Łódź'],
      ['Pier Nine', bookType === 'ods' ? cells[1]?.[1] : '2023-03-15T18:00:00', 'FALSE', 'Perth'],
    ])
    expect(table.typed[0]?.slice(1, 3)).toEqual([
      { kind: 'date', value: '2023-03-15' },
      { kind: 'number', value: 1234.5 },
    ])
    expect(table.typed[1]?.[2]).toEqual({ kind: 'number', value: -20 })
  })

  it.each<BookType>(['biff5', 'biff2'])('%s, older than Excel 97', async (bookType) => {
    const rows = [
      ['Company', 'Revenue'],
      ['Muller', 5],
      ['Pier Nine', 7],
    ]
    const table = await read(saveBook(bookOf({ Sheet1: rows }), bookType, 'list.xls'))
    expect(table).toMatchObject({
      headers: rows[0],
      rows: [
        ['Muller', '5'],
        ['Pier Nine', '7'],
      ],
    })
  })

  it('are known by what they are, not by their names', async () => {
    const file = saveBook(bookOf({ Clients: LIST }), 'xlsx', 'clients.csv')
    expect((await read(file)).sheet).toBe('Clients')
    expect((await read(save('list.xlsx', 'a,b\n1,2\n'))).rows).toEqual([['1', '2']])
  })

  it.each(['xlsx', 'xlsb', 'biff8'] as const)(
    '%s of 1904 counts days from there',
    async (bookType) => {
      const book = bookOf({ Sheet1: [['Since'], [day(0)], [day(44_000)]] })
      book.Workbook = { WBProps: { date1904: true } }
      expect((await read(saveBook(book, bookType))).rows).toEqual([['1904-01-01'], ['2024-06-19']])
    },
  )

  it('have days, moments, times and durations as they were meant', async () => {
    const cells: [v: number, z: string, text: string][] = [
      [1, 'yyyy-mm-dd', '1900-01-01'],
      [59, 'yyyy-mm-dd', '1900-02-28'],
      [61, 'yyyy-mm-dd', '1900-03-01'],
      [36_526, 'd-mmm-yy', '2000-01-01'],
      [36_526, '[$-419]d mmmm yyyy', '2000-01-01'],
      [36_526.999999, 'm/d/yy h:mm', '2000-01-02'],
      [36_526.5, 'yyyy-mm', '2000-01-01T12:00:00'],
      [0.5, 'hh:mm:ss', '12:00:00'],
      [1.5, '[h]:mm', '36:00'],
      [2_958_465, 'yyyy-mm-dd', '9999-12-31'],
      [2_958_466, 'yyyy-mm-dd', '2958466'],
      [-1, 'yyyy-mm-dd', '-1'],
    ]
    const rows = cells.map(([v, z]) => ['x', { t: 'n' as const, v, z }])
    const table = await read(saveBook(bookOf({ Sheet1: [['Name', 'Day'], ...rows] })))
    expect(table.rows.map((row) => row[1])).toEqual(cells.map((cell) => cell[2]))
  })

  it('have numbers without noise, and as they were shown where they have a unit', async () => {
    const cells: [v: number, z: string, text: string][] = [
      [0.1 + 0.2, 'General', '0.3'],
      [1e21, 'General', '1000000000000000000000'],
      [-1.23456789e22, 'General', '-12345678900000000000000'],
      [1.5e-7, 'General', '0.00000015'],
      [441_234_567_890, 'General', '441234567890'],
      [1.2345e12, '0.00E+00', '1234500000000'],
      [6083, '00000', '06083'],
      [1234.5, '#,##0.00', '1,234.50'],
      [1234.5, '"€" #,##0.00', '€ 1,234.50'],
      [0.125, '0.0%', '12.5%'],
    ]
    const rows = cells.map(([v, z]) => ['x', { t: 'n' as const, v, z }])
    const table = await read(saveBook(bookOf({ Sheet1: [['Name', 'Number'], ...rows] })))
    expect(table.rows.map((row) => row[1])).toEqual(cells.map((cell) => cell[2]))
    expect(table.typed[0]?.[1]).toEqual({ kind: 'number', value: 0.3 })
    expect(table.typed[8]?.[1]).toEqual({ kind: 'number', value: 1234.5 })
  })

  it('have errors, which are read as empty and said', async () => {
    const error: CellObject = { t: 'e', v: 0x17 }
    const table = await read(
      saveBook(
        bookOf({
          S: [
            ['Name', 'Size', 'City'],
            ['Acme', error, 'Bonn'],
          ],
        }),
      ),
    )
    expect(table.rows).toEqual([['Acme', '', 'Bonn']])
    expect(table.typed[0]?.[1]).toEqual({ kind: 'error', value: '#REF!' })
    expect(table.notes).toEqual(['1 cell holds an error such as #REF!; it was read as empty'])
  })

  it('of OpenDocument have numbers as they were shown where they have a unit', async () => {
    const cell = (value: string, shown: string) =>
      `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${shown}</text:p></table:table-cell>`
    const head = ['Weight', 'Count'].map(
      (name) =>
        `<table:table-cell office:value-type="string"><text:p>${name}</text:p></table:table-cell>`,
    )
    const rows = [head, [cell('12.5', '12.5 kg'), cell('1234', '1,234')]]
      .map((cells) => `<table:table-row>${cells.join('')}</table:table-row>`)
      .join('')
    const sheet = `<table:table table:name="A">${rows}</table:table>`
    const table = await read(save('list.ods', openDocument(sheet)))
    expect(table.rows).toEqual([['12.5 kg', '1234']])
    expect(table.typed[0]?.[0]).toEqual({ kind: 'number', value: 12.5 })
  })

  it('have errors of OpenDocument, which says only what was shown', async () => {
    const cell = (shown: string, more = '') =>
      `<table:table-cell office:value-type="string"${more}><text:p>${shown}</text:p></table:table-cell>`
    const error = (shown: string) =>
      cell(shown, ' table:formula="of:=NA()" office:string-value="" calcext:value-type="error"')
    const rows = [
      [cell('Name'), cell('Size'), cell('City')],
      [cell('Acme'), error('#N/A'), cell('Bonn')],
      [cell('Pier'), error('Err:502'), cell('#1 in Graz!')],
      [cell('Mole'), error('#DIV/0!'), cell('Ulm')],
    ].map((cells) => `<table:table-row>${cells.join('')}</table:table-row>`)
    const sheet = `<table:table table:name="A">${rows.join('')}</table:table>`
    const table = await read(save('list.ods', openDocument(sheet)))
    expect(table.rows).toEqual([
      ['Acme', '', 'Bonn'],
      ['Pier', '', '#1 in Graz!'],
      ['Mole', '', 'Ulm'],
    ])
    expect(table.typed[0]?.[1]).toEqual({ kind: 'error', value: '#N/A' })
    expect(table.notes).toEqual(['3 cells hold errors such as #REF!; they were read as empty'])
  })

  it('have errors that are younger than the format', async () => {
    const row = `<row r="2">${text('A2', 'Acme')}<c r="B2" t="e"><v>#SPILL!</v></c></row>`
    const data = `<row r="1">${text('A1', 'Name')}${text('B1', 'Size')}</row>${row}`
    const sheet = `${SHEET_HEAD}<sheetData>${data}</sheetData></worksheet>`
    const table = await read(save('list.xlsx', zip(workbookOf(sheet))))
    expect(table.rows).toEqual([['Acme', '']])
    expect(table.notes).toEqual([expect.stringContaining('1 cell holds an error')])
  })

  it('keep line breaks, blanks and letters of any script in a cell', async () => {
    const rows = [
      ['Name', 'Note'],
      ['Acme', 'one\ntwo'],
      ['日本 😀', '  x  '],
      ['=1+1', '<b> & "x"'],
    ]
    expect((await read(saveBook(bookOf({ S: rows })))).rows).toEqual(rows.slice(1))
  })

  it('number their rows as they are seen, whatever is blank', async () => {
    const sheet = utils.sheet_add_aoa(
      {},
      [['Name', '', 'City'], ['A', '', 'Bonn'], [], ['B', '', 'Graz']],
      { origin: 'C4' },
    )
    const table = await read(saveBook(bookOf({ S: sheet })))
    expect(table).toMatchObject({ headers: ['Name', 'City'], headerRow: 4, numbers: [5, 7] })
    expect(table.rows).toEqual([
      ['A', 'Bonn'],
      ['B', 'Graz'],
    ])
  })
})

describe('merged cells', () => {
  it.each(['xlsx', 'biff8', 'ods'] as const)(
    'of %s hold for each row, numbers for the first',
    async (type) => {
      const sheet = utils.aoa_to_sheet([
        ['Company', 'Revenue', 'Contact'],
        ['Acme', 100, 'Ann'],
        [null, null, 'Bo'],
        [null, null, 'Cy'],
        [null, 50, 'Di'],
      ])
      sheet['!merges'] = [utils.decode_range('A2:A4'), utils.decode_range('B2:B4')]
      const { rows } = await read(saveBook(bookOf({ S: sheet }), type))
      expect(rows).toEqual([
        ['Acme', '100', 'Ann'],
        ['Acme', '', 'Bo'],
        ['Acme', '', 'Cy'],
        ['', '50', 'Di'],
      ])
    },
  )

  it('make no rows of their own', async () => {
    const sheet = utils.aoa_to_sheet([['Company', 'City'], ['Acme', 'Bonn'], [], ['Beta', 'Graz']])
    sheet['!merges'] = [utils.decode_range('A2:A3'), utils.decode_range('B2:B3')]
    expect((await read(saveBook(bookOf({ S: sheet })))).rows).toEqual([
      ['Acme', 'Bonn'],
      ['Beta', 'Graz'],
    ])
  })

  it('leave alone what a row under them says itself', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Company', 'City'],
      ['Acme', 'Bonn'],
      ['Acme Export', 'Graz'],
      [null, 'Ulm'],
    ])
    sheet['!merges'] = [utils.decode_range('A2:A4')]
    expect((await read(saveBook(bookOf({ S: sheet })))).rows).toEqual([
      ['Acme', 'Bonn'],
      ['Acme Export', 'Graz'],
      ['Acme', 'Ulm'],
    ])
  })

  it('may make a header of two rows', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Our clients'],
      ['Company', 'Region', 'Contact'],
      [null, null, 'Person', 'Phone'],
      ['Acme', 'North', 'Ann', '+44 1'],
    ])
    sheet['!merges'] = ['A1:D1', 'A2:A3', 'B2:B3', 'C2:D2'].map((range) =>
      utils.decode_range(range),
    )
    const table = await read(saveBook(bookOf({ S: sheet })))
    expect(table.headers).toEqual(['Company', 'Region', 'Person', 'Phone'])
    expect(table.rows).toEqual([['Acme', 'North', 'Ann', '+44 1']])
  })

  it('of such a header leave alone what stands above nothing', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Company', 'Town', 'Contact', null, 'Note'],
      [null, null, 'Person', 'Phone'],
      ['Acme', 'Bonn', 'Ann', '+44 1', 'large'],
    ])
    sheet['!merges'] = ['A1:A2', 'C1:D1'].map((range) => utils.decode_range(range))
    const table = await read(saveBook(bookOf({ S: sheet })))
    expect(table.headers).toEqual(['Company', 'Town', 'Person', 'Phone', 'Note'])
    expect(table.rows).toEqual([['Acme', 'Bonn', 'Ann', '+44 1', 'large']])
  })
})

describe('the sheet', () => {
  const SMALL: Cell[][] = [['Read me first']]
  const sheets = { Cover: SMALL, Clients: [...LIST, ...LIST.slice(1)], Deals: LIST }

  it.each(['xlsx', 'biff8', 'ods'] as const)('of %s that is a table is taken', async (type) => {
    const table = await read(saveBook(bookOf(sheets), type))
    expect(table.sheet).toBe('Clients')
    expect(table.notes).toEqual([
      'only the sheet “Clients” was read; there is also “Cover”, “Deals”',
    ])
  })

  it('is taken by name, in any case', async () => {
    const file = saveBook(bookOf(sheets))
    expect((await read(file, { sheet: 'DEALS' })).sheet).toBe('Deals')
    expect(await failure(file, { sheet: 'Leads' })).toBe(
      'list.xlsx has no sheet “Leads” | it has: Cover, Clients, Deals',
    )
    expect(await failure(saveBook(bookOf({ Empty: [], Other: [] })))).toBe(
      'the sheet “Empty” of list.xlsx is empty | name another one with --sheet: Empty, Other',
    )
  })

  it.each(['xlsx', 'xlsb', 'biff8'] as const)(
    'of %s is a visible one, if none is named',
    async (type) => {
      const book = bookOf({ Old: LIST, New: LIST })
      book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
      const file = saveBook(book, type)
      expect(await read(file)).toMatchObject({ sheet: 'New', notes: [] })
      expect((await read(file, { sheet: 'Old' })).sheet).toBe('Old')
    },
  )

  it('of OpenDocument is a visible one, too', async () => {
    const style = (name: string, shown: boolean): string =>
      `<style:style style:name="${name}" style:family="table"><style:table-properties table:display="${shown}"/></style:style>`
    const sheet = (name: string, ta: string): string =>
      `<table:table table:name="${name}" table:style-name="${ta}"><table:table-column table:number-columns-repeated="9"/>` +
      ['Company', 'Acme']
        .map(
          (cell) =>
            `<table:table-row><table:table-cell office:value-type="string"><text:p>${cell}</text:p></table:table-cell></table:table-row>`,
        )
        .join('') +
      '</table:table>'
    const styles = `<style:style style:name="co1" style:family="table-column"/>${style('ta1', false)}${style('ta2', true)}`
    const file = save('list.ods', openDocument(sheet('Old', 'ta1') + sheet('New', 'ta2'), styles))
    expect(await read(file)).toMatchObject({ sheet: 'New', notes: [], rows: [['Acme']] })
  })
})

describe('workbooks that are none, or harm', () => {
  it('an OpenDocument sheet that repeats a row for ever', async () => {
    const cell =
      '<table:table-cell office:value-type="string" table:number-columns-repeated="30"><text:p>x</text:p></table:table-cell>'
    const rows = `<table:table-row table:number-rows-repeated="1000000">${cell}</table:table-row>`
    const began = Date.now()
    const file = save('list.ods', openDocument(`<table:table table:name="A">${rows}</table:table>`))
    expect(await failure(file)).toMatch(/^list.ods holds too much to be unpacked \|/)
    // It is refused before SheetJS makes any cell of it.
    expect(Date.now() - began).toBeLessThan(5000)
  })

  const xlsx = write(bookOf({ S: LIST }), {
    type: 'buffer',
    bookType: 'xlsx',
    compression: true,
  }) as Buffer
  const DAMAGED = /^list.xlsx is damaged or cut short \| get it anew/

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
    const xls = write(bookOf({ S: LIST }), { type: 'buffer', bookType: 'biff8' }) as Buffer
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
    expect(await failure(save('list.xlsx', bytes))).toMatch(
      /^list.xlsx holds too much to be unpacked \|/,
    )
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
    expect(await failure(file)).toMatch(/holds too much/)
  })
})
