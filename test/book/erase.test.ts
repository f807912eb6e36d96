import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBook } from '../support/book.ts'
import { desk, type Desk, emptyDesk, newFolder } from '../support/funnel.ts'

const SECRETS = [
  'Zelinda',
  'Quarterhorse',
  'zelinda@',
  '5550199',
  'Brindlewood',
  'insulin pump',
  'zq-4711',
  'Velour sofa',
]

/** Every place in the book’s files where one of the secrets still stands, whatever its case. */
function traces(made: Desk): string[] {
  return ['funnel.db', 'funnel.db-wal', 'funnel.db-shm'].flatMap((name) => {
    if (!existsSync(made.file(name))) return []
    const bytes = readFileSync(made.file(name)).toString('latin1').toLowerCase()
    return SECRETS.filter((secret) => bytes.includes(secret.toLowerCase())).map(
      (secret) => `${name}: ${secret}`,
    )
  })
}

/** A person with a life in the book: imported, undone and imported again, edited, sold to, lost. */
function fill(made: Desk): void {
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--region', 'North')
  writeFileSync(
    made.file('people.csv'),
    'Name,Email,Phone,Region,Pet\n' +
      'Zelinda Quarterhorse,zelinda@horse.example,+1 512 5550199,North,Brindlewood\n' +
      'Pier Nine,office@pier.example,+1 512 5550100,South,none\n',
  )
  made.ok('import', 'clients', 'people.csv')
  made.ok('undo')
  made.ok('import', 'clients', 'people.csv')
  made.ok('client', 'edit', 'zelinda', '--name', 'Zelinda Brindlewood-Quarterhorse')
  made.ok(
    'client',
    'edit',
    'zelinda',
    '--contact',
    'Zelinda Herself',
    '--email',
    'zelinda@herself.example',
  )
  made.ok('client', 'edit', 'zelinda', '--note', 'has an insulin pump', '--owner', 'Ann')
  made.ok(
    'deal',
    'add',
    'zelinda',
    'Velour sofa for Zelinda',
    '--amount',
    '900',
    '--need',
    'insulin pump rest',
    '--on',
    '2026-10-01',
  )
  made.ok('advance', '1', '--on', '2026-10-05')
  made.ok('log', 'call', 'zelinda', 'asked about her insulin pump', '--on', '2026-10-06')
  made.ok('proposal', 'make', '1', '--note', 'rest for an insulin pump', '--on', '2026-10-07')
  made.ok('proposal', 'decline', '1', '--note', 'not for Brindlewood', '--on', '2026-10-08')
  made.ok('lose', '1', '--reason', 'no need', '--on', '2026-10-20')
  made.ok('client', 'edit', 'zelinda', '--ref', 'zq-4711')
  made.ok('find', 'zelinda')
}

const FILLED = newFolder()

beforeAll(() => fill(desk({}, FILLED)))
afterAll(() => rmSync(FILLED, { recursive: true }))

/** A copy of that book. */
function withPerson(): Desk {
  const made = emptyDesk()
  cpSync(FILLED, made.folder, { recursive: true })
  return made
}

describe('erasing a client', () => {
  it('leaves no trace of the person in the files of the book', () => {
    const made = withPerson()
    expect(traces(made).length).toBeGreaterThan(0)
    const { client } = made.json<{ client: number }>('client', 'erase', 'zelinda', '--yes')
    expect(traces(made)).toEqual([])
    expect(made.ok('doctor')).toContain('is sound')
    expect(made.json('find', 'zelinda')).toMatchObject({ hits: [] })
    expect(made.json('find', 'insulin')).toMatchObject({ hits: [] })
    expect(made.json('client', 'show', String(client))).toMatchObject({
      name: `erased client ${client}`,
      consent: 'no',
      region: 'North',
      owner: 'Ann',
      contacts: [],
      contact_points: [],
      properties: [],
      deals: [{ amount: 900, status: 'lost', opened_on: '2026-10-01', closed_on: '2026-10-20' }],
      interactions: [{ at: '2026-10-06', kind: 'call', text: null }],
    })
  })

  it('leaves every figure as it was', () => {
    const made = withPerson()
    const figures = () =>
      [
        ['report', 'closed', '--period', '2026-Q4'],
        ['report', 'open', '--as-of', '2026-10-10'],
      ].map((words) => made.json(...words))
    const before = figures()
    made.ok('client', 'erase', 'zelinda', '--yes')
    expect(figures()).toEqual(before)
  })

  it('cannot be undone, and lets nothing bring the person back', () => {
    const made = withPerson()
    const before = made.json<{ operations: { id: number }[] }>('history', '--limit', '100')
    made.ok('client', 'erase', 'zelinda', '--yes')
    expect(made.run('undo')).toMatchObject({
      code: 1,
      err: expect.stringContaining('can never be undone'),
    })
    const show = made.json('client', 'list', '--columns', 'id,name,email,phone,note')
    // Newest first, then every one again: whatever can be undone may be, the person stays away.
    const ids = [...before.operations, ...before.operations].map(({ id }) => String(id))
    const outcomes = ids.map((id) => made.run('undo', id).code)
    expect(outcomes.filter((code) => code === 0).length).toBeGreaterThan(0)
    expect(traces(made)).toEqual([])
    expect(made.ok('doctor')).toContain('is sound')
    expect(JSON.stringify(show)).not.toMatch(/zelinda/i)
    expect(made.ok('history', '--limit', '100', '--json')).not.toMatch(/zelinda|insulin|velour/i)
  })

  it('keeps the other clients, and what can be undone about them', () => {
    const made = withPerson()
    made.ok('client', 'edit', 'pier', '--rating', 'A')
    made.ok('client', 'erase', 'zelinda', '--yes')
    const pier = made.json('client', 'show', 'pier')
    expect(pier).toMatchObject({ name: 'Pier Nine', rating: 'A' })
    const { operations } = made.json<{ operations: { id: number; summary: string }[] }>('history')
    const edit = operations.find(({ summary }) => summary.includes('Pier Nine'))
    made.ok('undo', String(edit?.id))
    expect(made.json('client', 'show', 'pier')).toMatchObject({ rating: null })
  })

  it('reaches what became of the person before a merger or a removal', () => {
    const made = desk()
    made.ok('client', 'add', 'Zelinda Quarterhorse', '--email', 'zelinda@horse.example')
    made.ok('log', 'note', '1', 'Brindlewood')
    made.ok('undo')
    made.ok('undo', '1')
    made.ok('client', 'add', 'Zelinda Q', '--email', 'zelinda@horse.example')
    made.ok('client', 'erase', 'zelinda', '--yes')
    expect(traces(made)).toEqual([])
  })

  it('reaches what a merger wrote into another client before it was undone', () => {
    const made = desk()
    made.ok('client', 'add', 'Keeper Ltd', '--region', 'North')
    made.ok('client', 'add', 'Zelinda Quarterhorse', '--region', 'South')
    made.ok('client', 'merge', 'keeper', 'zelinda')
    made.ok('client', 'edit', 'keeper', '--rating', 'A')
    made.ok('undo')
    made.ok('undo', '3')
    made.ok('client', 'erase', 'zelinda', '--yes')
    expect(traces(made)).toEqual([])
    expect(made.json('client', 'show', 'keeper')).toMatchObject({ region: 'North', note: null })
    expect(made.ok('doctor')).toContain('is sound')
  })

  it('asks first: without a terminal it wants --yes', () => {
    const made = withPerson()
    const { code, err } = made.run('client', 'erase', 'zelinda')
    expect(code).toBe(2)
    expect(err).toContain('can never be undone')
    expect(err).toContain('--yes')
    expect(made.json('client', 'show', 'zelinda')).toMatchObject({ ref: 'zq-4711' })
  })

  it('names the copies, the file it came from, and other records that name the person', () => {
    const made = withPerson()
    copyFileSync(made.file('funnel.db'), made.file('funnel.db.v1'))
    made.ok('log', 'call', 'harbour', 'Zelinda Brindlewood-Quarterhorse sent them')
    const out = made.ok('client', 'erase', 'zelinda', '--yes')
    expect(out).toContain('funnel.db.v1')
    expect(out).toContain('people.csv')
    expect(out).toMatch(/still named in interaction \d+ \(Harbour Foods\)/)
  })

  it('lists every place where a short name still stands, and none that only holds its letters', () => {
    const made = desk()
    made.ok('client', 'add', 'Al', '--ref', '7', '--email', 'al@x.example')
    made.ok('client', 'edit', '1', '--ref', '8')
    made.ok(
      'client',
      'add',
      'Alpine Halls',
      '--note',
      'likes it al dente, all 7',
      '--email',
      'hal@x.example',
    )
    made.ok('client', 'add', 'Pier Nine', '--note', 'as Al said')
    made.ok('client', 'edit', 'pier', '--note', 'no note any more')
    made.ok('client', 'add', 'Harbour Foods', '--note', 'a friend of Al’s')
    made.ok('deal', 'add', 'harbour', 'Winch', '--need', 'the one that al@x.example has')
    made.ok('deal', 'add', 'harbour', 'Total alignment 7')
    made.ok('log', 'call', 'harbour', 'Al sent them')
    made.ok('log', 'call', 'harbour', 'totally all right, 7 of 8')
    made.ok('task', 'add', 'Call Al back')
    made.ok('task', 'add', 'Also call Alina')
    made.ok('segment', 'add', 'Friends of Al', '--where', 'region=North')
    made.ok('segment', 'add', 'Alpine', '--where', 'region=Alpine')
    made.ok('report', 'save', 'What Al brought', 'open')
    made.ok('report', 'save', 'All', 'closed')
    made.ok('owner', 'add', 'Albert')
    writeFileSync(made.file('from Al.csv'), 'name\nBeta\n')
    made.ok('import', 'clients', 'from Al.csv')
    writeFileSync(made.file('all.csv'), 'Al,name\n1,Gamma\n')
    made.ok('import', 'clients', 'all.csv', '--map', 'Al=ref', '--save-profile', 'mine')
    const out = made.json<{ mentions: string[] }>('client', 'erase', '1', '--yes')
    expect(out.mentions).toEqual([
      'client 4',
      'deal 1',
      'import profile mine',
      'imported file from Al.csv',
      'interaction 1',
      'report What Al brought',
      'segment Friends of Al',
      'task 3',
      // The note of Pier Nine as it was.
      'operation 5',
    ])
  })

  it('names copies by what they hold, whatever they are called, also beside a link to the book', () => {
    const made = withPerson()
    const other = desk()
    mkdirSync(made.file('store'))
    mkdirSync(made.file('store/folder.db'))
    renameSync(made.file('funnel.db'), made.file('store/sales.db'))
    made.ok('backup', 'monday.db', '--book', 'store/sales.db')
    copyFileSync(made.file('store/sales.db'), made.file('store/sales.db.v1'))
    copyFileSync(made.file('store/sales.db'), made.file('store/old list'))
    copyFileSync(other.file('funnel.db'), made.file('other.db'))
    writeFileSync(made.file('notes.db'), 'SQLite')
    symlinkSync(made.file('store/sales.db'), made.file('funnel.db'))
    execFileSync('mkfifo', [made.file('pipe.db')])
    const files = [...readdirSync(made.folder), ...readdirSync(made.file('store'))]
    expect(made.json('client', 'erase', 'zelinda', '--yes')).toMatchObject({
      copies: ['monday.db', 'store/old list', 'store/sales.db.v1'],
    })
    expect([...readdirSync(made.folder), ...readdirSync(made.file('store'))]).toEqual(files)
  })

  it('can be done again, by the number', () => {
    const made = withPerson()
    made.ok('client', 'erase', 'zelinda', '--yes')
    expect(made.run('client', 'erase', 'erased client', '--yes')).toMatchObject({ code: 0 })
  })

  it('knows every table that hangs on a client, a deal or a contact', () => {
    const { store } = newBook()
    const hanging = store
      .journaledTables()
      .filter((table) =>
        store
          .columnsOf(table)
          .some((name) => ['client_id', 'deal_id', 'contact_id'].includes(name)),
      )
    // A new one here wants a look at src/book/erase/rows.ts: is it kept, and without what?
    expect(hanging).toEqual([
      'client_aliases',
      'client_categories',
      'client_properties',
      'contact_points',
      'contacts',
      'deal_lines',
      'deal_properties',
      'deal_tags',
      'deals',
      'documents',
      'events',
      'export_entries',
      'interactions',
      'invoices',
      'payer_accounts',
      'payments',
      'proposals',
      'tasks',
    ])
  })
})
