import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { stringify } from 'csv-stringify/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CFB, read, utils } from 'xlsx'
import { desk, type Desk, emptyDesk, newFolder } from '../support/funnel.ts'

const ODD = ['=1+1', '+49 30 123456', '-5', '@home', "'=x", 'a,b;c', 'say "hi"', 'ทดสอบ, 例']

const FILLED = newFolder()

/** A book with clients whose regions are what spreadsheets take for formulas, and a deal. */
beforeAll(() => {
  const { file, ok } = desk({}, FILLED)
  ok('owner', 'add', 'Ann')
  const lines = ODD.map((region, index) => [`Client ${index}`, region, '+49 30 123456'])
  writeFileSync(file('list.csv'), stringify([['Name', 'Region', 'Phone'], ...lines]))
  ok('import', 'clients', 'list.csv', '--match', 'name')
  // An import takes the apostrophe off.
  ok('client', 'edit', '5', `--region=${ODD[4]}`)
  ok('client', 'edit', '1', '--contact', 'Bo; Lee', '--role', 'buyer', '--email', 'bo@x.example')
  ok(
    'client',
    'edit',
    '1',
    '--note',
    `first
second, ${'long '.repeat(30)}end`,
  )
  ok('client', 'edit', '1', '--category', 'large, old', '--property', 'Phone=none')
  ok('deal', 'add', '1', 'Cold store', '--amount', '9000.50', '--on', '2026-10-01')
  ok('win', '1', '--on', '2026-10-20')
})
afterAll(() => rmSync(FILLED, { recursive: true }))

/** A copy of that book. */
function filled(): Desk {
  const made = emptyDesk()
  cpSync(FILLED, made.folder, { recursive: true })
  return made
}

/** What python3's csv module reads. */
function python(folder: string, file: string, delimiter = ','): string[][] {
  const script =
    'import csv,json,sys; f=open(sys.argv[1],newline="",encoding="utf-8-sig");' +
    'print(json.dumps(list(csv.reader(f,delimiter=sys.argv[2],strict=True))))'
  const out = execFileSync('python3', ['-c', script, file, delimiter], { cwd: folder })
  return JSON.parse(out.toString())
}

describe('CSV', () => {
  it('is read alike by others, its formulas inert', () => {
    const { folder, ok } = filled()
    ok('export', 'clients', '--out', 'c.csv', '--delimiter', 'semicolon', '--bom')
    expect(readFileSync(`${folder}/c.csv`).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    const [head = [], ...rows] = python(folder, 'c.csv', ';')
    expect(head.slice(0, 3)).toEqual(['ref', 'name', 'kind'])
    expect(head.at(-1)).toBe('property:Phone')
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    const marked = ODD.map((text) => (/^'?[=+@-]/.test(text) ? `'${text}` : text))
    const regions = rows.map((row) => row[head.indexOf('region')])
    // The first client has a row of its own and one for its contact.
    expect(regions).toEqual([marked[0], ...marked])
    expect(rows[0]?.[head.indexOf('note')]).toContain('first\nsecond')
  })

  it('has the text as it is where asked for, and some columns in the order asked for', () => {
    const { folder, ok } = filled()
    ok('export', 'clients', '--raw', '--columns', 'region,name', '--out', 'c.csv')
    const [head, ...rows] = python(folder, 'c.csv')
    expect(head).toEqual(['region', 'name'])
    expect(rows.map(([region]) => region)).toEqual([ODD[0], ...ODD])
    expect(statSync(`${folder}/c.csv`).mode & 0o777).toBe(0o600)
  })

  it('goes from one book into another through a pipe', () => {
    const first = filled()
    const csv = first.ok('export', 'clients')
    const second = desk({ input: csv })
    second.ok('import', 'clients', '-')
    expect(second.ok('export', 'clients')).toBe(csv)
    expect(second.json('client', 'show', '2')).toMatchObject({ region: ODD[1] })
    expect(second.ok('export', 'clients', '--raw')).toContain(',+49 30 123456,')
  })

  it('keeps to the period', () => {
    const { ok } = filled()
    const rows = (...args: string[]): number => ok('export', ...args).split('\r\n').length - 2
    expect(rows('deals', '--period', '2026-10')).toBe(1)
    expect(rows('deals', '--period', '2026-09')).toBe(0)
    expect(rows('history', '--period', '2026-10-20')).toBe(1)
    expect(rows('interactions', '--period', 'all')).toBe(0)
  })
})

describe('XLSX', () => {
  it('has typed cells, a frozen header and widths, and comes back', () => {
    const { folder, file, ok } = filled()
    ok('export', 'deals', '--out', 'd.xlsx')
    const bytes = readFileSync(file('d.xlsx'))
    const book = read(bytes, { cellNF: true, cellStyles: true })
    const sheet = book.Sheets.deals ?? {}
    const [row = {}] = utils.sheet_to_json<Record<string, unknown>>(sheet)
    expect(row).toMatchObject({ title: 'Cold store', amount: 9000.5 })
    expect(sheet.I2).toMatchObject({ t: 'n', v: 46_296, z: 'yyyy-mm-dd' })
    expect(sheet['!cols']?.length).toBeGreaterThan(10)
    const part = CFB.find(CFB.read(bytes, { type: 'buffer' }), '/xl/worksheets/sheet1.xml')
    expect(Buffer.from(part?.content as Uint8Array).toString()).toContain('state="frozen"')

    ok('export', 'clients', '--out', 'c.xlsx')
    const clients = read(readFileSync(file('c.xlsx'))).Sheets.clients ?? {}
    const cells = Object.values(clients).filter((cell) => typeof cell === 'object')
    expect(cells.some((cell) => 'f' in cell)).toBe(false)
    const other = desk()
    other.ok('import', 'clients', `${folder}/c.xlsx`)
    other.ok('import', 'deals', `${folder}/d.xlsx`)
    expect(other.ok('export', 'clients')).toBe(ok('export', 'clients'))
    expect(other.ok('export', 'deals')).toBe(ok('export', 'deals'))
  })
})

describe('JSON', () => {
  it('has a record a client, with its contacts in it', () => {
    const { json, ok } = filled()
    const { clients } = json<{ clients: Record<string, unknown>[] }>('export', 'clients')
    expect(clients).toHaveLength(ODD.length)
    expect(clients[0]).toMatchObject({
      name: 'Client 0',
      region: '=1+1',
      phone: ['+49 30 123456'],
      categories: ['large, old'],
      contacts: [{ name: 'Bo; Lee', role: 'buyer', email: ['bo@x.example'] }],
      properties: { Phone: 'none' },
    })
    const lines = ok('export', 'clients', '--format', 'jsonl').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(clients)
    const some = ok('export', 'clients', '--format', 'jsonl', '--columns', 'name,email')
    expect(JSON.parse(some.split('\n')[0] ?? '')).toEqual({ name: 'Client 0', email: [] })
  })

  it('has amounts as decimals', () => {
    const { currency, deals } = filled().json('export', 'deals') as Record<string, never[]>
    expect(currency).toBe('EUR')
    expect(deals?.[0]).toMatchObject({ amount: 9000.5, outcome: 'won', closed: '2026-10-20' })
  })
})

/** The lines of a vCard or iCalendar file, unfolded: name with parameters, and value. */
function contentLines(text: string): [string, string][] {
  expect(text.endsWith('\r\n')).toBe(true)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const lines = text.replaceAll('\r\n ', '').trimEnd().split('\r\n')
  return lines.map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1)]
  })
}

/** The texts of a value that a comma parts. */
function texts(value: string): string[] {
  const parts = value.match(/(?:\\.|[^\\,])+/g) ?? []
  return parts.map((part) =>
    part.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
  )
}

describe('vCard', () => {
  it('has a card for each client and each contact', () => {
    const { file, ok } = filled()
    ok('export', 'clients', '--out', 'c.vcf')
    const lines = contentLines(readFileSync(file('c.vcf'), 'utf8'))
    const of = (name: string): string[][] =>
      lines.filter(([key]) => key === name).map(([, value]) => texts(value))
    expect(of('BEGIN')).toHaveLength(ODD.length + 1)
    expect(new Set(of('VERSION').flat())).toEqual(new Set(['4.0']))
    expect(of('FN').flat().slice(0, 3)).toEqual(['Client 0', 'Bo; Lee', 'Client 1'])
    expect(of('CATEGORIES')).toEqual([['large, old']])
    expect(of('NOTE')[0]?.[0]).toContain('first\nsecond, long long')
    expect(of('EMAIL')).toEqual([['bo@x.example']])
  })
})

describe('tasks', () => {
  it('are a table, and to-dos of a calendar', () => {
    const { file, ok } = filled()
    const book = new Database(file('funnel.db'))
    book.exec(`INSERT INTO tasks (client_id, deal_id, owner_id, text, due, added_on) VALUES
      (1, 1, 1, 'Call, then; write' || char(10) || 'back', '2026-12-01', '2026-11-01')`)
    book.close()
    expect(ok('export', 'tasks').split('\r\n')[0]).toMatch(
      /^text,due,time,minutes,status,owner,client,/,
    )
    const lines = Object.fromEntries(contentLines(ok('export', 'tasks', '--format', 'ics')))
    expect(lines).toMatchObject({ VERSION: '2.0', STATUS: 'NEEDS-ACTION' })
    expect(lines['DUE;VALUE=DATE']).toBe('20261201')
    expect(texts(lines.SUMMARY ?? '')).toEqual(['Call, then; write\nback'])
    expect(ok('export', 'tasks', '--format', 'ics')).toBe(ok('export', 'tasks', '--format', 'ics'))
  })
})

describe('a report', () => {
  it('says in a file what it says on the screen', () => {
    const { json, ok } = filled()
    const period = ['--period', '2026']
    const shown = json('report', 'closed', ...period)
    expect(json('export', 'report', 'closed', ...period)).toEqual(shown)
    expect(ok('export', 'report', 'closed', ...period)).toBe(
      ok('report', 'closed', ...period, '--csv'),
    )
  })
})

describe('what cannot be exported', () => {
  it.each([
    [['report', 'nope'], 3, 'use one of: open, closed'],
    [['report', 'open', '--period', '2026'], 2, 'of a day, not of a period'],
    [['deals', '--columns', 'colour'], 2, 'an export of deals has no column “colour”'],
    [['deals', '--delimiter', 'x'], 2, 'comma, semicolon, tab, pipe'],
    [['clients', '--format', 'json', '--raw'], 2, '--raw is for CSV'],
    [['deals', '--out', 'd.vcf'], 2, 'cannot be written as vcard'],
    [['deals', '--out', 'no/such/d.csv'], 2, 'there is no folder'],
  ])('%j is refused', (args, exit, message) => {
    const { code, err } = desk().run('export', ...args)
    expect(code).toBe(exit)
    expect(err).toContain(message)
  })

  it('leaves the file that was there', () => {
    const made = filled()
    made.ok('client', 'edit', '2', '--note', 'x'.repeat(40_000))
    writeFileSync(made.file('c.xlsx'), 'before')
    expect(made.run('export', 'clients', '--out', 'c.xlsx')).toMatchObject({ code: 1 })
    expect(readFileSync(made.file('c.xlsx'), 'utf8')).toBe('before')
  })
})
