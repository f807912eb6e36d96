import { writeFileSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import XLSX from 'xlsx'
import { importDesk } from '../support/imports.ts'

const HEAD = 'Ref,Company,E-mail,Phone,Region'

describe('a reference', () => {
  it.each(['email', 'phone', 'name'])('stays one client’s, where %s alone recognises', (key) => {
    const { bring, attempt, look } = importDesk()
    bring('clients', [HEAD, 'A1,Acme,info@acme.example,030 123456,North'])
    const told = attempt('clients', [HEAD, 'A1,Acme New,x@acme.example,,South'], '--match', key)
    expect([told.code, told.err]).toEqual([1, expect.not.stringContaining('unexpected')])
    expect(told.out).toContain('the reference A1 belongs to client 1')
    // Within one file as well.
    const twice = [HEAD, 'B1,Bee,b@bee.example,,', 'B1,Cee,c@cee.example,,']
    expect(bring('clients', twice, '--match', key)).toMatchObject({ created: 1, rejected: 1 })
    expect(look('SELECT ref, name FROM clients')).toEqual([
      { ref: 'A1', name: 'Acme' },
      { ref: 'B1', name: 'Bee' },
    ])
  })
})

describe('days that lost their format in a workbook', () => {
  it.each([
    ['xlsx', false],
    ['biff8', false],
    ['ods', false],
    ['xlsx', true],
  ] as const)('are read by its calendar: %s, from 1904 on: %s', (bookType, date1904) => {
    const { run, file, look } = importDesk()
    const serial = date1904 ? 45_306 - 1462 : 45_306
    const sheet = XLSX.utils.aoa_to_sheet([
      ['Client', 'Title', 'Opened', 'Amount'],
      ['Pier Nine', 'Winch', serial, 45_306],
    ])
    const book = XLSX.utils.book_new(sheet, 'Deals')
    book.Workbook = { WBProps: { date1904 } }
    const name = bookType === 'biff8' ? 'd.xls' : `d.${bookType}`
    writeFileSync(file(name), XLSX.write(book, { type: 'buffer', bookType }))
    expect(run('import', 'deals', name, '--create', 'clients')).toMatchObject({ code: 0 })
    expect(look('SELECT opened_on, amount FROM deals')).toEqual([
      { opened_on: '2024-01-15', amount: 4_530_600 },
    ])
  })
})

describe('rejected rows', () => {
  it('come back with the delimiter that they had, and a mark for programs that need one', () => {
    const { file, run } = importDesk()
    writeFileSync(file('list.csv'), 'Firma;Inhaber\nMüller;Niemand\n')
    run('import', 'clients', 'list.csv', '--map', 'Inhaber=owner', '--rejects', 'rest.csv')
    const text = readFileSync(file('rest.csv'), 'utf8')
    expect(text.startsWith('\uFEFFFirma;Inhaber;')).toBe(true)
    run('owner', 'add', 'Niemand')
    const again = run('import', 'clients', 'rest.csv', '--map', 'Inhaber=owner', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ created: 1, rejected: 0 })
  })

  it('are not written under the name of a workbook', () => {
    const { attempt } = importDesk()
    const told = attempt('clients', ['Name', 'Pier Nine'], '--rejects', 'rest.xlsx')
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining('written as CSV') })
  })
})

describe('what is not meant', () => {
  it.each([
    [['--default', 'stage='], 'is not a default'],
    [['--default', 'owner=Ann', '--default', 'owner=Bo'], 'two defaults for owner'],
    [['--won', 'Sold', '--lost', 'sold'], 'listed as won and as lost'],
  ])('is said: %s', (args, message) => {
    const told = importDesk().attempt('deals', ['Client,Title', 'Pier Nine,Winch'], ...args)
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining(message) })
  })

  it('is said: clients that are recognised by nothing', () => {
    const told = importDesk().attempt('clients', ['Name', 'Pier Nine'], '--match', '')
    expect(told).toMatchObject({ code: 2, err: expect.stringContaining('--match names nothing') })
  })

  it('is noted: clients that are called by their addresses, for want of a name', () => {
    const { bring } = importDesk()
    const list = [
      'Miasto,Nazwa,Rok,Ort,E-mail',
      'Lodz,Piekarnia,2019,Lodz,biuro@lodz.example',
      'Lodz,Port,2020,Kiel,port@lodz.example',
    ]
    expect(bring('clients', list).notes).toEqual([
      '2 clients are called by the e-mail address: no name is given (--map "Header=name" says where)',
      'columns that could be the name: Nazwa, Miasto (--map "Nazwa=name")',
    ])
    expect(bring('clients', list, '--dry-run').notes).toEqual([])
    const mapped = bring('clients', ['Nazwa,E-mail', 'Huta,a@huta.example'], '--map', 'Nazwa=name')
    expect(mapped.notes).toEqual([])
    expect(bring('clients', ['E-mail', 'b@huta.example']).notes).toHaveLength(1)
  })
})
