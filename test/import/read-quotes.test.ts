import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure, read, save } from '../support/table-files.ts'

const Q = String.raw

async function table(text: string): Promise<string[][]> {
  const { headers, rows } = await read(save('x.csv', text))
  return [headers, ...rows]
}

const NOTE = Q`quotes are written with a backslash (\") in this file, and were read so`

describe('quotes with a backslash before them', () => {
  it.each<[what: string, text: string, rows: string[][]]>([
    ['in a cell', Q`"The \"Blue\" Inn",x`, [['The "Blue" Inn', 'x']]],
    ['before a delimiter', Q`"12\", pipe",x`, [['12", pipe', 'x']]],
    ['at both ends', Q`"\"Blue\"",x`, [['"Blue"', 'x']]],
    ['at the end of a row', Q`x,"say \"hi\""`, [['x', 'say "hi"']]],
    ['a quote alone', Q`"\"",x`, [['"', 'x']]],
    ['before a line end', '"a \\"\nb\\"",x', [['a "\nb"', 'x']]],
    ['a backslash, too', Q`"C:\\ \"x\"",y`, [['C:\\ "x"', 'y']]],
    ['a backslash before another sign', Q`"a\n \"x\"",y`, [['a\\n "x"', 'y']]],
    ['without quotes around', Q`5\" pipe,x`, [['5" pipe', 'x']]],
    ['and some written twice', Q`"a \"b\" ""c""",x`, [['a "b" "c"', 'x']]],
    [
      'and some written twice in another row',
      `${Q`"a \"b\"",x`}\n"c ""d""",y`,
      [
        ['a "b"', 'x'],
        ['c "d"', 'y'],
      ],
    ],
    [
      'and backslashes elsewhere',
      `${Q`"a \"b\"",x`}\n${Q`"C:\\dir",y`}`,
      [
        ['a "b"', 'x'],
        ['C:\\dir', 'y'],
      ],
    ],
    [
      'and inches typed as they are',
      `${Q`"a \"b\"",x`}\n5" pipe,y`,
      [
        ['a "b"', 'x'],
        ['5" pipe', 'y'],
      ],
    ],
  ])('%s', async (_, text, rows) => {
    const file = save('x.csv', `Name,City\n${text}\n`)
    const found = await read(file)
    expect([found.headers, ...found.rows]).toEqual([['Name', 'City'], ...rows])
    expect(found.notes).toEqual([NOTE])
  })

  it.each<[what: string, text: string, rows: string[][]]>([
    ['a folder', Q`"C:\",x`, [['C:\\', 'x']]],
    ['two folders', Q`"C:\","D:\"`, [['C:\\', 'D:\\']]],
    ['a folder and nothing', Q`"C:\",""`, [['C:\\', '']]],
    [
      'folders in every row',
      `${Q`"C:\",x`}\n${Q`"D:\",y`}\n${Q`z,"E:\"`}`,
      [
        ['C:\\', 'x'],
        ['D:\\', 'y'],
        ['z', 'E:\\'],
      ],
    ],
    ['a quote written twice behind one', Q`"C:\ ""x""",y`, [['C:\\ "x"', 'y']]],
  ])('a backslash at the end of a cell is one: %s', async (_, text, rows) => {
    expect(await table(`Name,City\n${text}\n`)).toEqual([['Name', 'City'], ...rows])
  })

  it('both in one file, each row in its own way', async () => {
    const text = `Name,City,Path\n${Q`"The \"Blue\" Inn",Bonn,x`}\n${Q`Acme,Kiel,"C:\"`}\n${Q`Nord,"D:\",y`}\n`
    expect(await table(text)).toEqual([
      ['Name', 'City', 'Path'],
      ['The "Blue" Inn', 'Bonn', 'x'],
      ['Acme', 'Kiel', 'C:\\'],
      ['Nord', 'D:\\', 'y'],
    ])
  })

  it.each([';', '\t', '|'])('finds the delimiter %j', async (sign) => {
    const row = (city: string): string => `"The \\"Blue\\"${sign} Inn"${sign}${city}${sign}"a, b"`
    const text = `Name${sign}City${sign}Note\n${row('Bonn')}\n${row('Kiel')}\n`
    const cells = (city: string): string[] => [`The "Blue"${sign} Inn`, city, 'a, b']
    expect((await table(text)).slice(1)).toEqual([cells('Bonn'), cells('Kiel')])
  })

  it('what is sound in neither way is refused, and named', async () => {
    const text = `Name,City\n${Q`"The \"Blue" Inn\"",x`}\n`
    expect(await failure(save('x.csv', text))).toMatch(
      /^x.csv is not sound: the quotes of row 2 do not pair \| write each quote twice/,
    )
  })

  it('any table comes back from what escapes its quotes, wherever pieces end', async () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', ' ', '"', '\\', ',', '\n', 'é'), maxLength: 8 })
      .map((text) => `x${text}x`)
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const written = [['A', 'B', 'C'], ...cells, ['say "x"', '', 'end']].map((row) =>
          row.map((one) => `"${one.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`).join(','),
        )
        expect(await table(`${written.join('\n')}\n`)).toEqual([
          ['A', 'B', 'C'],
          ...cells,
          ['say "x"', '', 'end'],
        ])
      }),
      { numRuns: 100 },
    )
  })
})
