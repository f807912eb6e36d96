import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { placeFirstBook, rowsOf } from '../support/first-book.ts'
import { desk, runIn, temporaryFolder } from '../support/funnel.ts'
import { bookIn, type Ended, finish, pause, stateOf } from './programs.ts'

/** Linux tells who holds a lock; elsewhere nobody is named. */
const TOLD = process.platform === 'linux'

/** What a process is called there. */
const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd()

/** What is said of a book that a process has been writing to all the while. */
function busyWith(folder: string, pid: number): string {
  const who = TOLD ? `process ${pid} (${nameOf(pid)})` : 'another program'
  const end = TOLD ? `, or end it: kill ${pid}` : ''
  return (
    `funnel: ${who} has been writing to ${bookIn(folder)} for over 30 seconds\n` +
    `  wait until it is done and try again${end}; nothing was changed\n`
  )
}

/** The same of one that was stopped. */
function stoppedWith(folder: string, pid: number): string {
  if (!TOLD) return busyWith(folder, pid)
  return (
    `funnel: process ${pid} (${nameOf(pid)}) holds ${bookIn(folder)} and is stopped\n` +
    `  let it go on (kill -CONT ${pid}) or end it (kill -KILL ${pid}); nothing was changed\n`
  )
}

function holder(folder: string, sql: string): Database.Database {
  const other = new Database(bookIn(folder))
  onTestFinished(() => void other.close())
  other.exec(sql)
  return other
}

const HOLDER = `
  const raw = new (require('better-sqlite3'))(process.argv[1])
  raw.exec('BEGIN IMMEDIATE')
  console.log('held')
  setInterval(() => raw, 1000)`

/** Another process that holds a book, and was stopped as by Ctrl-Z. Returns its number. */
async function stoppedHolder(folder: string): Promise<number> {
  const child = spawn(process.execPath, ['-e', HOLDER, bookIn(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  child.kill('SIGSTOP')
  return child.pid ?? 0
}

function filled(): string {
  const { folder, ok } = desk()
  ok('client', 'add', 'Acme')
  ok('deal', 'add', 'acme', 'Roof')
  return folder
}

describe('a book that another program holds', () => {
  // The wait is the real one, once for all of these.
  it('is waited for 30 seconds, then refused with exit 4 and left as it was', async () => {
    const written = filled()
    holder(written, 'BEGIN IMMEDIATE')
    const closed = filled()
    holder(closed, 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    const old = temporaryFolder()
    placeFirstBook(old)
    const before = rowsOf(bookIn(old))
    holder(old, 'BEGIN IMMEDIATE')
    const unlogged = filled()
    holder(unlogged, 'PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE')
    const stuck = filled()
    const stopped = await stoppedHolder(stuck)
    const began = Date.now()
    const refused = (folder: string, line: string): Promise<Ended> =>
      finish(folder, line.split(' '))
    const ends = await Promise.all([
      refused(written, 'client add B'),
      refused(written, 'undo'),
      refused(written, 'win 1'),
      refused(closed, 'client list'),
      refused(closed, 'client add B'),
      refused(old, 'client list'),
      refused(unlogged, 'client add B'),
      refused(stuck, 'client add B'),
    ])
    expect(Date.now() - began).toBeGreaterThan(29_000)
    const told = [written, written, written, closed, closed, old, unlogged]
    expect(ends.map(({ code, out, err }) => ({ code, out, err }))).toEqual(
      [...told.map((folder) => busyWith(folder, process.pid)), stoppedWith(stuck, stopped)].map(
        (err) => ({ code: 4, out: '', err }),
      ),
    )
    expect(rowsOf(bookIn(old))).toEqual(before)
    expect(readdirSync(old).filter((name) => /\.(new|v1)$/.test(name))).toEqual([])
  }, 120_000)

  it('can be read meanwhile', async () => {
    const folder = filled()
    holder(folder, 'BEGIN IMMEDIATE')
    const lines = ['client list', 'report open', 'find acme', 'export clients', 'doctor', 'today']
    for (const line of lines) {
      const began = Date.now()
      const { code, err } = await finish(folder, line.split(' '))
      expect([line, code, err.replace(/^what was .*\n/, '')]).toEqual([line, 0, expect.any(String)])
      expect(Date.now() - began).toBeLessThan(10_000)
    }
  }, 60_000)

  it('is written to as soon as it is let go', async () => {
    const folder = filled()
    const other = holder(folder, 'BEGIN IMMEDIATE')
    const waiting = finish(folder, ['client', 'add', 'B'])
    await pause(1500)
    other.exec('ROLLBACK')
    expect(await waiting).toMatchObject({ code: 0, err: '' })
  })
})

describe('a book that may not be written', () => {
  const asNobody = { unprivileged: true }

  it('is read, and refuses changes with exit 4', () => {
    const folder = filled()
    const before = stateOf(folder)
    chmodSync(bookIn(folder), 0o400)
    for (const line of ['client list', 'report open', 'doctor', 'find acme', 'today']) {
      const { code, err } = runIn(folder, line.split(' '), asNobody)
      expect([line, code, err.replace(/^note: .* is read-only; .*\n/, '')]).toEqual([line, 0, ''])
    }
    for (const line of ['client add B', 'undo', 'win 1', 'client erase acme --yes']) {
      const { code, out, err } = runIn(folder, line.split(' '), asNobody)
      expect([line, code, out]).toEqual([line, 4, ''])
      expect(err).toContain('cannot be opened for writing\n  check who owns it')
    }
    expect(stateOf(folder)).toBe(before)
  })

  it('is not migrated, and says why', () => {
    const folder = temporaryFolder()
    const file = placeFirstBook(folder)
    const before = readFileSync(file)
    chmodSync(folder, 0o500)
    const shut = runIn(folder, ['client', 'list'], asNobody)
    chmodSync(folder, 0o700)
    chmodSync(file, 0o400)
    const locked = runIn(folder, ['client', 'list'], asNobody)
    for (const { code, out, err } of [shut, locked]) {
      expect([code, out]).toEqual([4, ''])
      expect(err).toMatch(/^funnel: (?!unexpected)/)
    }
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(folder).filter((name) => /\.(new|v1)/.test(name))).toEqual([])
  })
})
