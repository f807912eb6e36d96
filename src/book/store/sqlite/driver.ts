import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Fault } from '../../../domain/fault.ts'
import { writerOf } from '../../holder.ts'

const NOT_INSTALLED =
  'install it again: npm ci in the folder of the program (or npm rebuild better-sqlite3)'
const FORBIDDEN = 'take --no-addons out of NODE_OPTIONS'

let native: object | undefined

/**
 * The native part of the library, loaded when the first file is opened. It would look for that itself, in
 * many places and files.
 * @throws Fault `failed` if it is missing, built for another Node, or forbidden.
 */
function nativePart(): object {
  try {
    native ??= createRequire(import.meta.url)(
      'better-sqlite3/build/Release/better_sqlite3.node',
    ) as object
    return native
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const what = code === 'MODULE_NOT_FOUND' ? 'is missing' : 'cannot be loaded by this node'
    const hint = code === 'ERR_DLOPEN_DISABLED' ? FORBIDDEN : NOT_INSTALLED
    throw new Fault('failed', `the SQLite library better-sqlite3 ${what}`, hint, error)
  }
}

/** Opens a file with the library, whose types know its native part by its path only. */
function connect(file: string, options: Database.Options = {}): Database.Database {
  return new Database(file, { ...options, nativeBinding: nativePart() as never })
}

/** How long a command waits for another program that is writing to the book, in milliseconds. */
export const BUSY_TIMEOUT = 30_000

function allows(file: string, access: number): boolean {
  try {
    accessSync(file, access)
    return true
  } catch {
    return false
  }
}

const RESTORE_HINT =
  'restore your last backup: funnel restore FILE (if there is none, try: sqlite3 BOOK .recover)'

function busyText(file: string): [message: string, hint: string] {
  const span = `for over ${BUSY_TIMEOUT / 1000} seconds`
  const holder = writerOf(file)
  if (!holder) {
    const hint = 'wait until it is done and try again; nothing was changed'
    return [`another program has been writing to ${file} ${span}`, hint]
  }
  const { pid, name, stopped } = holder
  const who = `process ${pid}${name === '' ? '' : ` (${name})`}`
  if (!stopped) {
    const hint = `wait until it is done and try again, or end it: kill ${pid}; nothing was changed`
    return [`${who} has been writing to ${file} ${span}`, hint]
  }
  const hint = `let it go on (kill -CONT ${pid}) or end it (kill -KILL ${pid}); nothing was changed`
  return [`${who} holds ${file} and is stopped`, hint]
}

/** The fault of a book whose file holds what no program wrote. */
export function damagedFault(file: string, error: unknown): Fault {
  return new Fault('book', `${file} is damaged`, RESTORE_HINT, error)
}

/**
 * What a failure of SQLite means to the person at the terminal; other errors come back as they are.
 * @param file the book it happened on.
 */
export function toFault(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const { code } = error
  const fault = (message: string, hint?: string): Fault => new Fault('book', message, hint, error)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fault(...busyText(file))
  }
  if (code === 'SQLITE_NOTADB') {
    return fault(`${file} is not a book of funnel`, 'name another with --book FILE')
  }
  if (code.startsWith('SQLITE_CORRUPT') || isBrokenIndex(error)) {
    return damagedFault(file, error)
  }
  if (code === 'SQLITE_FULL') {
    return fault('the disk is full; nothing was changed', 'make room and try again')
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code)) {
    const owner = 'check who owns it and its permissions'
    if (existsSync(file) && !allows(file, constants.R_OK)) {
      return fault(`${file} cannot be opened: you may not read it`, owner)
    }
    const folder = path.dirname(path.resolve(file))
    if (existsSync(folder) && !allows(folder, constants.W_OK)) {
      return fault(
        `${file} cannot be used: its folder is read-only`,
        'copy the book to a folder that you may write to, and name it with --book FILE',
      )
    }
    return fault(`${file} cannot be opened for writing`, owner)
  }
  if (/^SQLITE_IOERR_(WRITE|FSYNC|TRUNCATE|SHM)/.test(code)) {
    const message = `${file} could not be written to; nothing was changed`
    return fault(message, 'is the disk, or your share of it, full? make room and try again')
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return fault(`${file} could not be read or written: ${error.message}`, RESTORE_HINT)
  }
  return error
}

/**
 * Opens a SQLite file with this program's settings: durable, foreign keys on, patient.
 * @param patience how long to wait for another program, in milliseconds.
 * @throws Fault `book` if it cannot be opened.
 */
export function openSqlite(file: string, patience = BUSY_TIMEOUT): Database.Database {
  try {
    const raw = connect(file, { fileMustExist: true, timeout: patience })
    raw.pragma('foreign_keys = ON')
    // What was acknowledged survives a power cut, at the price of one more flush for each command that
    // changes something.
    raw.pragma('synchronous = FULL')
    raw.pragma('temp_store = MEMORY')
    return raw
  } catch (error) {
    throw toFault(error, file)
  }
}

/** An empty in-memory database. */
export function openInMemory(): Database.Database {
  return connect(':memory:')
}

/**
 * Opens a SQLite file read-only, hardly waiting.
 * @param patience how long to wait for another program, in milliseconds.
 * @throws whatever SQLite says where that cannot be done.
 */
export function openForReading(file: string, patience: number): Database.Database {
  return connect(file, { readonly: true, fileMustExist: true, timeout: patience })
}

/** SQLite's code for an error, or for the cause of a fault; empty if it is not SQLite's. */
function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code
  return error instanceof Fault ? codeOf(error.cause) : ''
}

/** True where `error` is SQLite's refusal of a row, of the kind named (`UNIQUE`, `FOREIGNKEY` …). */
export function isConstraint(error: unknown, kind: string): boolean {
  return codeOf(error) === `SQLITE_CONSTRAINT_${kind}`
}

/** True where `error` says that a file is not a database, or a damaged one. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error)) || isBrokenIndex(error)
}

/** A search index whose first page is gone: SQLite has no code for that. */
function isBrokenIndex(error: unknown): boolean {
  if (error instanceof Fault) return isBrokenIndex(error.cause)
  return (
    codeOf(error) === 'SQLITE_ERROR' &&
    (error as Error).message.startsWith('invalid fts5 file format')
  )
}

/** True if the book cannot be written to now: another program holds it, or it is read-only. */
export function isOutOfReach(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|READONLY)/.test(codeOf(error))
}

/** True where `error` says that another program holds the book. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

/**
 * True if a copy of a book could not be written, most likely because the disk is full. If a copy hits a file
 * size limit or quota, SQLite reports only an input or output error.
 */
export function isUnwritten(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR(_WRITE)?)$/.test(codeOf(error))
}
