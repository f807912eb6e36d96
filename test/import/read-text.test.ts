import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { unreadable } from '../../src/import/read/file.ts'
import { type TableOptions } from '../../src/import/recognise/table.ts'
import { failure, read, save, tempFolder } from '../support/table-files.ts'

const LIST = [
  ['Company', 'City', 'Owner'],
  ['Harbour Foods', 'Leith', 'Ann'],
  ['Pier Nine', 'Perth', 'Bo'],
]

function csv(rows: readonly (readonly string[])[], delimiter = ',', end = '\n'): string {
  return rows.map((row) => row.join(delimiter) + end).join('')
}

describe('cells of text', () => {
  const cases: [what: string, text: string, rows: string[][]][] = [
    ['a comma in quotes', 'a,b\n"x, y",2\n', [['x, y', '2']]],
    [
      'empty cells, quoted or not',
      'a,b,c\n1,"",""\n2,,4\n',
      [
        ['1', '', ''],
        ['2', '', '4'],
      ],
    ],
    [
      'quotes written twice',
      'a,b\n1,"say ""hi"" now"\n2,"""x"""\n',
      [
        ['1', 'say "hi" now'],
        ['2', '"x"'],
      ],
    ],
    ['line breaks in quotes', 'a,b\n"one\ntwo\r\nthree",2\n', [['one\ntwo\r\nthree', '2']]],
    ['quotes and line breaks', 'a,b\n1,"x \n""y"" \nz"\n', [['1', 'x \n"y" \nz']]],
    ['speech over lines', 'a,b\n1,"""Yes"",""no"" \nshe said"\n', [['1', '"Yes","no" \nshe said']]],
    ['JSON in a cell', 'k,v\n1,"{""a"": [1.5, 2]}"\n', [['1', '{"a": [1.5, 2]}']]],
    ['no line end at the end', 'a,b\r\n1,2', [['1', '2']]],
    [
      'line ends of all kinds',
      'a,b\r1,2\n3,4\r\n5,6\r',
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'a quote in the midst of a cell',
      'a,b\n6" pipe,the "big" one\n',
      [['6" pipe', 'the "big" one']],
    ],
    ['a quoted word at the start', 'a,b\n"Pier" Nine,2\n', [['"Pier" Nine', '2']]],
    [
      'quotes in quotes that nobody doubled',
      'a,b\n"the "big" one",2\n',
      [['"the "big" one"', '2']],
    ],
    ['blanks around quotes', 'a,b\n "x, y" ,2\n', [['x, y', '2']]],
    ['blanks of a cell', 'a,b\n  x ,2\n', [['  x ', '2']]],
    ['a cell too few', 'a,b\n1\n', [['1']]],
  ]
  it.each(cases)('%s', async (_, text, rows) => {
    expect((await read(save('list.csv', text))).rows).toEqual(rows)
  })

  it('of rows are counted as records, blank ones too', async () => {
    const { numbers } = await read(save('list.csv', 'a,b\n\n1,"x\ny"\n,\n3,4\n'))
    expect(numbers).toEqual([3, 5])
  })

  it('of a pasted table stay one cell', async () => {
    const note = 'Met:\nAnn, Bob, Carl\nJo, Al, Mo\nat lunch'
    const { rows } = await read(save('list.csv', `day,who,note\n1,Ann,"${note}"\n`))
    expect(rows).toEqual([['1', 'Ann', note]])
  })
})

describe('delimiters', () => {
  it.each([',', ';', '\t', '|'])('%j is found', async (delimiter) => {
    const table = await read(save('list.txt', csv(LIST, delimiter)))
    expect(table).toMatchObject({ delimiter, headers: LIST[0], rows: LIST.slice(1) })
  })

  it('semicolons win where commas are decimal marks', async () => {
    const table = await read(save('list.csv', 'Firm;Net;Gross\nA;1,5;2,5\nB;1,25;2,75\n'))
    expect(table).toMatchObject({
      delimiter: ';',
      rows: [
        ['A', '1,5', '2,5'],
        ['B', '1,25', '2,75'],
      ],
    })
  })

  it('semicolons win where the header has as many commas', async () => {
    const table = await read(save('list.csv', 'Firm;Net, EUR\nA;1,5\nB;1,25\n'))
    expect(table).toMatchObject({
      headers: ['Firm', 'Net, EUR'],
      rows: [
        ['A', '1,5'],
        ['B', '1,25'],
      ],
    })
  })

  it.each(['sep=^\r\n', '"sep=^"\n', '\uFEFFsep=^\n'])('%j names one', async (line) => {
    const table = await read(save('list.csv', line + csv(LIST, '^')))
    expect(table).toMatchObject({ delimiter: '^', headerRow: 1, headers: LIST[0] })
  })

  it('a list of one column needs none', async () => {
    const table = await read(save('list.csv', 'Company\nHarbour Foods\nPier Nine\n'))
    expect(table).toMatchObject({ headers: ['Company'], rows: [['Harbour Foods'], ['Pier Nine']] })
  })
})

// Each list is written as its users would, in the encoding that their programs save.
const WRITTEN: [encoding: string, text: string][] = [
  ['windows-1250', 'Firma,Miasto\nŻabka Sp. z o.o.,Łódź\nKółko Rolnicze,Kraków\n'],
  ['windows-1251', 'Компания,Город\nООО Ромашка,Москва\nАО Север,Нижний Новгород\n'],
  ['windows-1252', 'Firma,Straße\nMüller & Söhne GmbH,Königsallee 1\nBäckerei Groß,Köln\n'],
  ['windows-1253', 'Εταιρεία,Πόλη\nΕλληνικά Πετρέλαια,Αθήνα\nΟΤΕ,Θεσσαλονίκη\n'],
  ['windows-1254', 'Şirket,Şehir\nTürk Telekom A.Ş.,İstanbul\nGüneş Gıda,Eskişehir\n'],
  ['windows-1255', 'חברה,עיר\nבנק הפועלים,תל אביב\nתנובה,ירושלים\n'],
  ['windows-1256', 'شركة,مدينة\nأرامكو,الرياض\nمصرف الراجحي,جدة\n'],
  ['windows-874', 'บริษัท,เมือง\nบริษัท ปตท. จำกัด,กรุงเทพมหานคร\nซีพี ออลล์,เชียงใหม่\n'],
  ['koi8-r', 'Компания,Город\nООО Ромашка,Москва\nАО Север,Санкт-Петербург\n'],
  ['big5', '公司,城市\n台灣積體電路製造,新竹\n鴻海精密工業,新北市\n'],
  ['shift_jis', '会社,都市\n株式会社トヨタ,東京\nソニー株式会社,大阪\n'],
  ['euc-jp', '会社,都市\n株式会社トヨタ,東京\nソニー株式会社,大阪\n'],
  ['gb18030', '公司,城市\n华为技术有限公司,深圳\n阿里巴巴集团,杭州\n'],
  ['euc-kr', '회사,도시\n삼성전자,서울\n현대자동차,부산\n'],
]

function cellsOf(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
}

describe('encodings', () => {
  it.each(WRITTEN)('%s is found, and said', async (encoding, text) => {
    const table = await read(save('list.csv', iconv.encode(text, encoding)))
    expect([table.headers, ...table.rows]).toEqual(cellsOf(text))
    expect(table.encoding).toBe(encoding)
    expect(table.notes).toEqual([
      `the file is not UTF-8; it was read as ${encoding} (--encoding overrules it)`,
    ])
  })

  const text = WRITTEN.map(([, list]) => list.replaceAll('\n', ',x\n')).join('')
  it.each([
    ['utf-8', false],
    ['utf-8', true],
    ['utf-16le', true],
    ['utf-16be', true],
    ['utf-32le', true],
    ['utf-32be', true],
    ['utf-16le', false],
    ['utf-16be', false],
  ])('%s with a mark: %s', async (encoding, addBOM) => {
    const table = await read(save('list.csv', iconv.encode(text, encoding, { addBOM })))
    expect(table).toMatchObject({ encoding, notes: [] })
    expect([table.headers, ...table.rows]).toEqual(cellsOf(text))
  })

  it('UTF-8 is told from the last byte of a long file, too', async () => {
    const rows = `Name,City\n${'Acme,Bonn\n'.repeat(60_000)}`
    const sound = await read(save('list.csv', `${rows}Müller,Köln\n`))
    expect(sound).toMatchObject({ encoding: 'utf-8', notes: [] })
    const table = await read(save('list.csv', iconv.encode(`${rows}Müller,Köln\n`, 'windows-1252')))
    expect(table.encoding).toBe('windows-1252')
    expect(table.rows.at(-1)).toEqual(['Müller', 'Köln'])
  })

  it.each([
    ['two bytes', 'é'],
    ['three bytes', '台'],
    ['four bytes', '😀'],
  ])('a letter of %s may lie across two pieces of a long file', async (_, letter) => {
    // Files are read 256 KiB at a time.
    const lead = 'Name,City\nMüller,Köln\n'
    const rows = lead + 'x'.repeat((1 << 18) - Buffer.byteLength(lead) - 1)
    const table = await read(save('list.csv', `${rows}${letter},Bonn\n`))
    expect(table).toMatchObject({ encoding: 'utf-8', notes: [] })
    expect(table.rows.at(-1)?.[0]?.slice(-letter.length - 1)).toBe(`x${letter}`)
  })

  it('one that the end of the file does not fit is not chosen', async () => {
    const early = `Name,City\n${'Müller,Köln\nGroß,Würzburg\n'.repeat(12_000)}`
    // No letter in Windows-1252, which all else is written in.
    const late = Buffer.concat([
      iconv.encode(early, 'windows-1252'),
      Buffer.from('A\x81c,B\n', 'latin1'),
    ])
    const { encoding, notes, rows } = await read(save('list.csv', late))
    expect(encoding).not.toBe('windows-1252')
    expect(notes).toEqual([expect.stringContaining(`it was read as ${encoding}`)])
    expect(rows[0]).toEqual(['Müller', 'Köln'])
    expect(rows.at(-1)?.[1]).toBe('B')
  })

  it('UTF-16 that was cut off in a letter keeps the letters before it', async () => {
    const bytes = iconv.encode('Name,City\nAcme,Bonn\n', 'utf-16le', { addBOM: true })
    const { rows } = await read(save('list.csv', Buffer.concat([bytes, Buffer.from('B')])))
    expect(rows[0]).toEqual(['Acme', 'Bonn'])
  })

  it('UTF-8 that was cut off in a letter keeps the letters before it, and says so', async () => {
    const whole = Buffer.from('\uFEFFName\nMüller\nGröße\nZoë')
    const { rows, notes } = await read(save('list.csv', whole.subarray(0, -1)))
    expect(rows).toEqual([['Müller'], ['Größe'], ['Zo\uFFFD']])
    expect(notes).toEqual(['a few bytes of the file are not UTF-8; they are shown as \uFFFD'])
  })

  it('a few damaged bytes do not make another encoding', async () => {
    const bytes = Buffer.from(
      'Name,City\nMüller,Köln\nGroß,Würzburg\nÅse,Tromsø\nZoë,Graz\nX#,Y\nÇa,Ü\nÉ,Ñ\n',
    )
    bytes[bytes.indexOf('#')] = 0xff
    const table = await read(save('list.csv', bytes))
    expect(table.notes).toEqual(['a few bytes of the file are not UTF-8; they are shown as \uFFFD'])
    expect(table.rows).toContainEqual(['X\uFFFD', 'Y'])
  })

  it('a wrong wish is refused', async () => {
    const file = save('list.csv', iconv.encode('Name\nMüller\n', 'windows-1252'))
    expect(await failure(file, { encoding: 'utf-8' })).toMatch(/^list.csv is not text in utf-8 \|/)
    expect(await failure(file, { encoding: 'klingon' })).toMatch(
      /^there is no encoding “klingon” \|/,
    )
    expect(await failure(file, { encoding: 'base64' })).toMatch(/^there is no encoding “base64” \|/)
    expect((await read(file, { encoding: 'Windows-1252' })).rows).toEqual([['Müller']])
    const binary = save('list.csv', Buffer.from('Name\n\0\x01\0\x02\n', 'latin1'))
    expect(await failure(binary, { encoding: 'windows-1252' })).toMatch(
      /neither text nor a workbook/,
    )
  })

  it('a mark for a letter that was lost before is no sign of a wrong wish', async () => {
    const file = save('list.csv', 'Name\nM\uFFFDller\n')
    expect((await read(file, { encoding: 'utf-8' })).rows).toEqual([['M\uFFFDller']])
    expect((await read(file)).notes).toEqual([])
  })
})

describe('files that are no lists', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const cases: [what: string, content: string | Buffer, message: RegExp][] = [
    ['an empty file', '', /^list.csv is empty \|/],
    ['white space', ' \n\t\r\n', /^list.csv is empty \|/],
    ['a byte order mark', '\uFEFF', /^list.csv is empty \|/],
    ['a picture', png, /^list.csv is not a spreadsheet: it is a picture \|/],
    ['a PDF document', '%PDF-1.7\n', /it is a PDF document/],
    ['a web page', '<!DOCTYPE html>\n<html>', /it is a web page without a table/],
    ['a web archive', 'MIME-Version: 1.0\nX: 1\n', /it is a web archive/],
    ['XML', '<?xml version="1.0"?><a/>', /it is an XML document/],
    ['gzip', Buffer.from('1f8b0800', 'hex'), /compressed with gzip/],
    [
      'a sound, whose numbers have two bytes',
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? i % 31 : 0))),
      /neither text/,
    ],
    ['NUL bytes', 'Name,City\nAc\0me,Bonn\n', /it is neither text nor a workbook/],
    [
      'noise',
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)),
      /neither text/,
    ],
  ]
  it.each(cases)('%s', async (_, content, message) => {
    expect(await failure(save('list.csv', content))).toMatch(message)
  })

  it('a folder, a missing file, one that may not be read', async () => {
    const folder = tempFolder()
    mkdirSync(path.join(folder, 'lists'))
    expect(await failure(path.join(folder, 'lists'))).toMatch(
      /^lists cannot be read: it is a folder \|/,
    )
    expect(await failure(path.join(folder, 'no.csv'))).toMatch(/: there is no such file \|/)
    const secret = path.join(folder, 'secret.csv')
    writeFileSync(secret, 'Name\nAcme\n')
    chmodSync(secret, 0)
    if (process.getuid?.() !== 0) expect(await failure(secret)).toMatch(/: you may not read it \|/)
    const locked = Object.assign(new Error('ENODEV: no such device, read'), { code: 'ENODEV' })
    expect(unreadable(locked, 'a.csv').message).toBe(
      'a.csv cannot be read: ENODEV: no such device, read',
    )
    expect(await failure('/dev/null')).toMatch(/: it is a pipe or a device, not a file \|/)
  })

  it('only headers are a table without rows', async () => {
    expect(await read(save('list.csv', 'Name,City\n'))).toMatchObject({
      headers: ['Name', 'City'],
      rows: [],
    })
  })

  it.each([
    ['to the end', 'a,b\n1,2\n3,"4\n5,6\n'],
    ['to the next quote', 'a,b\n1,2\n3,"4\n5,"6"\n'],
    ['over rows up to a quote at the end of a cell', 'a,b\n1,2\n3,"4\n5,6\n7,8\n9,10\n11,12"\n'],
    ['over more than a cell holds', `a,b\n1,2\n3,"4\n${'5,6\n'.repeat(100_000)}7,"8"\n`],
  ])('a quote that nobody closed, %s, is named with its row', async (_, text) => {
    expect(await failure(save('list.csv', text))).toBe(
      'list.csv is not sound: in row 3 a quote (") opens and is never closed' +
        ' | close the quote, or write it twice if it is part of the text',
    )
  })

  it('a row without an end is refused before it fills the memory', async () => {
    expect(await failure(save('list.csv', 'x,'.repeat(12 << 20)))).toMatch(/row 1 is too long/)
  })
})

const ENCODINGS: { options: TableOptions; encode: (text: string) => Buffer }[] = [
  { options: {}, encode: (text) => Buffer.from(text) },
  { options: {}, encode: (text) => iconv.encode(text, 'utf-8', { addBOM: true }) },
  { options: {}, encode: (text) => iconv.encode(text, 'utf-16le', { addBOM: true }) },
  { options: {}, encode: (text) => iconv.encode(text, 'utf-16be', { addBOM: true }) },
  ...[
    'windows-1250',
    'windows-1251',
    'windows-1252',
    'windows-874',
    'big5',
    'shift_jis',
    'gb18030',
    'euc-kr',
  ].map((encoding) => ({
    options: { encoding },
    encode: (text: string) => iconv.encode(text, encoding),
  })),
]

// Letters of many scripts, and what delimited text is made of.
const SIGNS = Array.from('abcXYZ019 éüßñłžşЖяΩเก台日本中한국😀,;|\t"\'\n\r=-+@')

const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    quoted: fc.boolean(),
    rows: fc.array(
      fc.array(fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 }), {
        minLength: width,
        maxLength: width,
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
)

describe('any table', () => {
  it.each(ENCODINGS.map((encoding, index) => [index, encoding] as const))(
    'comes back as it was written (encoding %i)',
    async (_, { options, encode }) => {
      const back = (text: string): string => iconv.decode(encode(text), options.encoding ?? 'utf-8')
      const canHold = (text: string): boolean => !options.encoding || back(text) === text
      const file = save('any.csv', '')
      await fc.assert(
        fc.asyncProperty(table, async ({ delimiter, end, quoted, rows }) => {
          const cells = rows.map((row) =>
            row.map((cell, index) => {
              const held = Array.from(cell).filter(canHold).join('')
              // The first cell makes sure that a row is neither blank nor like the headers.
              return index === 0 ? `r${held}` : held
            }),
          )
          const headers = (rows[0] ?? []).map((_cell, index) => `Column ${index}`)
          const text = stringify([headers, ...cells], {
            delimiter,
            record_delimiter: end,
            quoted,
            quoted_match: /[\r\n]/,
          })
          writeFileSync(file, encode(`sep=${delimiter}\n${text}`))
          const found = await read(file, options)
          expect(found.headers).toEqual(headers)
          expect(found.rows).toEqual(cells)
        }),
        { numRuns: 60 },
      )
    },
  )
})
