import { readdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { desk, type Desk, emptyDesk } from '../support/funnel.ts'
import { placeFirstBook, rowsOf } from '../support/first-book.ts'
import { type InsideOutcome, runInside } from '../support/inside.ts'
import { bookIn } from '../faults/programs.ts'

let made: Desk

/** What another program does to a book, or somebody who sends one. */
function meddle(sql: string, folder = made.folder): void {
  const raw = new Database(bookIn(folder))
  raw.pragma('foreign_keys = OFF')
  raw.exec(sql)
  raw.close()
}

const AUDIT = `CREATE TRIGGER audit AFTER INSERT ON clients
  BEGIN UPDATE clients SET note = 'changed' WHERE id = NEW.id; END`
const SAID = 'the trigger audit on clients is not one of funnel, and may change what is written'

beforeEach(() => {
  made = desk()
  made.ok('client', 'add', 'Acme', '--note', 'as it was')
})

describe('a book with a trigger of another program', () => {
  it('is refused with the way out, and repaired by doctor', () => {
    meddle(AUDIT)
    const before = rowsOf(bookIn(made.folder))
    for (const line of ['client list', 'client add Beta', 'undo', 'backup copy.db']) {
      const { code, out, err } = made.run(...line.split(' '))
      expect([line, code, out, err]).toEqual([
        line,
        4,
        '',
        `funnel: ${bookIn(made.folder)}: ${SAID}\n` +
          `  take it out with: funnel doctor --repair --book ${bookIn(made.folder)}\n`,
      ])
    }
    const looked = made.run('doctor')
    expect(looked).toMatchObject({ code: 1, out: `schema: ${SAID}\n` })
    expect(looked.err).toContain('funnel doctor --repair')
    expect(rowsOf(bookIn(made.folder))).toEqual(before)
    const repaired = made.run('doctor', '--repair')
    expect(repaired).toMatchObject({ code: 0, err: `warning: ${SAID}; it was taken out\n` })
    made.ok('client', 'add', 'Beta', '--note', 'untouched')
    expect(rowsOf(bookIn(made.folder)).clients).toMatchObject([
      { note: 'as it was' },
      { note: 'untouched' },
    ])
  })

  it('is not migrated before the trigger is out', () => {
    const old = emptyDesk()
    placeFirstBook(old.folder)
    meddle(
      `CREATE TRIGGER audit AFTER UPDATE ON deals BEGIN DELETE FROM clients; END;
       CREATE TRIGGER more AFTER UPDATE ON settings BEGIN DELETE FROM clients; END`,
      old.folder,
    )
    const { clients } = rowsOf(bookIn(old.folder))
    for (const line of ['client list', 'doctor']) {
      const { code, err } = old.run(...line.split(' '))
      expect([code, err]).toEqual([4, expect.stringContaining('the trigger audit on deals is not')])
      expect(err).toContain('(and 1 more)')
    }
    old.ok('doctor', '--repair')
    expect(rowsOf(bookIn(old.folder)).clients).toHaveLength(clients?.length ?? 0)
  })

  it('is not restored, nor one whose own triggers do something else', () => {
    made.ok('backup', 'copy.db')
    const copy = new Database(made.file('copy.db'))
    copy.exec(AUDIT)
    const refused = made.run('restore', 'copy.db', '--yes')
    expect(refused).toMatchObject({ code: 4, out: '' })
    expect(refused.err).toContain(SAID)
    copy.exec(`DROP TRIGGER audit; DROP TRIGGER journal_clients_update;
      CREATE TRIGGER journal_clients_update AFTER UPDATE ON clients BEGIN DELETE FROM tasks; END`)
    copy.close()
    const { code, err } = made.run('restore', 'copy.db', '--yes')
    expect(code).toBe(4)
    expect(err).toContain('the trigger journal_clients_update is not as funnel makes it')
  })
})

it('a view in the place of a table is refused', () => {
  meddle(`ALTER TABLE tasks RENAME TO others; CREATE VIEW tasks AS
    WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n`)
  for (const line of ['today', 'doctor', 'doctor --repair']) {
    const { code, err } = made.run(...line.split(' '))
    expect([code, err]).toEqual([4, expect.stringContaining('the view tasks stands where')])
  }
})

it('tables, views and indexes of others are left alone, and named by doctor', () => {
  meddle(`CREATE TABLE mileage (car TEXT, km REAL); INSERT INTO mileage VALUES ('van', 12);
    CREATE VIEW acmes AS SELECT * FROM clients; CREATE INDEX extra ON clients (note);
    DROP INDEX tasks_due; ALTER TABLE reasons ADD COLUMN colour TEXT`)
  made.ok('client', 'add', 'Beta')
  made.ok('undo')
  const { code, out } = made.run('doctor')
  expect([code, out.trimEnd().split('\n')]).toEqual([
    1,
    [
      'schema: the table reasons is not as funnel makes it',
      'schema: the index tasks_due is missing',
      'schema: the index extra is not one of funnel',
      'schema: the table mileage is not one of funnel',
      'schema: the view acmes is not one of funnel',
    ],
  ])
  const repaired = made.run('doctor', '--repair')
  expect(repaired.out).toContain('mended: schema: the index tasks_due is missing\n')
  expect(repaired.out).toContain('mended: schema: the index extra is not one of funnel\n')
  expect(rowsOf(bookIn(made.folder)).mileage).toEqual([{ car: 'van', km: 12 }])
})

it('a book without one of its tables says so', () => {
  meddle('PRAGMA foreign_keys = OFF; DROP TABLE standards')
  const { code, out, err } = made.run('doctor')
  expect([code, out]).toEqual([
    1,
    expect.stringContaining('schema: the table standards is missing'),
  ])
  expect(err).toContain('restore your last backup')
})

// A condition that takes a second to look at, for each of its rows.
const SLOW = `CREATE TABLE slow (a, CHECK (length(hex(randomblob(200000000))) > 0));
  PRAGMA ignore_check_constraints = ON;
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
  INSERT INTO slow SELECT i FROM n;`

describe('a check that takes for ever', () => {
  it('keeps neither restore nor what it puts next to the book', () => {
    const sent = desk()
    meddle(SLOW, sent.folder)
    const began = Date.now()
    const { code, err } = made.run('restore', bookIn(sent.folder), '--yes', '--limit', '1')
    expect(Date.now() - began).toBeLessThan(15_000)
    expect([code, err]).toEqual([
      4,
      `funnel: ${bookIn(sent.folder)} could not be checked within 1 second\n` +
        '  take out of it what funnel did not make: funnel doctor --book FILE names that\n',
    ])
    expect(readdirSync(made.folder).filter((name) => name.includes('.new'))).toEqual([])
    expect(made.ok('client', 'list')).toContain('Acme')
  })

  it('is none where a table of another program can be looked at', () => {
    const sent = desk()
    sent.ok('client', 'add', 'Beta')
    meddle('CREATE TABLE extra (a CHECK (a > 0)); INSERT INTO extra VALUES (1)', sent.folder)
    made.ok('restore', bookIn(sent.folder), '--yes')
    expect(made.ok('client', 'list')).toContain('Beta')
    made.ok('backup', 'copy.db')
    meddle('UPDATE clients SET owner_id = 99', sent.folder)
    const { code, err } = made.run('restore', bookIn(sent.folder), '--yes')
    expect([code, err]).toEqual([4, expect.stringContaining('is damaged: row 1 of clients')])
  })

  it('is given up and named, and the others are made', () => {
    meddle(`${SLOW} UPDATE settings SET value = 'Mars/Base' WHERE key = 'timezone'`)
    const began = Date.now()
    const { code, out, err } = made.run('doctor', '--limit', '1')
    expect(Date.now() - began).toBeLessThan(15_000)
    expect([code, out.trimEnd().split('\n')]).toEqual([
      1,
      [
        'file: not finished within 1 second',
        'schema: the table slow is not one of funnel',
        "settings: the book's timezone “Mars/Base” is not a time zone; set it with: funnel settings set timezone …",
      ],
    ])
    expect(err).toContain('give it longer: funnel doctor --limit 600')
  })

  it('finds the same apart as it does at once', () => {
    meddle('DROP TRIGGER journal_tasks_update; UPDATE deals SET stage_id = NULL')
    const [once, apart] = [made.run('doctor'), made.run('doctor', '--limit', '60')]
    expect(apart).toEqual(once)
    expect(once.code).toBe(1)
  })
})

describe('settings that cannot be', () => {
  const put = (key: string, value: string): void =>
    meddle(`INSERT INTO settings (key, value) VALUES ('${key}', '${value}')
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`)

  it.each([
    ['currency', '', 'currency', 'USD'],
    ['currency', 'QQQ', 'currency', 'USD'],
    ['currency_digits', '3', 'currency', 'EUR'],
    ['currency_digits', 'many', 'currency', 'EUR'],
    ['timezone', 'Mars/Base', 'timezone', 'UTC'],
    ['timezone', ' ', 'timezone', 'UTC'],
    ['first_weekday', '9', 'first-weekday', 'sunday'],
    ['country', 'ZZ', 'country', 'none'],
    ['country', 'Atlantis', 'country', 'DE'],
    ['margin', '7', 'margin', '30'],
    ['working_days', '88', 'working-days', 'mon-fri'],
    ['locale', '{', 'locale', 'de'],
    ['locale', '{"tag":1}', 'locale', 'none'],
  ])('%s “%s” is found, disturbs nothing, and can be set', async (key, value, name, better) => {
    put(key, value)
    const run = (line: string): Promise<InsideOutcome> => runInside(made.folder, line.split(' '))
    for (const line of ['today', 'report open', 'history', 'forecast', 'client add Beta']) {
      const { code, err } = await run(line)
      expect([line, code, err]).toEqual([line, 0, expect.not.stringContaining('unexpected')])
    }
    const { code, out } = await run('doctor')
    expect([code, out.trimEnd().split('\n')]).toEqual([1, [expect.stringMatching(/^settings: /)]])
    expect(await run(`settings set ${name} ${better}`)).toMatchObject({ code: 0 })
    expect(await run('doctor')).toMatchObject({ code: 0 })
  })

  it('that are missing are found', () => {
    meddle("DELETE FROM settings WHERE key IN ('currency', 'timezone')")
    expect(made.run('doctor').out).toMatch(/has no currency; .*\n.*has no timezone; /)
  })
})

describe('a note of many megabytes', () => {
  it('does not stall a search, which looks through a million characters of it', () => {
    const raw = new Database(bookIn(made.folder))
    const filler = 'all work and no play '.repeat(40_000)
    const note = `${filler}ham and eggs ${filler.repeat(12)}needle`
    raw.prepare('UPDATE clients SET note = ?').run(note)
    raw.close()
    const began = Date.now()
    expect(made.ok('find', 'eggs')).toContain('no play ham and eggs all work')
    expect(made.ok('find', 'play eggs')).toContain('client    1  Acme')
    expect(made.ok('find', 'needle')).toContain('Nothing holds “needle”')
    expect(made.ok('doctor')).toContain('is sound')
    // Gone through as a whole, it takes minutes.
    expect(Date.now() - began).toBeLessThan(40_000)
    // It is kept whole, of course.
    expect(rowsOf(bookIn(made.folder)).clients?.[0]?.note).toBe(note)
  })
})
