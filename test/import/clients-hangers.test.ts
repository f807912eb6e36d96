import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { runInside } from '../support/inside.ts'
import { importsInside } from '../support/imports.ts'

interface Card {
  name: string
  ref: string | null
  kind: string
  consent: string
  properties: { name: string; value: string }[]
  contact_points: { kind: string; value: string; contact: string | null }[]
  contacts: { name: string; role: string | null }[]
}

const HEADER = 'ref,name,contact,role,phone'

describe('a person whom the book has', () => {
  it('gets a role, keeps one, or takes the file’s where that is wanted', async () => {
    const { bring, json } = await importsInside()
    const role = async (): Promise<string | null | undefined> =>
      (await json<Card>('client', 'show', 'acme')).contacts[0]?.role
    await bring('clients', [HEADER, 'R1,Acme,Ann Roy,,'])
    expect(await role()).toBeNull()
    const buyer = [HEADER, 'R1,Acme,ann roy,Buyer,']
    expect(await bring('clients', buyer)).toMatchObject({ updated: 1, notes: [] })
    expect(await role()).toBe('Buyer')
    const owner = [HEADER, 'R1,Acme,Ann Roy,Owner,']
    const left = await bring('clients', owner)
    expect(left).toMatchObject({ unchanged: 1 })
    expect(left.notes.join()).toContain('1 cell left alone')
    expect(await role()).toBe('Buyer')
    expect(await bring('clients', owner, '--on-duplicate', 'update')).toMatchObject({ updated: 1 })
    expect(await role()).toBe('Owner')
  })

  it('has the addresses of the row that names the person again', async () => {
    const { bring, json } = await importsInside()
    await bring('clients', [HEADER, 'R1,Acme,Ann Roy,,'])
    expect(await bring('clients', [HEADER, 'R1,Acme,Ann Roy,,+49 30 123456'])).toMatchObject({
      updated: 1,
    })
    const card = await json<Card>('client', 'show', 'acme')
    expect(card.contacts).toHaveLength(1)
    expect(card.contact_points).toMatchObject([{ value: '+49 30 123456', contact: 'Ann Roy' }])
  })
})

describe('a list of clients', () => {
  it('may bring something to more clients than are kept at hand, some of them twice', async () => {
    const { bring, look } = await importsInside()
    const clients = (phone: (row: number) => string, count: number): string[] =>
      Array.from({ length: count }, (_, row) => `R${row},Client ${row},,,${phone(row)}`)
    await bring('clients', [HEADER, ...clients(() => '', 600)])
    const first = clients((row) => `+49 30 5${100_000 + row}`, 600)
    const second = clients((row) => `+49 40 5${100_000 + row}`, 20)
    expect(await bring('clients', [HEADER, ...first, ...second, ...first])).toMatchObject({
      updated: 620,
      unchanged: 600,
    })
    expect(look('SELECT count(*) AS n FROM contact_points')).toEqual([{ n: 620 }])
  })

  it('that is long comes into an empty book whole, its clients named twice included', async () => {
    const { bring, look, ok } = await importsInside()
    const note = 'x'.repeat(1000)
    const rows = Array.from({ length: 1100 }, (_, row) => `R${row},Client ${row},${note}`)
    const again = 'R5,Client 5,,North'
    const done = await bring('clients', ['ref,name,note,region', ...rows, again])
    expect(done).toMatchObject({ created: 1100, updated: 1 })
    expect(look("SELECT region FROM clients WHERE ref = 'R5'")).toEqual([{ region: 'North' }])
    // The indexes that were left out while it came are there again.
    const indexes = look("SELECT count(*) AS n FROM sqlite_master WHERE type = 'index'")
    const other = await importsInside()
    expect(other.look("SELECT count(*) AS n FROM sqlite_master WHERE type = 'index'")).toEqual(
      indexes,
    )
    expect(await ok('doctor')).toContain('is sound')
  })

  it('gives a client its new name only where the file wins', async () => {
    const { bring, json } = await importsInside()
    await bring('clients', [HEADER, 'R1,Acme,,,'])
    const renamed = [HEADER, 'R1,Acme Holding,,,']
    expect((await bring('clients', renamed)).notes.join()).toContain('1 cell left alone')
    expect(await json('client', 'show', '1')).toMatchObject({ name: 'Acme' })
    await bring('clients', renamed, '--on-duplicate', 'update')
    expect(await json('client', 'show', '1')).toMatchObject({ name: 'Acme Holding' })
  })

  it('that this book wrote tells namesakes apart by their numbers', async () => {
    const { bring, look, ok } = await importsInside()
    await bring('clients', ['ref,name', 'R1,John Smith', 'R2,John Smith'])
    for (const client of ['1', '2']) await ok('client', 'edit', client, '--ref', 'none')
    const [head = '', ...rows] = (await ok('export', 'clients')).trimEnd().split('\n')
    const region = head.split(',').indexOf('region')
    const mended = rows.map((line, row) =>
      line
        .split(',')
        .with(region, ['North', 'South'][row] ?? '')
        .join(','),
    )
    expect(await bring('clients', [head, ...mended])).toMatchObject({ created: 0, updated: 2 })
    expect(look('SELECT ref, region FROM clients ORDER BY id')).toEqual([
      { ref: null, region: 'North' },
      { ref: null, region: 'South' },
    ])
  })

  it('remarks on a few of many rows that were taken for others', async () => {
    const { bring } = await importsInside()
    const known = Array.from({ length: 8 }, (_, row) => `Old ${row},c${row}@x.example`)
    await bring('clients', ['name,email', ...known])
    const other = known.map((line) => line.replace('Old', 'New'))
    const { notes } = await bring('clients', ['name,email', ...other], '--dry-run')
    expect(notes.filter((note) => note.includes('by its email'))).toHaveLength(5)
    expect(notes).toContain('… and 3 more rows like these')
  })

  it('says how many are called by their address', async () => {
    const { bring } = await importsInside()
    const one = await bring('clients', ['name,email', ',a@x.example'], '--dry-run')
    expect(one.notes.join()).toContain('1 client is called by the e-mail address')
    const two = await bring('clients', ['name,email', ',a@x.example', ',b@x.example'])
    expect(two.notes.join()).toContain('2 clients are called by the e-mail address')
  })
})

describe('what a row says of a client', () => {
  it('is a company or a person, and may be mailed or not', async () => {
    const { bring, look } = await importsInside()
    const done = await bring('clients', [
      'name,kind,consent',
      'Acme,Company,yes',
      'Ann,PERSON,nein',
      'Bo,,unknown',
      'Cy,robot,',
      'Di,,perhaps',
    ])
    expect(done.rejects).toEqual([
      { row: 5, reason: 'kind is “robot”, which is neither company nor person' },
      { row: 6, reason: 'consent is “perhaps”, which is neither yes nor no' },
    ])
    expect(look('SELECT name, kind, consent FROM clients ORDER BY id')).toEqual([
      { name: 'Acme', kind: 'company', consent: 'yes' },
      { name: 'Ann', kind: 'person', consent: 'no' },
      { name: 'Bo', kind: 'company', consent: 'unknown' },
    ])
  })

  it('may say one address twice, and a role of nobody', async () => {
    const { bring, json } = await importsInside()
    await bring('clients', [
      'name,phone,phone 2,role',
      'Acme,+49 30 123456,+49 (30) 12-34-56,Buyer',
    ])
    const card = await json<Card>('client', 'show', 'acme')
    expect(card.contact_points).toHaveLength(1)
    expect(card.properties).toEqual([{ name: 'Role', value: 'Buyer' }])
  })

  it('has a default for its remarks, where it makes none', async () => {
    const { bring, look } = await importsInside()
    const lines = ['name,note', 'Acme,large', 'Pier,']
    await bring('clients', lines, '--default', 'note=met at the fair')
    expect(look('SELECT name, note FROM clients ORDER BY id')).toEqual([
      { name: 'Acme', note: 'large' },
      { name: 'Pier', note: 'met at the fair' },
    ])
  })

  it('has days of a workbook in its properties, with the time where there is one', async () => {
    const { json, ok, save } = await importsInside()
    const day = (v: number) => ({ t: 'n' as const, v, z: 'dd/mm/yyyy hh:mm' })
    const sheet = utils.aoa_to_sheet([
      ['Name', 'Audit', 'Visit'],
      ['Acme', day(45_000), day(45_000.75)],
    ])
    const book = { SheetNames: ['S'], Sheets: { S: sheet } }
    save('list.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    await ok('import', 'clients', 'list.xlsx')
    expect((await json<Card>('client', 'show', 'acme')).properties).toEqual([
      { name: 'Audit', value: '2023-03-15' },
      { name: 'Visit', value: '2023-03-15 18:00:00' },
    ])
  })

  it('goes on under headers that are empty', async () => {
    const { bring, json } = await importsInside()
    await bring('clients', ['name,Fleet,City,,', 'Acme,3,,red,tall', 'Pier,4,,,small'])
    expect((await json<Card>('client', 'show', 'acme')).properties).toEqual([
      { name: 'Column 4', value: 'red' },
      { name: 'Column 5', value: 'tall' },
      { name: 'Fleet', value: '3' },
    ])
    expect((await json<Card>('client', 'show', 'pier')).properties).toEqual([
      { name: 'Column 5', value: 'small' },
      { name: 'Fleet', value: '4' },
    ])
  })
})

describe('a property of several lines', () => {
  const REMARK = 'Gate code 12\n\nRing  twice,\t"loud"  '
  const KEPT = 'Gate code 12\n\nRing twice, "loud"'
  const LINES = ['name,Way in', `Acme,"${REMARK.replaceAll('"', '""')}"`]

  it.each(['csv', 'xlsx'])('comes back from %s as it was', async (format) => {
    const { bring, json, ok } = await importsInside()
    await bring('clients', LINES)
    const wayIn = async (): Promise<unknown> =>
      (await json<Card>('client', 'show', 'acme')).properties
    expect(await wayIn()).toEqual([{ name: 'Way in', value: KEPT }])
    expect(await bring('clients', LINES)).toMatchObject({ unchanged: 1, notes: [] })
    expect(await ok('export', 'clients', '--format', 'json')).toContain(JSON.stringify(KEPT))
    await ok('export', 'clients', '--out', `all.${format}`)
    await ok('undo')
    await ok('import', 'clients', `all.${format}`)
    expect(await wayIn()).toEqual([{ name: 'Way in', value: KEPT }])
  })

  it('is typed as it is imported, and stands in one line on the screen', async () => {
    const { folder, ok } = await importsInside()
    await ok('client', 'add', 'Acme', '--property', `Way in=${REMARK}`)
    expect(JSON.parse(await ok('client', 'show', 'acme', '--json'))).toMatchObject({
      properties: [{ name: 'Way in', value: KEPT }],
    })
    const { out } = await runInside(folder, ['client', 'show', 'acme'], { columns: 80 })
    expect(out).toMatch(/^Way in +Gate code 12 +Ring twice, "loud"$/m)
    const list = ['client', 'list', '--columns', 'name,property:Way in']
    expect((await runInside(folder, list, { columns: 80 })).out).toMatch(
      /^Acme +Gate code 12 +Ring twice, "loud"$/m,
    )
    expect((await runInside(folder, ['find', 'gate', 'loud'], { columns: 80 })).out).toContain(
      'Acme',
    )
  })
})
