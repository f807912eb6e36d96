import { existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'
import { Fault } from '../domain/fault.ts'
import { defineAggregates } from './store/sqlite/aggregates.ts'
import { removeLeftovers } from './files/leftovers.ts'
import {
  APPLICATION_ID,
  ensureCurrent,
  migrate,
  requireBook,
  versionOf,
} from './store/sqlite/migrate.ts'
import { schemaVersion } from './store/sqlite/migrations/index.ts'
import { followed, makeEmpty, publish, removeFile, temporaryName } from './files/new-file.ts'
import { networkUnder, networkWarning } from './network.ts'
import { meddlerText, requireNoMeddlers, takeOutMeddlers } from './store/sqlite/objects.ts'
import type { Tables } from './schema/index.ts'
import type { Db } from './store/db.ts'
import { seed } from './seed.ts'
import { impossibleSettings, readSettings } from '../domain/stored-settings.ts'
import { settingRowsOf } from './settings.ts'
import { type Settings, settingRows } from '../domain/settings.ts'
import { openSqlite, toFault } from './store/sqlite/driver.ts'

/** An open book. */
export interface Book {
  path: string
  settings: Settings
  db: Db
  /** The connection under `db`, for what Kysely does not do: pragmas, bulk writes, transactions. */
  raw: Database
  /** What is to be said to whoever opens it, such as that it lies on a network. */
  warnings: string[]
  close: () => void
}

/** Statements kept ready; a command has few, but an import runs them for every row. */
const STATEMENTS_KEPT = 200

/** The database as Kysely uses it, preparing a statement only once. */
function withStatements(raw: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => raw.close(),
    prepare(sql) {
      const known = kept.get(sql)
      if (known) return known
      const statement = raw.prepare(sql)
      if (kept.size >= STATEMENTS_KEPT) kept.clear()
      kept.set(sql, statement)
      return statement
    },
  }
}

/** What speaks against the place where a book lies. */
export function placeWarnings(file: string): string[] {
  const network = networkUnder(file)
  return network === null ? [] : [networkWarning(file, network)]
}

function wrap(raw: Database, file: string): Book {
  defineAggregates(raw)
  const rows = settingRowsOf(raw)
  return {
    path: file,
    settings: readSettings(rows),
    db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatements(raw) }) }),
    raw,
    warnings: [...placeWarnings(file), ...impossibleSettings(rows)],
    close: () => raw.close(),
  }
}

function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch (error) {
    const hint = 'check who may enter its folders, or name another book with --book FILE'
    throw new Fault('book', `${file} is out of your reach`, hint, error)
  }
}

function requireFile(file: string): void {
  const leadsTo = followed(file)
  const stat = look(file)
  if (!stat) {
    if (leadsTo !== file) {
      const what = `${file} is a link to ${leadsTo}, where there is no book`
      throw new Fault('not-found', what, `make it with: funnel init --book ${leadsTo}`)
    }
    const hint =
      'go to the folder of yours, name it with --book FILE, or make one with: funnel init'
    throw new Fault('not-found', `there is no book at ${file}`, hint)
  }
  if (!stat.isFile()) {
    throw new Fault('book', `${file} is not a file`, 'name the book with --book FILE')
  }
  requireOneName(file)
}

/** The other names of a file in its own folder. */
function otherNames(file: string, { ino, dev }: Stats): string[] {
  const folder = path.dirname(file)
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((name) => {
      const other = name === file ? undefined : statSync(name, { throwIfNoEntry: false })
      return other?.ino === ino && other.dev === dev
    })
}

/** How long a program that is about to give a book its only name is waited for, in ms. */
const NAMING = 2000
const NAMING_STEP = 20

/**
 * SQLite keeps a log for each name of a file, and changes made under one name are lost under the other.
 * @throws Fault `book` where the file has a second one (a hard link).
 */
function requireOneName(file: string): void {
  const namesOf = (): Stats | undefined => statSync(file, { throwIfNoEntry: false })
  let stat = namesOf()
  if (!stat || stat.nlink <= 1) return
  // A command that was killed while it made the book left the name under which it made it.
  removeLeftovers(file, 0)
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; waited < NAMING; waited += NAMING_STEP) {
    stat = namesOf()
    if (!stat || stat.nlink <= 1) return
    Atomics.wait(sleeper, 0, 0, NAMING_STEP)
  }
  const others = otherNames(file, stat)
  const where = others.length === 0 ? '' : ` (${others.join(', ')})`
  const message =
    `${file} has ${stat.nlink} names${where}: changes made under one of them would be lost ` +
    'under the other'
  const hint =
    `keep one name: make a copy (cp ${file} COPY) and remove the other names; ` +
    `find -samefile ${file} shows them. A symbolic link (ln -s) does no harm`
  throw new Fault('book', message, hint)
}

/** What becomes of other programs' triggers in a book: it is refused, or opened with or without them. */
export type Meddling = 'refuse' | 'keep' | 'take-out'

/** Returns what is to be said of it. No trigger of others is there when a book is migrated. */
function settleMeddlers(raw: Database, file: string, meddling: Meddling): string[] {
  if (meddling === 'take-out') {
    const taken = takeOutMeddlers(raw)
    requireNoMeddlers(raw, file)
    return taken.map((one) => `${meddlerText(one)}; it was taken out`)
  }
  const keepsTriggers = meddling === 'keep' && versionOf(raw) === schemaVersion
  requireNoMeddlers(raw, file, keepsTriggers ? ['view'] : undefined)
  return []
}

/**
 * Opens a book, migrating its schema where it is older than this program.
 * @throws Fault `not-found` where there is no such file; `book` where it is no book, is newer than
 *   the program, damaged, out of reach, or another program put triggers into it.
 */
export function openBook(file: string, meddling: Meddling = 'refuse'): Book {
  requireFile(file)
  const raw = openSqlite(file)
  try {
    requireBook(raw, file)
    const said = settleMeddlers(raw, file, meddling)
    ensureCurrent(raw, file)
    const book = wrap(raw, file)
    return { ...book, warnings: [...said, ...book.warnings] }
  } catch (error) {
    raw.close()
    throw toFault(error, file)
  }
}

function fill(temporary: string, settings: Settings, owner?: string): void {
  const raw = openSqlite(temporary)
  try {
    raw.pragma('journal_mode = WAL')
    raw.pragma(`application_id = ${APPLICATION_ID}`)
    // Nobody sees it yet, and it is brought to the disk whole before it gets its name.
    raw.pragma('synchronous = OFF')
    raw
      .transaction(() => {
        migrate(raw)
        const insert = raw.prepare('INSERT INTO settings (key, value) VALUES (:key, :value)')
        for (const row of settingRows(settings)) insert.run(row)
        seed(raw, owner)
      })
      .immediate()
  } finally {
    raw.close()
  }
}

/** The fault of a book that would take the place of a file. */
export function thereAlready(file: string): Fault {
  return new Fault('usage', `${file} exists already`, 'name another file with --book FILE')
}

function creationFault(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  const folder = path.dirname(file)
  if (code === 'EEXIST') {
    return thereAlready(file)
  }
  if (code === 'ENOENT') {
    return new Fault('usage', `there is no folder ${folder}`, `make it first: mkdir -p ${folder}`)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    const hint = 'name a file in a folder that you may write to: --book FILE'
    return new Fault('book', `no book can be made in ${folder}: it is read-only`, hint, error)
  }
  return toFault(error, file)
}

/**
 * Makes a new book, readable by its owner alone. It appears under its name only when it is
 * complete, and never in the place of another file.
 * @param owner the first salesperson in it.
 * @throws Fault `usage` where the file exists or its folder does not; `book` where the folder is
 *   read-only.
 */
export function createBook(file: string, settings: Settings, owner?: string): Book {
  const temporary = temporaryName(file)
  try {
    if (existsSync(file)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
    makeEmpty(temporary)
    fill(temporary, settings, owner)
    publish(temporary, file)
  } catch (error) {
    throw creationFault(error, file)
  } finally {
    removeFile(temporary)
  }
  return openBook(file)
}
