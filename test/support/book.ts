import { writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Book, createBook } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { operate } from '../../src/book/store/operate.ts'
import { APPLICATION_ID, migrate } from '../../src/book/store/sqlite/migrate.ts'
import { NO_EXTRAS, type Settings, settingRows } from '../../src/domain/settings.ts'
import { undo } from '../../src/book/undo.ts'
import type { Day } from '../../src/domain/day.ts'
import { nameKey } from '../../src/domain/name.ts'
import type { Moment } from '../../src/records/moment.ts'
import { temporaryFolder } from './funnel.ts'

export const SETTINGS: Settings = {
  ...NO_EXTRAS,
  currency: { code: 'EUR', digits: 2 },
  timezone: 'UTC',
  firstWeekday: 1,
}

const AT = '2026-11-23T12:00:00.000Z'

/** A day, written as it is read. */
export const day = (text: string): Day => text as Day

/** A real book in a folder of its own. */
export function newBook(settings: Partial<Settings> = {}): Book {
  const file = path.join(temporaryFolder(), 'funnel.db')
  const book = createBook(file, { ...SETTINGS, ...settings })
  onTestFinished(() => book.close())
  return book
}

/** The file of a book as an earlier version of the program left it, with some clients in it. */
export function olderBook(
  version: number,
  clients: string[],
  settings: Partial<Settings> = {},
): string {
  const file = path.join(temporaryFolder(), 'funnel.db')
  writeFileSync(file, '', { mode: 0o600 })
  const raw = new Database(file)
  raw.pragma(`application_id = ${APPLICATION_ID}`)
  migrate(raw, version)
  const setting = raw.prepare('INSERT INTO settings (key, value) VALUES (:key, :value)')
  for (const row of settingRows({ ...SETTINGS, ...settings })) setting.run(row)
  const client = raw.prepare(
    "INSERT INTO clients (name, name_key, added_on) VALUES (?, ?, '2026-01-01')",
  )
  for (const name of clients) client.run(name, nameKey(name))
  raw.close()
  return file
}

/** When something happened, entered on the day that tests are lived on. */
export function moment(on: string, today = '2026-11-23'): Moment {
  return { on: day(on), today: day(today), recordedAt: AT }
}

/** Runs work as one operation. Returns its result. */
export async function perform<T>(book: Book, work: (db: Db) => Promise<T>): Promise<T> {
  const info = { command: 'funnel test', at: AT, author: 'ann' }
  const { result } = await operate(book, info, async (db) => ({
    summary: 'test',
    result: await work(db),
  }))
  return result
}

/** Takes back the last operation, or a given one. */
export function undoLast(book: Book, id?: number): ReturnType<typeof undo> {
  return undo(book, { command: 'funnel undo', at: AT, author: 'ann' }, id)
}

/** Every row of every table but those of the history itself, for comparing states. */
export function contents(book: Book): Record<string, unknown[]> {
  return Object.fromEntries(
    book.store
      .journaledTables()
      .map((name) => [name, book.store.prepare(`SELECT * FROM ${name} ORDER BY id`).all()]),
  )
}
