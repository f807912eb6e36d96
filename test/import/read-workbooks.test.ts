import { describe, expect, it } from 'vitest'
import { type BookType, type CellObject, utils } from 'xlsx'
import { failure, read, save } from '../support/table-files.ts'
import {
  bookOf,
  type Cell,
  day,
  openDocument,
  saveBook,
  SHEET_HEAD,
  text,
  workbookOf,
  zip,
} from '../support/workbooks.ts'

const LIST: Cell[][] = [
  ['Company', 'Since', 'Revenue', 'Active', 'City'],
  ['Žabka & “Łódź”', day(45_000), 1234.5, true, 'Łódź'],
  ['Pier Nine', day(45_000.75, 'dd/mm/yyyy hh:mm'), { t: 'n', v: -20, z: '0.00' }, false, 'Perth'],
]

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

  it('have formulas of programs that do not compute, which is said', async () => {
    const cells = [
      text('A2', 'Acme'),
      '<c r="B2"><f>1+1</f></c>',
      '<c r="C2" s="0"><f>SUM(B2)</f><v></v></c>',
      '<c r="D2" t="n"><f t="shared" si="0"/><v/></c>',
      '<c r="E2" t="str"><f>""</f><v></v></c>',
      '<c r="F2"><f>2+2</f><v>4</v></c>',
      '<c r="G2" s="0"/>',
    ]
    const heads = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((column) =>
      text(`${column}1`, `Head ${column}`),
    )
    const data = `<row r="1">${heads.join('')}</row><row r="2">${cells.join('')}</row>`
    const sheet = `${SHEET_HEAD}<sheetData>${data}</sheetData></worksheet>`
    const table = await read(save('list.xlsx', zip(workbookOf(sheet))))
    expect(table.rows).toEqual([['Acme', '', '', '', '', '4']])
    expect(table.notes).toEqual([
      '3 cells hold a formula without its result; they were read as empty: ' +
        'open the file in a spreadsheet program and save it',
    ])
  })

  it('of OpenDocument have such formulas, too, in the sheet that is read', async () => {
    const string = (value: string) =>
      `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`
    const formula = '<table:table-cell table:formula="of:=1+1"/>'
    const computed =
      '<table:table-cell table:formula="of:=2+2" office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'
    const sheet = (name: string, cells: string) =>
      `<table:table table:name="${name}"><table:table-row>${string('Name')}${string('Size')}${string('More')}</table:table-row>` +
      `<table:table-row>${string('Acme')}${cells}</table:table-row></table:table>`
    const tables = sheet('A', computed + formula) + sheet('B', formula + formula)
    const file = save('list.ods', openDocument(tables))
    expect((await read(file)).notes.at(-1)).toMatch(
      /^1 cell holds a formula without its result; it /,
    )
    expect((await read(file, { sheet: 'B' })).notes.at(-1)).toMatch(/^2 cells hold a formula/)
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
