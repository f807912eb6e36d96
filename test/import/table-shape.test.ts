import { describe, expect, it } from 'vitest'
import type { Progress } from '../../src/import/read/source.ts'
import { openTable } from '../../src/import/recognise/table.ts'
import { failure, read, save } from '../support/table-files.ts'
import { bookOf, saveBook } from '../support/workbooks.ts'

const LINES = [
  'Company,City,Owner,Revenue',
  'Acme,Bonn,Ann,10',
  'Beta,Graz,Bo,20',
  'Ceta,Lyon,Cy,30',
]
const HEADERS = ['Company', 'City', 'Owner', 'Revenue']

function list(...lines: string[]): string {
  return save('list.csv', `${lines.join('\n')}\n`)
}

describe('the header', () => {
  it('is the first row of a plain list, and nothing is said', async () => {
    expect(await read(list(...LINES))).toMatchObject({ headers: HEADERS, headerRow: 1, notes: [] })
  })

  it.each<[what: string, above: string[], row: number]>([
    ['a title', ['Our clients'], 2],
    ['a title and a blank row', ['Our clients', ''], 3],
    ['titles with empty cells', ['Our clients,,,', 'as of,2026-11-23,,', ',,,'], 4],
    ['a block of filters', ['Report:,Clients,All,', 'By:,Ann,,', ''], 4],
  ])('may stand below %s', async (_, above, row) => {
    const table = await read(list(...above, ...LINES))
    expect(table).toMatchObject({ headers: HEADERS, headerRow: row })
    expect(table.notes).toEqual([`the headers are in row ${row}; what is above them was left out`])
    expect(table.numbers).toEqual([row + 1, row + 2, row + 3])
  })

  it('below blank rows alone needs no note', async () => {
    expect(await read(list('', ',,', ...LINES))).toMatchObject({ headerRow: 3, notes: [] })
  })

  it('stands where the person says', async () => {
    const file = list('x,y', ...LINES)
    expect(await read(file, { headerRow: 2 })).toMatchObject({ headers: HEADERS, headerRow: 2 })
    expect((await read(file, { headerRow: 1 })).rejects).toHaveLength(4)
    expect(await failure(file, { headerRow: 9 })).toBe(
      'list.csv has no headers in row 9 | count the rows from 1, blank ones too',
    )
  })

  it('has its white space squeezed, and may name two columns alike', async () => {
    const table = await read(list('" Company  \nname ",Note,Note', 'Acme,a,b'))
    expect(table.headers).toEqual(['Company name', 'Note', 'Note'])
  })

  it('of a sparse list is not passed over', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `Firm ${i},,,,,x`)
    expect(await read(list('Company,City,Phone,Fax,Web,Owner', ...rows))).toMatchObject({
      headerRow: 1,
    })
  })
})

describe('columns', () => {
  it('without header and cells are left out', async () => {
    const table = await read(list(',Company,,City,,', ',Acme,,Bonn,,', ',Beta,,,,'))
    expect(table.headers).toEqual(['Company', 'City'])
    expect(table.rows).toEqual([
      ['Acme', 'Bonn'],
      ['Beta', ''],
    ])
  })

  it('with cells but no header are kept without a name', async () => {
    const table = await read(list('Company,,City', 'Acme,GmbH,Bonn'))
    expect(table).toMatchObject({
      headers: ['Company', '', 'City'],
      rows: [['Acme', 'GmbH', 'Bonn']],
    })
  })

  it('beyond the headers of a sheet have the same place in each row', async () => {
    const rows = [
      ['Company', 'City'],
      ['Acme', 'Bonn', '', 'late'],
      ['Beta', 'Graz', 'early'],
      ['Ceta', '', '', 'again'],
    ]
    const table = await read(saveBook(bookOf({ List: rows })))
    expect(table.headers).toEqual(['Company', 'City'])
    expect(table.rows).toEqual([
      ['Acme', 'Bonn', 'late'],
      ['Beta', 'Graz', '', 'early'],
      ['Ceta', '', 'again'],
    ])
  })
})

describe('rows that are no records', () => {
  it('repeat the headers, as where lists were put one below another', async () => {
    const table = await read(list(...LINES, ' Company,City,Owner,Revenue ', 'Deta,Rome,Di,5'))
    expect(table.rejects).toEqual([[5, 'repeats the headers']])
    expect(table.rows).toHaveLength(4)
  })

  it.each([
    'Total,,,60',
    'TOTALS:,,,"60.00"',
    'Total (3 records),,,€ 60',
    'Grand total,,,60',
    'Summe,,,"60,00"',
    'Итого,,,60',
    '合計,,,60',
    'Subtotal,,,60',
    ',,Total,60',
    'Totales,,,60',
    'Gesamtergebnis,,,60',
    'Итого по отделу,,,60',
    'TOTAL 2024,,,60',
    'รวมเงิน,,,60',
    'Total: 60,,,',
  ])('are lines of totals: %s', async (line) => {
    const table = await read(list(...LINES, line))
    expect(table.rejects).toEqual([[5, 'a line of totals']])
    const between = await read(
      list(...LINES.slice(0, 2), line, ...LINES.slice(2), 'Deta,Rome,Di,5', 'Eta,Rome,Di,5'),
    )
    expect(between.rejects).toEqual([[3, 'a line of totals']])
  })

  it('may be followed by a remark', async () => {
    const file = list(...LINES, 'Total,3 clients,,60', 'Printed by Ann', 'Page 1 of 1')
    expect((await read(file)).rejects).toEqual([[5, 'a line of totals']])
  })

  it.each(['Total,Lille,Ann,60', 'Total Energies,,,60', 'Total,,,', 'Total,Lille,,', 'Sumo,,,5'])(
    'are not clients whose name sounds like it: %s',
    async (line) => {
      const table = await read(
        list(...LINES.slice(0, 2), line, ...LINES.slice(2), 'Deta,Rome,Di,5', 'Eta,Oslo,Di,5'),
      )
      expect(table.rejects).toEqual([])
      expect(table.rows[1]?.[0]).toBe(line.split(',')[0])
    },
  )

  it('keep their place among the others', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `Total,x,,${i}`)
    const table = await read(
      list('Company,City,Owner,Revenue', 'Acme,Bonn,Ann,1', ...rows, 'Acme,Bonn,Ann,1'),
    )
    const all = [...table.numbers, ...table.rejects.map(([number]) => number)]
    expect(all.toSorted((one, other) => one - other)).toEqual(
      rows.map((_, i) => i + 2).concat(2002, 2003),
    )
    expect(table.numbers).toEqual(table.numbers.toSorted((one, other) => one - other))
  })
})

describe('reading', () => {
  it('tells how far it has come, and can be done again', async () => {
    const file = list(
      LINES[0] ?? '',
      ...Array.from({ length: 60_000 }, (_, i) => `Firm ${i},Bonn,Ann,${i}`),
    )
    const table = await openTable(file)
    const numbers = async (onBytes?: Progress): Promise<number[]> => {
      const all: number[] = []
      for await (const batch of table.batches(onBytes)) all.push(...batch.map((row) => row.number))
      return all
    }
    const first = await numbers()
    expect(first).toHaveLength(60_000)
    const seen: number[] = []
    let total = 0
    const again = await numbers((done, all) => {
      seen.push(done)
      total = all
    })
    expect(again).toEqual(first)
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.at(-1)).toBe(total)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
  })

  it('calls the file what it is told to', async () => {
    expect(await failure(save('x', ''), { name: 'standard input' })).toMatch(
      /^standard input is empty/,
    )
  })
})
