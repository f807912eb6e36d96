import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { damageOf } from '../../src/book/integrity.ts'
import { openBook } from '../../src/book/open.ts'
import { BINARY, desk, TODAY } from '../support/funnel.ts'

const CLIENTS = 4000

/** What the book holds: `old`, `new`, or neither. */
function stateOf(file: string): string {
  const book = openBook(file)
  try {
    expect(damageOf(book.raw)).toEqual([])
    const count = book.raw.prepare('SELECT count(*) FROM clients').pluck().get()
    const marked = book.raw
      .prepare("SELECT count(*) FROM clients WHERE region = 'North'")
      .pluck()
      .get()
    if (count === CLIENTS && marked === 0) return 'old'
    return count === 2 * CLIENTS && marked === CLIENTS ? 'new' : `${String(count)} clients`
  } finally {
    book.close()
  }
}

function addClients(file: string, from: number, region: string | null): void {
  const book = openBook(file)
  book.raw
    .prepare(
      `WITH RECURSIVE s (value) AS (SELECT ? UNION ALL SELECT value + 1 FROM s WHERE value < ?)
       INSERT INTO clients (name, name_key, added_on, region, note)
       SELECT 'c' || value, 'c' || value, '2026-01-01', ?, printf('%.400c', 'x') FROM s`,
    )
    .run(from, from + CLIENTS - 1, region)
  book.close()
}

it('leaves the old book or the new one, whenever a restore is killed', async () => {
  const { ok, file } = desk()
  const book = file('funnel.db')
  addClients(book, 1, null)
  ok('backup', 'old.db')
  addClients(book, CLIENTS + 1, 'North')
  ok('backup', 'new.db')
  const restore = async (from: string, wait?: number): Promise<void> => {
    const child = spawn(process.execPath, [BINARY, 'restore', from, '--yes', '--book', book], {
      cwd: file('.'),
      env: { ...process.env, FUNNEL_TODAY: TODAY },
    })
    const ended = once(child, 'close')
    if (wait !== undefined) setTimeout(() => child.kill('SIGKILL'), wait)
    await ended
  }
  const begun = Date.now()
  await restore('new.db')
  const whole = Date.now() - begun
  expect(stateOf(book)).toBe('new')
  for (const part of [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]) {
    const from = stateOf(book) === 'new' ? 'old.db' : 'new.db'
    await restore(from, whole * part)
    expect(['old', 'new']).toContain(stateOf(book))
  }
  // More copies of the book than the one whole restore made: some were killed after that.
  const kept = readdirSync(file('.')).filter((name) => name.includes('.replaced-'))
  expect(kept.length).toBeGreaterThan(1)
  ok('doctor')
  expect(unfinished(file('.'))).toEqual([])
})

/** Copies that were not finished. */
const unfinished = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.new(-\w+)?$/.test(name))

it('leaves no private copy behind that the next doctor or restore would not remove', async () => {
  const { ok, run, file, folder } = desk()
  ok('client', 'add', 'Pier Nine')
  ok('backup', 'old.db')
  const killed = async (): Promise<string> => {
    const child = spawn(process.execPath, [BINARY, 'restore', 'old.db', '--yes'], {
      cwd: folder,
      env: { ...process.env, FUNNEL_TODAY: TODAY },
    })
    const ended = once(child, 'close')
    while (unfinished(folder).length === 0 && child.exitCode === null) {
      await new Promise((resolve) => void setTimeout(resolve, 1))
    }
    child.kill('SIGKILL')
    await ended
    return unfinished(folder)[0] ?? ''
  }
  const first = await killed()
  expect(first).toMatch(/^funnel\.db\./)
  // A command that runs has one as well: this very test.
  const running = `funnel.db.${process.pid}-${crypto.randomUUID()}.new`
  writeFileSync(file(running), 'x')
  writeFileSync(file('funnel.db.notes.new'), 'x')
  expect(ok('doctor')).toContain(`removed: ${first}, which a killed command had left`)
  expect(unfinished(folder).toSorted()).toEqual([running, 'funnel.db.notes.new'].toSorted())
  rmSync(file(running))
  rmSync(file('funnel.db.notes.new'))
  const second = await killed()
  expect(run('restore', 'old.db', '--yes').err).toContain(second)
  expect(unfinished(folder)).toEqual([])
})
