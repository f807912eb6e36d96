import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { desk, emptyDesk } from '../support/funnel.ts'

type Desk = ReturnType<typeof desk>

let made: Desk
let file = (name: string): string => name

const clientsOf = ({ json }: Pick<Desk, 'json'>, ...args: string[]): string[] =>
  json<{ clients: { name: string }[] }>('client', 'list', ...args).clients.map(({ name }) => name)

/** The log of another book, in the middle of its work, laid next to a name. */
function strayLog(next: string): void {
  const other = emptyDesk()
  other.ok('init', '--currency', 'EUR', '--timezone', 'UTC')
  const book = path.join(other.folder, 'funnel.db')
  const raw = new Database(book)
  raw.pragma('wal_autocheckpoint = 0')
  raw.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    INSERT INTO clients (name, name_key, added_on)
    SELECT 'Stranger ' || i, 'stranger ' || i, '2026-01-01' FROM n`)
  copyFileSync(`${book}-wal`, `${next}-wal`)
  copyFileSync(`${book}-shm`, `${next}-shm`)
  raw.close()
}

/** The journal with which a program of another kind would take back its change. */
function strayJournal(next: string): void {
  const other = emptyDesk()
  other.ok('init', '--currency', 'EUR', '--timezone', 'UTC')
  const book = path.join(other.folder, 'funnel.db')
  const raw = new Database(book)
  raw.pragma('journal_mode = DELETE')
  raw.pragma('cache_size = 1')
  raw.pragma('cache_spill = 1')
  raw.exec(`BEGIN IMMEDIATE;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
    INSERT INTO clients (name, name_key, added_on)
    SELECT 'Stranger ' || i, 'stranger ' || i, '2026-01-01' FROM n`)
  copyFileSync(`${book}-journal`, `${next}-journal`)
  raw.exec('ROLLBACK')
  raw.close()
}

beforeEach(() => {
  made = desk()
  file = made.file
  made.ok('client', 'add', 'Pier Nine')
})

describe('a log that another book left next to a name', () => {
  it.each([
    ['a log', strayLog, '-wal'],
    ['a journal', strayJournal, '-journal'],
  ])('is put aside by restore: %s', (_what, stray, suffix) => {
    made.ok('backup', 'monday.db')
    rmSync(file('funnel.db'))
    for (const beside of ['-wal', '-shm']) rmSync(file(`funnel.db${beside}`), { force: true })
    stray(file('funnel.db'))
    const { code, err } = made.run('restore', 'monday.db', '--yes')
    expect([code, err]).toEqual([0, expect.stringContaining(`funnel.db.stray${suffix}`)])
    expect(clientsOf(made)).toEqual(['Pier Nine'])
    expect(made.ok('doctor')).toContain('is sound')
    expect(existsSync(file(`funnel.db.stray${suffix}`))).toBe(true)
  })

  it.each([
    ['a log', strayLog, '-wal'],
    ['a journal', strayJournal, '-journal'],
  ])('is put aside by init: %s', (_what, stray, suffix) => {
    stray(file('new.db'))
    const { code, err } = made.run('init', '--book', 'new.db', '--currency', 'EUR')
    expect([code, err]).toEqual([0, expect.stringContaining(`new.db.stray${suffix}`)])
    expect(clientsOf(made, '--book', 'new.db')).toEqual([])
    expect(made.ok('doctor', '--book', 'new.db')).toContain('is sound')
  })

  it('is put aside by backup, so that it is not read into the copy', () => {
    strayLog(file('monday.db'))
    expect(made.run('backup', 'monday.db').err).toContain('monday.db.stray-wal')
    made.ok('client', 'add', 'Quay Two')
    made.ok('restore', 'monday.db', '--yes')
    expect(clientsOf(made)).toEqual(['Pier Nine'])
  })

  it('gets a name of its own each time', () => {
    for (const name of ['a.db', 'a.db']) {
      strayLog(file(name))
      made.ok('init', '--book', name, '--currency', 'EUR')
      rmSync(file(name))
      for (const beside of ['-wal', '-shm']) rmSync(file(name + beside), { force: true })
    }
    const kept = readdirSync(made.folder).filter((name) => name.startsWith('a.db.stray'))
    expect(kept.toSorted()).toEqual([
      'a.db.stray-2-shm',
      'a.db.stray-2-wal',
      'a.db.stray-shm',
      'a.db.stray-wal',
    ])
  })
})

describe('a book with two names', () => {
  it('is refused under each of them, with the way out, and works under one again', () => {
    linkSync(file('funnel.db'), file('other.db'))
    for (const name of ['funnel.db', 'other.db']) {
      const other = name === 'other.db' ? 'funnel.db' : 'other.db'
      for (const args of [
        ['client', 'list'],
        ['client', 'add', 'Quay Two'],
        ['doctor'],
        ['backup', 'x.db'],
      ]) {
        const refused = made.run('--book', name, ...args)
        expect([args, refused.code]).toEqual([args, 4])
        expect(refused.err).toContain(`${file(name)} has 2 names (${file(other)})`)
        expect(refused.err).toContain('remove the other names')
      }
    }
    rmSync(file('other.db'))
    made.ok('client', 'add', 'Quay Two')
    expect(clientsOf(made)).toEqual(['Pier Nine', 'Quay Two'])
  })

  it('is not what a command leaves that was killed while it made the book', () => {
    // No process has this number.
    const left = `funnel.db.99999999-${crypto.randomUUID()}.new`
    linkSync(file('funnel.db'), file(left))
    expect(clientsOf(made)).toEqual(['Pier Nine'])
    expect(existsSync(file(left))).toBe(false)
  })
})

describe('a symbolic link to a book', () => {
  it('is followed in every command, and the log lies next to the book', () => {
    mkdirSync(file('real'))
    made.ok('backup', 'real/sales.db')
    symlinkSync('real/sales.db', file('link.db'))
    symlinkSync('link.db', file('second.db'))
    made.ok('client', 'add', 'Quay Two', '--book', 'second.db')
    expect(clientsOf(made, '--book', 'real/sales.db')).toEqual(['Pier Nine', 'Quay Two'])
    made.ok('backup', 'tuesday.db', '--book', 'link.db')
    made.ok('client', 'add', 'Yard', '--book', 'link.db')
    made.ok('restore', 'tuesday.db', '--book', 'link.db', '--yes')
    expect(clientsOf(made, '--book', 'real/sales.db')).toEqual(['Pier Nine', 'Quay Two'])
    expect(lstatSync(file('link.db')).isSymbolicLink()).toBe(true)
  })

  it('stays a link where the book that it leads to is damaged, and is restored', () => {
    mkdirSync(file('real'))
    made.ok('backup', 'real/sales.db')
    made.ok('backup', 'monday.db')
    symlinkSync('real/sales.db', file('link.db'))
    truncateSync(file('real/sales.db'), 5000)
    made.ok('restore', 'monday.db', '--book', 'link.db', '--yes')
    expect(lstatSync(file('link.db')).isSymbolicLink()).toBe(true)
    expect(lstatSync(file('real/sales.db')).isFile()).toBe(true)
    expect(clientsOf(made, '--book', 'link.db')).toEqual(['Pier Nine'])
    expect(clientsOf(made, '--book', 'real/sales.db')).toEqual(['Pier Nine'])
  })

  it('to where nothing is makes nothing there: others could choose the place', () => {
    mkdirSync(file('real'))
    symlinkSync('real/new.db', file('link.db'))
    const none = made.run('client', 'list', '--book', 'link.db')
    expect([none.code, none.err]).toEqual([3, expect.stringContaining(file('real/new.db'))])
    made.ok('backup', 'monday.db')
    for (const args of [
      ['init', '--currency', 'EUR'],
      ['restore', 'monday.db', '--yes'],
    ]) {
      const { code, err } = made.run(...args, '--book', 'link.db')
      expect([code, err]).toEqual([2, expect.stringContaining('where there is nothing')])
      expect(err).toContain(`--book ${file('real/new.db')}`)
    }
    expect(readdirSync(file('real'))).toEqual([])
  })

  it('that leads back to itself is refused', () => {
    symlinkSync('b.db', file('a.db'))
    symlinkSync('a.db', file('b.db'))
    for (const args of [
      ['client', 'list'],
      ['init', '--currency', 'EUR'],
    ]) {
      const { code, err } = made.run(...args, '--book', 'a.db')
      expect([code, err]).toEqual([2, expect.stringContaining('leads back to itself')])
    }
  })
})

describe('a book whose schema says what cannot be', () => {
  it.each([0, -5, 3])('%i is said to be altered', (version) => {
    const raw = new Database(file('funnel.db'))
    raw.pragma(`user_version = ${version}`)
    raw.close()
    const { code, err } = made.run('client', 'list')
    expect(code).toBe(4)
    expect(err).toContain(`says that its schema is ${version}`)
    expect(err).toContain('another program has altered it')
    expect(err).not.toContain('unexpected')
    // Nothing is left of the attempt.
    expect(readdirSync(made.folder).filter((name) => name.includes('.v'))).toEqual([])
  })
})

it('what is written to a file next to the book is no concern of these', () => {
  writeFileSync(file('list.csv'), 'Name\nYard\n')
  linkSync(file('list.csv'), file('same.csv'))
  made.ok('import', 'clients', 'same.csv')
  expect(clientsOf(made)).toEqual(['Pier Nine', 'Yard'])
  expect(readFileSync(file('list.csv'), 'utf8')).toBe('Name\nYard\n')
})
