import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { verifyFile } from '../../src/book/files/verify.ts'
import { openBook } from '../../src/book/open.ts'
import { desk, type Desk } from '../support/funnel.ts'
import { startWriters } from '../support/writers.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

function names(file: string): string[] {
  const book = openBook(file)
  try {
    return book.store.prepare('SELECT name FROM clients ORDER BY name').pluck().all() as string[]
  } finally {
    book.close()
  }
}

function office(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Harbour Foods')
  return made
}

const missing = (all: string[], some: string[]): string[] => {
  const known = new Set(all)
  return some.filter((name) => !known.has(name))
}

describe('a backup while four processes write', () => {
  it('has everything that was there when it began, and is sound', async () => {
    const { file, ok, run } = office()
    const writers = startWriters(file('funnel.db'), 4)
    await writers.more(3)
    const before = writers.added()
    ok('backup', 'copy.db')
    await writers.more(2)
    await writers.stop()
    ok('restore', 'copy.db', '--book', 'other.db')
    const restored = names(file('other.db'))
    expect(missing(restored, before)).toEqual([])
    expect(restored.length).toBeLessThan(names(file('funnel.db')).length)
    expect(run('doctor', '--book', 'other.db')).toMatchObject({ code: 0 })
  })

  it('can be restored under their hands: each client is in the old book or in the new one', async () => {
    const { file, ok, json } = office()
    ok('backup', 'copy.db')
    const writers = startWriters(file('funnel.db'), 4)
    await writers.more(3)
    const before = writers.added()
    const { kept } = json<{ kept: string }>('restore', 'copy.db', '--yes')
    await writers.more(2)
    await writers.stop()
    const [old, now] = [names(kept), names(file('funnel.db'))]
    expect(missing(old, before)).toEqual([])
    expect(missing([...old, ...now], writers.added())).toEqual([])
    expect(missing(now, before).length).toBe(before.length)
    expect(now).toContain('Harbour Foods')
    ok('doctor')
    ok('doctor', '--book', kept)
  })
})

describe('funnel backup', () => {
  it('is one file, its owner’s alone, and overwrites nothing unasked', () => {
    const { ok, run, file } = office()
    ok('backup', 'copy.db')
    expect(statSync(file('copy.db')).mode & 0o777).toBe(0o600)
    expect(existsSync(file('copy.db-wal'))).toBe(false)
    writeFileSync(file('letter.txt'), 'dear')
    for (const args of [['copy.db'], ['letter.txt'], ['letter.txt', '--replace'], ['funnel.db']]) {
      expect(run('backup', ...args)).toMatchObject({ code: 2 })
    }
    expect(readFileSync(file('letter.txt'), 'utf8')).toBe('dear')
    // Nor the book itself, by whatever name, nor a copy of it that somebody works with.
    linkSync(file('funnel.db'), file('twin.db'))
    symlinkSync('funnel.db', file('link.db'))
    writeFileSync(file('used.db'), readFileSync(file('copy.db')))
    writeFileSync(file('used.db-wal'), '')
    // A book of two names is refused as such.
    expect(run('backup', 'twin.db', '--replace')).toMatchObject({ code: 4 })
    for (const name of ['twin.db', 'link.db']) {
      expect(run('restore', name, '--yes')).toMatchObject({ code: 2 })
    }
    rmSync(file('twin.db'))
    for (const name of ['funnel.db', 'link.db', 'used.db']) {
      expect(run('backup', name, '--replace')).toMatchObject({ code: 2 })
    }
    ok('client', 'add', 'Pier Nine')
    ok('backup', 'copy.db', '--replace')
    expect(names(file('copy.db'))).toEqual(['Harbour Foods', 'Pier Nine'])
    expect(readdirSync(file('.')).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('keeps the newest of its own, and leaves those of another book of that name', () => {
    const { ok, file, json } = office()
    mkdirSync(file('safe'))
    const other = desk()
    other.ok('backup', file('safe'))
    const [foreign] = readdirSync(file('safe'))
    writeFileSync(file('safe/funnel.db.2020-01-01T000000Z'), 'somebody’s')
    for (const day of [1, 2, 3, 4]) {
      const { removed } = json<{ removed: string[] }>('backup', 'safe', '--keep', '2')
      expect(removed).toHaveLength(day > 2 ? 1 : 0)
    }
    const left = readdirSync(file('safe'))
    expect(left).toContain(foreign)
    expect(left).toContain('funnel.db.2020-01-01T000000Z')
    expect(left).toHaveLength(4)
    expect(ok('restore', `safe/${left.at(-1)}`, '--yes')).toContain('1 client')
  })
})

describe('funnel restore', () => {
  it('never removes the one just made, whatever day others are of', () => {
    const { ok, json, file } = office()
    const { file: first } = json<{ file: string }>('backup', '--keep', '1')
    renameSync(first, file('funnel.db.2027-01-01T000000Z'))
    ok('client', 'add', 'Pier Nine')
    const made = json<{ file: string; removed: string[] }>('backup', '--keep', '1')
    expect(made.removed).toEqual([file('funnel.db.2027-01-01T000000Z')])
    expect(names(made.file)).toEqual(['Harbour Foods', 'Pier Nine'])
  })

  it('takes away what a killed one has left there', () => {
    const { ok, file } = office()
    mkdirSync(file('safe'))
    const left = `999999999-${crypto.randomUUID()}.new`
    writeFileSync(file(`monday.db.${left}`), 'x')
    writeFileSync(file(`safe/funnel.db.2026-11-20T120000Z.${left}`), 'x')
    ok('backup', 'monday.db')
    ok('backup', 'safe')
    expect(readdirSync(file('safe'))).toHaveLength(1)
    expect(readdirSync(file('.')).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('says so where the backup is of another book', () => {
    const { ok, run, file } = office()
    const other = desk()
    other.ok('backup', file('other.db'))
    expect(run('restore', 'other.db').err).toContain('it is of another book than this')
    expect(ok('restore', 'other.db', '--yes')).toContain('it is of another book than this')
    ok('backup', 'own.db')
    expect(ok('restore', 'own.db', '--yes')).not.toContain('another book')
  })

  it('refuses what is no book, is damaged, or was not asked for, and touches nothing', () => {
    const { ok, run, file } = office()
    ok('backup', 'copy.db')
    writeFileSync(file('letter.txt'), 'dear')
    writeFileSync(file('half.db'), readFileSync(file('copy.db')))
    truncateSync(file('half.db'), 100_000)
    ok('client', 'add', 'Pier Nine')
    expect(run('restore', 'letter.txt', '--yes')).toMatchObject({ code: 4 })
    expect(run('restore', 'half.db', '--yes')).toMatchObject({ code: 4 })
    expect(run('restore', 'nothing.db', '--yes')).toMatchObject({ code: 3 })
    const unasked = run('restore', 'copy.db')
    expect(unasked).toMatchObject({ code: 2 })
    expect(unasked.err).toContain('so it needs a yes')
    expect(names(file('funnel.db'))).toEqual(['Harbour Foods', 'Pier Nine'])
    expect(readdirSync(file('.')).toSorted()).toEqual([
      'copy.db',
      'funnel.db',
      'half.db',
      'letter.txt',
    ])
  })

  it('refuses a backup of which a page or a record was lost, and says what', () => {
    const { ok, run, file } = office()
    ok('deal', 'add', 'harbour', 'Cold store')
    ok('backup', 'page.db')
    ok('backup', 'record.db')
    const raw = new Database(file('record.db'))
    const sql = "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'clients'"
    const page = raw.prepare(`${sql} LIMIT 1`).pluck().get() as number
    raw.exec('PRAGMA foreign_keys = OFF; DELETE FROM clients')
    raw.close()
    const bytes = readFileSync(file('page.db'))
    writeFileSync(file('page.db'), bytes.fill(0, 4096 * (page - 1), 4096 * page))
    for (const [name, what] of [
      ['page.db', /is damaged: [^]*page/],
      ['record.db', /is damaged: row \d+ of \w+ refers to a row of clients that is not there/],
    ] as const) {
      const { code, err } = run('restore', name, '--yes')
      expect([code, err]).toEqual([4, expect.stringMatching(what)])
      // A large copy is examined so after a backup.
      expect(() => verifyFile(file(name), name, 'quick')).toThrow(what)
    }
    expect(names(file('funnel.db'))).toEqual(['Harbour Foods'])
  })

  it('rebuilds an index of the backup that lacks a record, as nothing is lost with it', () => {
    const { ok, file } = office()
    ok('backup', 'copy.db')
    const other = new Database(file('copy.db'))
    other.unsafeMode().pragma('writable_schema = ON')
    const index = "name = 'clients_name'"
    const kept = other.prepare(`SELECT * FROM sqlite_schema WHERE ${index}`).raw().get()
    other.exec(`DELETE FROM sqlite_schema WHERE ${index}`)
    other.close()
    const unindexed = new Database(file('copy.db'))
    unindexed.exec("UPDATE clients SET name = 'Pier Nine', name_key = 'pier nine'")
    unindexed.unsafeMode().pragma('writable_schema = ON')
    unindexed.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)').run(kept)
    unindexed.close()
    const name = file('copy.db')
    expect(() => verifyFile(name, name, 'whole')).toThrow('index clients_name')
    expect(verifyFile(name, name, 'quick')).toMatchObject({ clients: 1 })
    ok('restore', 'copy.db', '--yes')
    expect(names(file('funnel.db'))).toEqual(['Pier Nine'])
    ok('doctor')
  })

  it('tells when the backup was last changed, in the time of its book', () => {
    const { ok } = office()
    ok('settings', 'set', 'timezone', 'Asia/Bangkok')
    ok('backup', 'copy.db')
    expect(ok('restore', 'copy.db', '--yes')).toContain('last change 2026-11-23 19:00')
  })

  it('touches nothing where the book cannot be opened, though it is sound', () => {
    const { ok, run, file } = office()
    ok('backup', 'copy.db')
    mkdirSync(file('funnel.db-shm'))
    const before = readFileSync(file('funnel.db'))
    const { code, err } = run('restore', 'copy.db', '--yes')
    expect([code, err]).toEqual([4, expect.stringMatching(/^funnel: (?!unexpected)/)])
    expect(readFileSync(file('funnel.db')).equals(before)).toBe(true)
    const left = readdirSync(file('.')).filter((name) => /replaced|\.new/.test(name))
    expect(left).toEqual([])
  })

  it('takes no folder and no pipe for a book, and waits for neither', () => {
    const { ok, run, file } = office()
    ok('backup', 'copy.db')
    mkdirSync(file('papers'))
    execFileSync('mkfifo', [file('pipe')])
    for (const name of ['papers', 'pipe']) {
      const { code, err } = run('restore', 'copy.db', '--yes', '--book', name)
      expect([code, err]).toEqual([2, expect.stringContaining(`${name} is not a file`)])
    }
    expect(run('backup', 'pipe', '--replace')).toMatchObject({ code: 2 })
    expect(readdirSync(file('.')).toSorted()).toEqual(['copy.db', 'funnel.db', 'papers', 'pipe'])
  })

  it('replaces no other book that nobody named', () => {
    const { ok, run, file, folder } = office()
    const data = path.join(folder, '.local/share/funnel')
    mkdirSync(data, { recursive: true })
    ok('init', '--book', path.join(data, 'funnel.db'), '--currency', 'USD', '--timezone', 'UTC')
    ok('backup', 'copy.db')
    rmSync(file('funnel.db'))
    const before = readFileSync(path.join(data, 'funnel.db'))
    const { code, err } = run('restore', 'copy.db', '--yes')
    expect([code, err]).toEqual([2, expect.stringContaining('add --book funnel.db')])
    expect(readFileSync(path.join(data, 'funnel.db')).equals(before)).toBe(true)
    ok('restore', 'copy.db', '--yes', '--book', 'funnel.db')
    expect(names(file('funnel.db'))).toEqual(['Harbour Foods'])
  })

  it('takes a backup whose pages have another size', () => {
    const { ok, file } = office()
    ok('backup', 'copy.db')
    const raw = new Database(file('copy.db'))
    raw.exec('PRAGMA page_size = 8192; VACUUM')
    raw.close()
    ok('client', 'add', 'Pier Nine')
    ok('restore', 'copy.db', '--yes')
    expect(names(file('funnel.db'))).toEqual(['Harbour Foods'])
    ok('doctor')
  })

  it('takes the place of a book that cannot even be opened, and keeps that', () => {
    const { ok, file, json } = office()
    ok('backup', 'copy.db')
    writeFileSync(file('funnel.db'), 'a cat walked over the disk')
    const { kept } = json<{ kept: string }>('restore', 'copy.db', '--yes')
    expect(readFileSync(kept, 'utf8')).toBe('a cat walked over the disk')
    expect(names(file('funnel.db'))).toEqual(['Harbour Foods'])
    ok('doctor')
  })
})

it('doctor names everything that another program has made, however much it is', () => {
  const { run, file } = office()
  const raw = new Database(file('funnel.db'))
  raw.transaction(() => {
    for (let number = 1; number <= 6000; number += 1) raw.exec(`CREATE TABLE other_${number} (id)`)
  })()
  raw.close()
  const { code, out } = run('doctor')
  expect(code).toBe(1)
  expect(out.match(/other_\d+/g)).toHaveLength(6000)
})

describe('funnel doctor --repair', () => {
  it('makes anew what follows from other records, and only that', () => {
    const { ok, run, file, json } = office()
    ok('client', 'edit', '1', '--rating', 'A')
    ok('deal', 'add', 'harbour', 'Winch', '--amount', '900')
    ok('advance', '1')
    const deal = ok('deal', 'show', '1', '--json')
    const book = openBook(file('funnel.db'))
    book.store.exec(`
      DROP TRIGGER journal_clients_update;
      UPDATE deals SET amount = 1, status = 'open', stage_since = '2020-01-01';
      UPDATE last_contacts SET added_on = '2020-01-01', last_on = NULL`)
    book.close()
    chmodSync(file('funnel.db'), 0o644)
    expect(run('doctor')).toMatchObject({ code: 1 })
    const { sound, mended } = json<{ sound: boolean; mended: { check: string }[] }>(
      'doctor',
      '--repair',
    )
    expect(sound).toBe(true)
    expect(new Set(mended.map(({ check }) => check))).toEqual(
      new Set(['journal', 'standing', 'contacts', 'permissions']),
    )
    expect(ok('deal', 'show', '1', '--json')).toBe(deal)
    expect(statSync(file('funnel.db')).mode & 0o777).toBe(0o600)
    ok('doctor')
  })

  it('says so where a record is lost, and mends what it can', () => {
    const { ok, run, file } = office()
    ok('deal', 'add', 'harbour', 'Winch', '--amount', '900')
    const book = openBook(file('funnel.db'))
    connectionOf(book.store).pragma('foreign_keys = OFF')
    book.store.exec('DELETE FROM clients')
    book.close()
    const { code, out, err } = run('doctor', '--repair')
    expect(code).toBe(1)
    expect(out).toContain('references: row 1 of deals')
    expect(err).toContain('funnel restore FILE')
  })
})
