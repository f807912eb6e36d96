import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BookType, write } from 'xlsx'
import { raggedReason } from '../../src/import/recognise/ragged.ts'
import { type Imported, importsInside, type ImportsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { bookOf } from '../support/workbooks.ts'

const DAY = '2026-11-02'

/** A sound row of each kind under its headers, and the table that it ends up in. */
const KINDS: Record<string, { headers: string[]; row: string[]; table: string }> = {
  clients: { headers: ['Name', 'E-mail'], row: ['Nord', 'a@nord.example'], table: 'clients' },
  deals: { headers: ['Client', 'Title', 'Amount'], row: ['Nord', 'Boiler', '300'], table: 'deals' },
  history: { headers: ['Deal', 'Stage', 'Date'], row: ['D-1', 'Proposal', DAY], table: 'events' },
  interactions: { headers: ['Client', 'Date'], row: ['Nord', DAY], table: 'interactions' },
  tasks: { headers: ['Task', 'Due', 'Client'], row: ['Ring', DAY, 'Nord'], table: 'tasks' },
}
const NAMES = Object.keys(KINDS)

/** A book with what a history, calls and tasks refer to. */
async function bookWith(kind: string): Promise<ImportsInside> {
  const made = await importsInside()
  if (kind !== 'clients' && kind !== 'deals') {
    await made.bring('deals', ['Ref,Client,Title', 'D-1,Nord,Boiler'], '--create', 'clients')
  }
  return made
}

async function come(made: ImportsInside, kind: string, file: string, ...args: string[]) {
  const create = args.includes('--create') ? [] : ['--create', 'clients']
  const argv = ['import', kind, file, ...create, ...args]
  const { code, out, err } = await runInside(made.folder, [...argv, '--json'])
  return { code, err, done: JSON.parse(out) as Imported }
}

function sheetFile(kind: BookType, rows: string[][]): Buffer {
  return write(bookOf({ List: rows }), { type: 'buffer', bookType: kind }) as Buffer
}

describe('a row of text that is longer than the headers', () => {
  it.each(
    NAMES.flatMap((kind) => [
      [kind, 'csv', ','],
      [kind, 'tsv', '\t'],
    ]),
  )('is rejected from %s in %s, with what is left over', async (kind, _ending, sign) => {
    const made = await bookWith(kind)
    const { headers, row, table } = KINDS[kind] as (typeof KINDS)[string]
    const width = headers.length
    const lines = [headers, [...row, '', '450'], [...row, '', '']].map((cells) => cells.join(sign))
    made.save('list.csv', `${lines.join('\n')}\n`)
    const before = made.look(`SELECT count(*) AS n FROM ${table}`)
    const allOrNone = ['import', kind, 'list.csv', '--create', 'clients', '--max-rejects', '0']
    const bounded = await runInside(made.folder, allOrNone)
    expect(bounded.code).toBe(1)
    expect(bounded.err).toContain('“450” left over')
    expect(made.look(`SELECT count(*) AS n FROM ${table}`)).toEqual(before)
    const { code, done } = await come(made, kind, 'list.csv', '--rejects', 'rest.csv')
    expect(code).toBe(0)
    expect(done).toMatchObject({ read: 2, rejected: 1, left_out: [] })
    expect(done.created + done.updated).toBe(1)
    expect(done.rejects[0]?.row).toBe(2)
    expect(done.rejects[0]?.reason).toContain(
      `it has ${width + 2} cells under ${width} headers, with “450” left over`,
    )
    const rest = readFileSync(path.join(made.folder, 'rest.csv'), 'utf8').replace('\uFEFF', '')
    expect(rest.split('\n')[0]).toBe([...headers, 'Rejected because'].join(sign))
    expect(rest.trimEnd().endsWith(`${sign}450`)).toBe(true)
    // Unmended it never comes back as a sound row.
    const again = await come(made, kind, 'rest.csv')
    expect(again.done).toMatchObject({ read: 1, rejected: 1, created: 0, updated: 0 })
  })

  it('never gives a deal the first part of an amount', async () => {
    const made = await importsInside()
    const list = ['Client,Title,Amount', 'Nord,Boiler,2,450', 'Nord,Pump,"2,450"']
    const done = await made.bring('deals', list, '--create', 'clients', '--decimal', '.')
    expect(done.rejects).toEqual([
      {
        row: 2,
        reason:
          'it has 4 cells under 3 headers, with “450” left over: “2,450” needs quotes if it is one cell',
      },
    ])
    expect(made.look('SELECT title, amount FROM deals')).toEqual([
      { title: 'Pump', amount: 245_000 },
    ])
  })

  it.each<[cells: string[], width: number, sign: string, reason: string | null]>([
    [['Nord', 'Boiler', '2', '450'], 4, ',', null],
    [['Nord', 'Boiler'], 3, ',', null],
    [['Nord', '2', '', ' ', ''], 3, ',', null],
    [['Nord', '€ 1', '234', '567.50'], 2, ',', '“€ 1,234,567.50” needs quotes'],
    [['Nord', '1234', '50 €'], 2, ',', '“1234,50 €” needs quotes'],
    [['Smith', ' John', '12'], 2, ',', '“Smith, John” needs quotes'],
    [['Acme', ' Inc.', ' Ltd', 'x'], 2, ',', '“Acme, Inc., Ltd” needs quotes'],
    [['3', '120', '500'], 2, ',', 'a cell that holds a comma needs quotes'],
    [['Nord', 'Süd', 'West'], 2, ';', 'a cell that holds a semicolon needs quotes'],
    [['Nord', '2', '450'], 2, '\t', 'a cell that holds a tab needs quotes'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 1, '|', '“b”, “c”, “d” and 2 more left over'],
    [['x'.repeat(99), 'y'.repeat(99)], 1, ',', `“${'y'.repeat(60)}…” left over`],
  ])('says what may be the cause: %j under %i', (cells, width, sign, reason) => {
    const found = raggedReason(cells, width, sign)
    if (reason === null) expect(found).toBeNull()
    else expect(found).toContain(reason)
  })
})

describe('a cell under an empty header', () => {
  it.each(
    NAMES.flatMap((kind): [string, string][] =>
      ['csv', 'tsv', 'xlsx', 'ods'].map((ending) => [kind, ending]),
    ),
  )('is kept or named, of %s in %s', async (kind, ending) => {
    const made = await bookWith(kind)
    const { headers, row } = KINDS[kind] as (typeof KINDS)[string]
    const rows = [
      [...headers, '', ''],
      [...row, 'late', ''],
    ]
    const sign = ending === 'tsv' ? '\t' : ','
    const text = rows.map((cells) => cells.join(sign)).join('\n')
    const isText = ending === 'csv' || ending === 'tsv'
    made.save(`list.${ending}`, isText ? text : sheetFile(ending as BookType, rows))
    const { code, done, err } = await come(made, kind, `list.${ending}`)
    expect(code).toBe(0)
    expect(done).toMatchObject({ read: 1, rejected: 0 })
    const column = `Column ${headers.length + 1}`
    expect(err.split('\n')).toHaveLength(2)
    expect(err).toContain(`“${column}” (1 cell: “late”)`)
    const property = made.look('SELECT name FROM properties')
    const left = [{ column, cells: 1, sample: 'late' }]
    if (property.length > 0) expect([property, done.left_out]).toEqual([[{ name: column }], []])
    else expect(done.left_out).toEqual(left)
    expect(property.length > 0).toBe(kind === 'clients' || kind === 'deals')
  })

  it.each(NAMES)('or beside the table of a sheet is kept or named, of %s', async (kind) => {
    const made = await bookWith(kind)
    const { headers, row } = KINDS[kind] as (typeof KINDS)[string]
    made.save('list.xlsx', sheetFile('xlsx', [headers, [...row, '', 'ask Ann']]))
    const { done, err } = await come(made, kind, 'list.xlsx')
    expect(done).toMatchObject({ read: 1, rejected: 0 })
    const column = `Column ${headers.length + 1}`
    expect(err).toContain(`“${column}” (1 cell: “ask Ann”)`)
    expect(done.left_out.length + made.look('SELECT name FROM properties').length).toBe(1)
  })

  it('that turns up late in a long list is not lost', async () => {
    const made = await importsInside()
    const rows = Array.from({ length: 700 }, (_, i) => `Firm ${i}X,,${i === 650 ? 'late' : ''}`)
    const list = ['Name,City,', ...rows.slice(0, 90), 'Firm Q,,soon', ...rows.slice(90)]
    const done = await made.bring('clients', list)
    expect(done).toMatchObject({ read: 701, created: 701 })
    expect(made.look('SELECT value FROM client_properties ORDER BY value')).toEqual([
      { value: 'late' },
      { value: 'soon' },
    ])
  })

  it('is not spoken of where the column is always empty', async () => {
    const made = await importsInside()
    made.save('list.csv', 'Name,City,,\nNord,Kiel,,\nSüd,,,\n')
    const { err, done } = await come(made, 'clients', 'list.csv')
    expect(err).toBe('')
    expect(done).toMatchObject({ created: 2, left_out: [], notes: [] })
  })
})

it('gives what stood beside the table of a sheet a header in the file of rejects', async () => {
  const made = await importsInside()
  const rows = [
    ['Name', 'Owner'],
    ['Nord', 'Zoe', 'ask Ann'],
  ]
  made.save('list.xlsx', sheetFile('xlsx', rows))
  await come(made, 'clients', 'list.xlsx', '--rejects', 'rest.csv')
  const rest = readFileSync(path.join(made.folder, 'rest.csv'), 'utf8').replace('\uFEFF', '')
  expect(rest.split('\n')[0]).toBe('Name,Owner,Column 3,Rejected because')
  const { done } = await come(made, 'clients', 'rest.csv', '--create', 'owners')
  expect(done).toMatchObject({ created: 1, rejected: 0 })
  expect(made.look('SELECT value FROM client_properties')).toEqual([{ value: 'ask Ann' }])
})
