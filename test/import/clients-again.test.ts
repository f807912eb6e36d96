import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runIn } from '../support/funnel.ts'
import { expectSum, importDesk, type Imported, importsInside } from '../support/imports.ts'

const HEADER = 'ref,name,email,phone,region,Fleet'

describe('clients that the book has', () => {
  it('are recognised by the keys asked for alone', () => {
    const { bring, attempt } = importDesk()
    bring('clients', [HEADER, 'R1,Acme,ann@acme.example,+49 30 123456,,', 'R2,Pier,,,,'])
    const fate = (row: string, ...args: string[]): string => {
      const { created } = bring('clients', [HEADER, row], '--dry-run', ...args)
      return created === 1 ? 'new' : 'known'
    }
    const mail = ',Other,ann@acme.example,,,'
    const phone = ',Other,,030 123456,,'
    expect(fate(mail)).toBe('known')
    expect(fate(mail, '--match', 'ref,name')).toBe('new')
    expect(fate(mail, '--match', 'email')).toBe('known')
    // A phone may be a switchboard: by itself it counts only where it is asked for.
    expect(fate(',Other,,+49 30 123456,,')).toBe('new')
    expect(fate(',Other,,+49 30 123456,,', '--match', 'phone')).toBe('known')
    expect(fate(phone, '--match', 'phone')).toBe('new')
    expect(fate(',ACME,,,,')).toBe('known')
    expect(fate(',ACME,,,,', '--match', 'email')).toBe('new')
    expect(fate('R2,Acme,ann@acme.example,,,')).toBe('known')
    expect(fate('R3,Acme,ann@acme.example,,,')).toBe('new')
    expect(attempt('clients', [HEADER, ',x,,,,'], '--match', 'ref,nme')).toMatchObject({ code: 2 })
  })

  it('keep one reference, whichever row brought it', () => {
    const { bring, json } = importDesk()
    const lines = [HEADER, ',Acme,,,,', '1,Acme,,,,', '2,Acme,,,,', ',Pier,,,,']
    expect(bring('clients', lines)).toMatchObject({ created: 3, updated: 1 })
    const more = [HEADER, ',Pier,,,North,', '3,Pier,,,,', '4,Pier,,,,']
    expect(bring('clients', more)).toMatchObject({ created: 1, updated: 2 })
    const { clients } = json<{ clients: { name: string }[] }>('client', 'list')
    expect(clients).toHaveLength(4)
  })

  it('are filled, overwritten, skipped or refused, and come back as they were', () => {
    const { bring, json, ok } = importDesk()
    bring('clients', [`${HEADER},owner`, 'R1,Acme,,,North,7,Ann'], '--create', 'owners')
    const lines = [`${HEADER},owner`, 'R1,Acme,a@acme.example,,South,8,Bob', 'R2,New,,,,,Cid']
    const create = ['--create', 'owners']
    const owners = (): number => json<{ owners: unknown[] }>('owner', 'list').owners.length
    expect(bring('clients', lines, ...create, '--on-duplicate', 'skip')).toMatchObject({
      skipped: 1,
      created: 1,
    })
    expect(owners()).toBe(2)
    ok('undo')
    const refused = bring('clients', lines, ...create, '--on-duplicate', 'error')
    expect(refused.rejects).toEqual([
      { row: 2, reason: 'client 1 is this one already, by its ref' },
    ])
    expect(owners()).toBe(2)
    ok('undo')
    const before = json('client', 'show', 'acme')
    const filled = bring('clients', lines, ...create)
    expect(filled).toMatchObject({ updated: 1, created: 1 })
    expect(filled.notes.join()).toContain('3 cells left alone')
    expect(json('client', 'show', 'acme')).toMatchObject({ region: 'North', owner: 'Ann' })
    ok('undo')
    expect(bring('clients', lines, ...create, '--on-duplicate', 'update').notes).toEqual([
      'added 2 owners: Bob, Cid',
    ])
    expect(json('client', 'show', 'acme')).toMatchObject({
      region: 'South',
      owner: 'Bob',
      properties: [{ name: 'Fleet', value: '8' }],
      contact_points: [{ value: 'a@acme.example' }],
    })
    ok('undo')
    expect(json('client', 'show', 'acme')).toEqual(before)
    expect(ok('doctor')).toContain('is sound')
  })

  it('are remarked on where they are taken for one another, or nearly', () => {
    const { bring } = importDesk()
    bring('clients', [HEADER, ',Acme,ann@acme.example,+49 30 123456,,'])
    const lines = [HEADER, ',Zeta,ann@acme.example,,,', ',Omega,,+49 30 123456,,']
    const done = bring('clients', lines, '--dry-run')
    expect(done).toMatchObject({ created: 1, unchanged: 1 })
    expect(done.notes).toEqual([
      'row 2 (Zeta) is client 1, by its email',
      'row 3 (Omega) is new, but shares an address with client 1',
      'pairs that may be one client: funnel client duplicates',
      expect.stringContaining('1 cell left alone'),
    ])
  })

  it('have a phone once, though the book got its country since', () => {
    const { bring, ok, json } = importDesk()
    const lines = ['Name,Phone', 'Apotheke am Markt,06221 5550144', 'Acme,+1 512 757 6000']
    bring('clients', lines)
    ok('settings', 'set', 'country', 'DE')
    expect(bring('clients', lines)).toMatchObject({ unchanged: 2 })
    expect(json('client', 'show', 'apotheke').contact_points).toHaveLength(1)
    const other = ['Name,Phone', 'Apotheke am Markt,06221 5550145']
    expect(bring('clients', other)).toMatchObject({ updated: 1 })
  })

  it('are remarked on where their names differ by form, signs or order only', () => {
    const { bring } = importDesk()
    bring('clients', ['Name', 'Acme GmbH', 'Müller & Söhne', 'Ines Maro'])
    const again = ['"Acme, G.m.b.H."', 'Mueller', 'MULLER UND SOHNE AG', '"Maro, Ines"', 'Pier 9']
    const done = bring('clients', ['Name', ...again, 'Pier No. 9', 'Pier-9 Ltd'])
    expect(done).toMatchObject({ created: 7 })
    expect(done.notes).toEqual([
      'row 2 (Acme, G.m.b.H.) is new, but is named like client 1',
      'row 4 (MULLER UND SOHNE AG) is new, but is named like client 2',
      'row 5 (Maro, Ines) is new, but is named like client 3',
      'row 8 (Pier-9 Ltd) is new, but is named like row 6 of this file',
      'pairs that may be one client: funnel client duplicates',
    ])
  })

  it('are remarked on by names that they took over, not by those that were erased', async () => {
    const { bring, ok } = await importsInside()
    const points = [',info@acme.example', ',', ',', ',']
    const names = ['Acme GmbH', 'Zeta Werke', 'Pier Nine', 'Maro']
    await bring('clients', ['Name,Email', ...names.map((name, at) => name + points[at])])
    await ok('client', 'merge', '1', '2', '--yes')
    await ok('client', 'erase', '4', '--yes')
    const lines = [
      '"Werke Zeta, AG",',
      'Client (erased) 4,',
      'Nine Pier,info@acme.example',
      'ACME,',
    ]
    const done = await bring('clients', ['Name,Email', ...lines], '--dry-run')
    expect(done.notes).toEqual([
      'row 2 (Werke Zeta, AG) is new, but is named like client 1',
      'row 4 (Nine Pier) is new, but shares an address with client 1 and is named like client 3',
      'row 5 (ACME) is new, but is named like client 1',
      'pairs that may be one client: funnel client duplicates',
    ])
  })

  it('may have many addresses and no person', () => {
    const { bring, json } = importDesk()
    const rows = Array.from(
      { length: 120 },
      (_, row) => `,C${row},c${row}@x.example,0304 ${row}00,,`,
    )
    expect(bring('clients', [HEADER, ...rows])).toMatchObject({ created: 120 })
    expect(json('client', 'show', 'c77').contact_points).toHaveLength(2)
  })

  it('may be named by thousands of rows, and met by a long list, without delay', () => {
    const { bring, look, ok } = importDesk()
    ok('client', 'add', 'Somebody')
    const rows = (from: number, to: number, name: (row: number) => string): string[] =>
      Array.from({ length: to - from }, (_, at) => from + at).map(
        (row) => `,${name(row)},mail${row}@long-name-of-a-company.example,,,${row}`,
      )
    const start = Date.now()
    // Over a megabyte, for which the indexes are rebuilt.
    const long = rows(0, 20_000, (row) => `Company number ${row} of a long list`)
    expect(bring('clients', [HEADER, ...long])).toMatchObject({ created: 20_000 })
    const same = rows(20_000, 30_000, () => 'John Smith')
    expect(bring('clients', [HEADER, ...same])).toMatchObject({ created: 10_000 })
    expect(bring('clients', [HEADER, ...same])).toMatchObject({ unchanged: 10_000 })
    // A few seconds; what grows with the square of the rows takes minutes.
    expect(Date.now() - start).toBeLessThan(40_000)
    expect(look('SELECT count(*) AS n FROM contact_points')).toEqual([{ n: 30_000 }])
    ok('undo')
    ok('undo')
    expect(look('SELECT count(*) AS n FROM clients')).toEqual([{ n: 1 }])
    expect(ok('doctor')).toContain('is sound')
  })
})

describe('rejected rows', () => {
  const LINES = [
    'name,email,Fleet',
    'Good,g@x.example,1',
    'Bad,nope,"2 ""big"",',
    'more"',
    'Worse,n@,3',
  ]

  it('go to a file that can be mended and imported', () => {
    const { bring, file, json } = importDesk()
    const done = bring('clients', LINES, '--rejects', 'mend.csv')
    expect(done).toMatchObject({ created: 1, rejected: 2 })
    const mend = readFileSync(file('mend.csv'), 'utf8')
    expect(mend.split('\n')[0]).toBe('\uFEFFname,email,Fleet,Rejected because')
    writeFileSync(file('mend.csv'), mend.replace(',nope,', ',bad@x.example,').replace(',n@,', ',,'))
    const rest = json<Imported>('import', 'clients', 'mend.csv', '--rejects', 'rest.csv')
    expectSum(rest)
    expect(rest).toMatchObject({ created: 2, rejected: 0 })
    expect(json('client', 'show', 'bad').properties).toEqual([
      { name: 'Fleet', value: '2 "big",\nmore' },
    ])
    expect(readFileSync(file('rest.csv'), 'utf8')).toBe('name,email,Fleet,Rejected because\n')
  })

  it('never replace the file or the book, and where they cannot be kept nothing is imported', () => {
    const { attempt, bring, file, folder, json, run } = importDesk()
    symlinkSync(file('clients.csv'), file('link.csv'))
    const text = `${LINES.join('\n')}\n`
    for (const name of ['clients.csv', './clients.csv', 'link.csv', 'funnel.db', 'funnel.db-wal']) {
      writeFileSync(file('funnel.db-wal'), '', { flag: 'a' })
      const done = attempt('clients', LINES, '--rejects', name)
      expect([name, done.code]).toEqual([name, 2])
      expect(done.err).toContain('would replace')
    }
    expect(readFileSync(file('clients.csv'), 'utf8')).toBe(text)
    const nowhere = attempt('clients', LINES, '--rejects', 'no/such/folder.csv')
    expect(nowhere).toMatchObject({ code: 2 })
    expect(nowhere.err).toContain('nothing was imported')
    writeFileSync(file('mine.csv'), 'mine')
    chmodSync(file('mine.csv'), 0o400)
    const locked = runIn(folder, ['import', 'clients', 'clients.csv', '--rejects', 'mine.csv'], {
      unprivileged: true,
    })
    expect(locked.err).toContain('nothing was imported')
    expect(attempt('clients', LINES, '--max-rejects', '1')).toMatchObject({ code: 1, out: '' })
    expect(json('client', 'list')).toMatchObject({ clients: [] })
    expect(json('history')).toMatchObject({ operations: [] })
    bring('clients', LINES, '--rejects', 'dry.csv', '--dry-run')
    expect(existsSync(file('dry.csv'))).toBe(false)
    expect(bring('clients', LINES, '--max-rejects', '2')).toMatchObject({ created: 1 })
    expect(run('doctor').out).toContain('is sound')
  })
})
