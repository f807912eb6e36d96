import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { desk } from '../support/funnel.ts'

interface Imported {
  operation: number | null
  read: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  rejects: { row: number; reason: string }[]
  columns: { header: string; field: string }[]
}

const LIST = [
  'Company,Contact person,E-mail,State,Fleet,Account Owner',
  'Harbour Foods,Ines Maro,Ines@Harbour.example,North,14,Ann',
  'Pier Nine,Samuel Roy,roy@pier.example; sam@pier.example,North,88,Ann',
  '',
  '"Alder, Sons & ""Co""",,,South,,',
  '',
].join('\n')

function sums({ read, created, updated, unchanged, skipped, rejected }: Imported): boolean {
  return read === created + updated + unchanged + skipped + rejected
}

describe('importing clients', () => {
  it('reads a spreadsheet with its columns recognised, and loses no cell', () => {
    const { file, json, ok } = desk()
    writeFileSync(file('list.csv'), LIST)
    const done = json<Imported>('import', 'clients', 'list.csv', '--create', 'owners')
    expect(done).toMatchObject({ read: 3, created: 3, rejected: 0, rejects: [] })
    expect(done.columns.map(({ field }) => field)).toEqual([
      'name',
      'contact',
      'email',
      'region',
      'property:Fleet',
      'owner',
    ])
    const card = json('client', 'show', 'pier')
    expect(card).toMatchObject({
      region: 'North',
      owner: 'Ann',
      file: 'list.csv',
      row: 3,
      contacts: [{ name: 'Samuel Roy', role: null }],
      properties: [{ name: 'Fleet', value: '88' }],
    })
    expect(card.contact_points).toMatchObject([
      { kind: 'email', value: 'roy@pier.example', contact: 'Samuel Roy' },
      { kind: 'email', value: 'sam@pier.example' },
    ])
    expect(ok('client', 'show', 'alder')).toContain('Alder, Sons & "Co"')
  })

  it('keeps cells under doubled and empty headers', () => {
    const { file, json } = desk()
    writeFileSync(file('odd.csv'), 'Name,Name,,Name,\nAcme,B,C,D,E\n')
    json('import', 'clients', 'odd.csv')
    expect(json('client', 'show', 'acme').properties).toEqual([
      { name: 'Column 3', value: 'C' },
      { name: 'Column 5', value: 'E' },
      { name: 'Name 3', value: 'D' },
    ])
  })

  it('of the same file twice changes nothing', () => {
    const { file, json } = desk()
    writeFileSync(file('list.csv'), LIST)
    json('import', 'clients', 'list.csv', '--create', 'owners')
    const before = json('history')
    const again = json<Imported>('import', 'clients', 'list.csv')
    expect(again).toMatchObject({ operation: null, read: 3, created: 0, unchanged: 3 })
    expect(json('history')).toEqual(before)
  })

  it('fills blanks and overwrites nothing', () => {
    const { file, json } = desk()
    writeFileSync(file('a.csv'), 'name,region,size,ref\nAcme,North,,\n')
    writeFileSync(file('b.csv'), 'name,region,size,ref,Fleet\nACME,South,big,7,3\n')
    json('import', 'clients', 'a.csv')
    expect(json('import', 'clients', 'b.csv')).toMatchObject({ created: 0, updated: 1 })
    expect(json('client', 'show', '1')).toMatchObject({ region: 'North', size: 'big', ref: '7' })
    expect(json('undo')).toMatchObject({ undone: 2 })
    expect(json('client', 'show', '1')).toMatchObject({ size: null, ref: null, properties: [] })
  })

  it('matches by reference, then e-mail, then name', () => {
    const { file, json } = desk()
    writeFileSync(
      file('a.csv'),
      'ref,name,email\n1,Acme,a@acme.example\n2,Acme,b@acme.example\n,Solo,s@solo.example\n',
    )
    expect(json('import', 'clients', 'a.csv')).toMatchObject({ created: 3 })
    writeFileSync(
      file('b.csv'),
      'ref,name,email,size\n2,Acme Two,,big\n,Other Name,S@Solo.example,small\n3,Acme,,tiny\n',
    )
    expect(json('import', 'clients', 'b.csv')).toMatchObject({ created: 1, updated: 2 })
    expect(json('client', 'show', '2')).toMatchObject({ name: 'Acme', size: 'big' })
    expect(json('client', 'show', 'solo')).toMatchObject({ size: 'small' })
  })

  it('rejects rows with a reason, keeps the rest, and the sum holds', () => {
    const { file, json } = desk()
    const rows = [
      'name,email,owner,opt in',
      'Good,g@x.example,,yes',
      ',,,yes',
      'Bad,not-mail,,',
      'Lone,,Nobody,',
      'Odd,,,perhaps',
    ]
    writeFileSync(file('mixed.csv'), rows.join('\r\n'))
    const done = json<Imported>('import', 'clients', 'mixed.csv')
    expect(done).toMatchObject({ read: 5, created: 1, rejected: 4 })
    expect(sums(done)).toBe(true)
    expect(done.rejects).toEqual([
      { row: 3, reason: 'the row has no name' },
      { row: 4, reason: '“not-mail” is not an e-mail address' },
      { row: 5, reason: 'the book has no owner “Nobody” (--create owners adds it)' },
      { row: 6, reason: 'consent is “perhaps”, which is neither yes nor no' },
    ])
  })

  it('as a dry run says the same and writes nothing', () => {
    const { file, json, ok } = desk()
    writeFileSync(file('list.csv'), LIST)
    const dry = json<Imported>('import', 'clients', 'list.csv', '--create', 'owners', '--dry-run')
    expect(dry).toMatchObject({ operation: null, created: 3 })
    expect(json('client', 'list')).toMatchObject({ clients: [] })
    expect(json('owner', 'list')).toMatchObject({ owners: [] })
    expect(ok('import', 'clients', 'list.csv', '--create', 'owners', '--dry-run')).toContain(
      'Dry run: nothing was written.',
    )
    const real = json<Imported>('import', 'clients', 'list.csv', '--create', 'owners')
    expect({ ...real, operation: null }).toEqual(dry)
  })

  it('takes columns as it is told', () => {
    const { file, json, run } = desk()
    writeFileSync(file('odd.csv'), 'Zilch;Ort=Stadt;Fax\nAcme;Bonn;123\n')
    const args = ['import', 'clients', 'odd.csv']
    expect(run(...args)).toMatchObject({ code: 2 })
    expect(run(...args).err).toContain('say which one it is: --map "Header=name"')
    json(...args, '--map', 'zilch=name', '--map', 'Ort=Stadt=property:Town', '--ignore', 'Fax')
    expect(json('client', 'show', 'acme')).toMatchObject({
      properties: [{ name: 'Town', value: 'Bonn' }],
    })
    expect(run(...args, '--map', 'Zilch=nme').err).toContain(
      'there is no field “nme”\n  did you mean name? Otherwise use one of: ref',
    )
    expect(run(...args, '--map', 'Zilc=name').err).toContain(
      'no column “Zilc”\n  did you mean “Zilch”? it has: Zilch',
    )
    expect(run(...args, '--map', 'Zilch').err).toContain('is not a mapping')
    expect(run(...args, '--create', 'worlds').err).toContain('use: owners,sources,reasons,stages')
  })

  it('reads people without a company as persons', () => {
    const { file, json } = desk()
    writeFileSync(
      file('people.csv'),
      'First Name\tLast Name\tTitle\tEmail\nAnn\tLee\tBuyer\tann@lee.example\n',
    )
    json('import', 'clients', 'people.csv')
    expect(json('client', 'show', 'ann lee')).toMatchObject({
      kind: 'person',
      contacts: [{ name: 'Ann Lee', role: 'Buyer' }],
    })
  })

  it('reads workbooks: the first visible sheet, or the one named', () => {
    const { file, json, run } = desk()
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['Hidden']]), 'Old')
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['name', 'Fleet'],
        ['Shown', 12],
      ]),
      'Clients',
    )
    utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['Third']]), 'More')
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }] }
    writeFileSync(file('book.xlsx'), write(book, { type: 'buffer' }) as Buffer)
    json('import', 'clients', 'book.xlsx')
    json('import', 'clients', 'book.xlsx', '--sheet', 'More')
    const { clients } = json<{ clients: { name: string }[] }>('client', 'list')
    expect(clients.map(({ name }) => name)).toEqual(['Shown', 'Third'])
    expect(json('client', 'show', 'shown')).toMatchObject({
      properties: [{ name: 'Fleet', value: '12' }],
    })
    expect(run('import', 'clients', 'book.xlsx', '--sheet', 'Nope').err).toContain(
      'it has: Old, Clients, More',
    )
    writeFileSync(file('torn.xlsx'), Buffer.from('PK\u0003\u0004 torn'))
    expect(run('import', 'clients', 'torn.xlsx')).toMatchObject({ code: 2 })
  })

  it('reads UTF-16 and quoted line breaks', () => {
    const { file, json } = desk()
    const text = '\ufeffname,note\n"Завод ""Север""","line one\nline two"\n'
    writeFileSync(file('utf16.csv'), Buffer.from(text, 'utf16le'))
    json('import', 'clients', 'utf16.csv')
    expect(json('client', 'show', 'завод')).toMatchObject({
      name: 'Завод "Север"',
      note: 'line one\nline two',
    })
  })

  it('never lets a cell steer the terminal or a spreadsheet', () => {
    const { file, json, ok } = desk()
    writeFileSync(file('evil.csv'), 'name,region\n"\u001b[2J=1+1",\u202Eevil\n"=HYPERLINK(1)",x\n')
    json('import', 'clients', 'evil.csv')
    const screen = ok('client', 'list')
    expect(screen).not.toMatch(/[\u001b\u202e]/)
    const csv = ok('client', 'list', '--csv')
    expect(csv).toContain("'=HYPERLINK(1)")
    expect(csv).not.toMatch(/^=|,=/m)
  })
})
