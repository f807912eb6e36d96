import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { failure, read, save } from '../support/table-files.ts'

const page = (rows: string): string => `<html><body><table>${rows}</table></body></html>`

async function cells(html: string) {
  const { headers, rows } = await read(save('x.xls', html))
  return [headers, ...rows]
}

describe('web pages named .xls', () => {
  it.each<[what: string, rows: string, table: string[][]]>([
    [
      'cells are text',
      '<tr><th>A<th>B<tr><td>007<td>1/2/2024',
      [
        ['A', 'B'],
        ['007', '1/2/2024'],
      ],
    ],
    [
      'numbers of Excel’s own are text, too',
      '<tr><th>A<th>B<tr><td x:num="7">007<td sdval="1.5">1,50',
      [
        ['A', 'B'],
        ['007', '1,50'],
      ],
    ],
    [
      'entities',
      '<tr><th>A<th>B<tr><td>Tom &amp; M&uuml;ller&#39;s<td>&lt;AG&gt; AT&T;',
      [
        ['A', 'B'],
        ["Tom & Müller's", '<AG> AT&T;'],
      ],
    ],
    [
      'lines',
      '<tr><th>A<th>B<tr><td>one<br>two<p> three \n four</p><td>x',
      [
        ['A', 'B'],
        ['one\ntwo\nthree four', 'x'],
      ],
    ],
    [
      'blank cells',
      '<tr><th>A<th>B<tr><td>&nbsp;<td>x<tr><td> <td> ',
      [['A', 'B'], ['\u00A0', 'x'].map((one) => one.trim())],
    ],
    [
      'a cell over two rows',
      '<tr><th>A<th>B<tr><td rowspan=2>x<td>1<tr><td>2',
      [
        ['A', 'B'],
        ['x', '1'],
        ['x', '2'],
      ],
    ],
    [
      'a figure over two rows',
      '<tr><th>A<th>B<tr><td rowspan=2>€ 1.200<td>a<tr><td>b',
      [
        ['A', 'B'],
        ['€ 1.200', 'a'],
        ['', 'b'],
      ],
    ],
    [
      'a title over all columns',
      '<tr><td colspan=2>Our list<tr><th>A<th>B<tr><td>1<td>2<tr><td>3<td>4',
      [
        ['A', 'B'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'scripts and styles',
      '<tr><th>A<th>B<tr><td><script>x()</script>y<style>z</style><td>1',
      [
        ['A', 'B'],
        ['y', '1'],
      ],
    ],
    [
      'a table in a cell',
      '<tr><th>A<th>B<tr><td><table><tr><td>in</table><td>1<tr><td>x<td>2',
      [
        ['A', 'B'],
        ['in', '1'],
        ['x', '2'],
      ],
    ],
    [
      'parts of a table',
      '<thead><tr><th>A<th>B</thead><tbody><tr><td>1<td>2</tbody>',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
  ])('%s', async (_, rows, table) => {
    expect(await cells(page(rows))).toEqual(table)
  })

  it('the table most like one is read, wherever it stands in the page', async () => {
    const list = '<table><tr><th>Name<th>City<tr><td>Acme<td>Bonn<tr><td>Nord<td>Kiel</table>'
    const html = `<table><tr><td>Menu<td><table><tr><td>${list}</table></table><p>end`
    expect(await cells(html)).toEqual([
      ['Name', 'City'],
      ['Acme', 'Bonn'],
      ['Nord', 'Kiel'],
    ])
  })

  it('of several tables one is named by its place or caption', async () => {
    const list = (name: string) =>
      `<table><caption>${name}</caption><tr><th>A<th>B<tr><td>${name}<td>2</table>`
    const file = save('x.html', list('First') + list('Second'))
    expect((await read(file, { sheet: 'second' })).rows).toEqual([['Second', '2']])
    const first = await read(file)
    expect(first.rows).toEqual([['First', '2']])
    expect(first.notes).toEqual(['only the sheet “First” was read; there is also “Second”'])
    // However small it is, but for a single cell, which is what holds a page together.
    const small = '<table><tr><td>other<td>lost</table><table><tr><td>Menu</table>'
    expect((await read(save('x.html', list('First') + small))).notes).toEqual([
      'only the sheet “First” was read; there is also “Table 2”',
    ])
  })

  it.each(['windows-1252', 'windows-1251', 'utf-16le', 'gb18030'])('in %s', async (encoding) => {
    const word = { 'windows-1251': 'Жёлтый', gb18030: '销售' }[encoding] ?? 'Müller'
    const head = `<meta http-equiv="Content-Type" content="text/html; charset=${encoding}">`
    const html = head + page(`<tr><th>A<th>B<tr><td>${word}<td>1`)
    const bytes = iconv.encode(html, encoding, { addBOM: encoding === 'utf-16le' })
    expect((await read(save('x.xls', bytes))).rows).toEqual([[word, '1']])
  })

  it('a page without a table, and one that is empty, are refused', async () => {
    expect(await failure(save('x.xls', '<html><p>no</html>'))).toMatch(
      /it is a web page without a table/,
    )
    expect(await failure(save('x.xls', page('<tr><td> </td></tr>')))).toMatch(
      /the sheet “Table 1” of x.xls is empty/,
    )
  })
})

const data = (type: string, value: string, rest = ''): string =>
  `<Cell${rest}><Data ss:Type="${type}">${value}</Data></Cell>`
const row = (...parts: string[]): string => `<Row>${parts.join('')}</Row>`
const sheet = (name: string, rows: string, options = ''): string =>
  `<Worksheet ss:Name="${name}"><Table>${rows}</Table>${options}</Worksheet>`
const book = (sheets: string, styles = '', encoding = 'UTF-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?><?mso-application progid="Excel.Sheet"?>` +
  '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">' +
  `<Styles>${styles}</Styles>${sheets}</Workbook>`
const HEAD = row(data('String', 'A'), data('String', 'B'))
const number = (value: number) => ({ kind: 'number', value })
const date = (value: string) => ({ kind: 'date', value })

describe('XML Spreadsheet 2003', () => {
  it.each<[what: string, cell: string, text: string, typed: unknown]>([
    ['text', data('String', '007'), '007', undefined],
    ['text that looks like a day', data('String', '1/2/2024'), '1/2/2024', undefined],
    ['a number', data('Number', '1234.5'), '1234.5', number(1234.5)],
    ['a number in powers', data('Number', '1.2E3'), '1200', number(1200)],
    ['zeros in front of a number', data('Number', '007'), '007', undefined],
    [
      'a number too long',
      data('Number', '12345678901234567890'),
      '12345678901234567890',
      undefined,
    ],
    ['no number', data('Number', 'many'), 'many', undefined],
    ['a day', data('DateTime', '2024-02-01T00:00:00.000'), '2024-02-01', date('2024-02-01')],
    [
      'a moment',
      data('DateTime', '2024-02-01T14:05:00.000'),
      '2024-02-01T14:05:00',
      date('2024-02-01T14:05:00'),
    ],
    ['a time', data('DateTime', '1899-12-31T14:05:00.000'), '14:05', undefined],
    ['no day', data('DateTime', '2024-02-31T00:00:00'), '2024-02-31T00:00:00', undefined],
    [
      'a day by its style',
      data('Number', '45323', ' ss:StyleID="d"'),
      '2024-02-01',
      date('2024-02-01'),
    ],
    ['a share by its style', data('Number', '0.25', ' ss:StyleID="p"'), '25.00%', number(0.25)],
    ['yes', data('Boolean', '1'), 'TRUE', undefined],
    ['no', data('Boolean', '0'), 'FALSE', undefined],
    ['an error', data('Error', '#REF!'), '', { kind: 'error', value: '#REF!' }],
    [
      'entities',
      data('String', 'Tom &amp; M&#252;ller&#10;x &lt;AG&gt;'),
      'Tom & Müller\nx <AG>',
      undefined,
    ],
    [
      'letters in bold',
      '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">a<B>b</B>c</ss:Data></Cell>',
      'abc',
      undefined,
    ],
    [
      'a comment',
      '<Cell><Data ss:Type="String">a</Data><Comment><Data>no</Data></Comment></Cell>',
      'a',
      undefined,
    ],
  ])('%s', async (_, cell, text, typed) => {
    const styles =
      '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>' +
      '<Style ss:ID="x"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="d" ss:Parent="x"/>'
    const rows = HEAD + row(cell, data('String', 'end'))
    const table = await read(save('x.xls', book(sheet('S', rows), styles)))
    expect([table.rows, table.typed[0]?.[0]]).toEqual([[[text, 'end']], typed])
  })

  it('places, merged cells, hidden sheets, errors and formulas', async () => {
    const hidden = '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>'
    const rows =
      HEAD +
      `<Row ss:Index="4">${data('String', 'x', ' ss:MergeDown="1"')}${data('Error', '#N/A')}</Row>` +
      `<Row>${data('String', 'y', ' ss:Index="2"')}<Cell ss:Formula="=1+1"/></Row>`
    const bytes = iconv.encode(
      book(sheet('Old', HEAD + HEAD + HEAD, hidden) + sheet('Größe', rows), '', 'ISO-8859-1'),
      'latin1',
    )
    const table = await read(save('x.xml', bytes))
    expect(table).toMatchObject({ sheet: 'Größe', rows: [['x'], ['x', 'y']], numbers: [4, 5] })
    expect(table.notes).toEqual([
      '1 cell holds an error such as #REF!; it was read as empty',
      expect.stringMatching(/^1 cell holds a formula without its result/),
    ])
  })

  it('any other XML is refused', async () => {
    expect(await failure(save('x.xml', '<?xml version="1.0"?><rss><a/></rss>'))).toMatch(
      /it is an XML document/,
    )
  })
})
