import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { Fault } from '../../../domain/fault.ts'
import { installJournal } from './journal.ts'
import { removeLeftovers } from '../../files/leftovers.ts'
import { migrations, schemaVersion } from './migrations/index.ts'
import { makeEmpty, publishNumbered, removeFile, temporaryName } from '../../files/new-file.ts'
import { openForReading } from './driver.ts'
import { rebuildStays } from '../../stays/build.ts'
import { statementsOf } from './statements.ts'

/** Marks a SQLite file as a book: “FUNL” in ASCII. */
export const APPLICATION_ID = 0x46_55_4e_4c

/** The schema version of an open file; 0 if it has none yet. */
export function versionOf(raw: Database): number {
  return raw.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a book's schema up to a version, one transaction a step. Several programs may try at
 * once: each looks at the version again once it holds the book.
 * @param to for tests of intermediate versions; by default the newest.
 * @param done is called now and then with the number of deals processed.
 */
export function migrate(
  raw: Database,
  to = schemaVersion,
  done: (deals: number) => void = () => {},
): void {
  let mustFillStays = false
  for (const migration of migrations) {
    if (migration.number > to || migration.number <= versionOf(raw)) continue
    raw
      .transaction(() => {
        if (migration.number <= versionOf(raw)) return
        migration.up(raw)
        installJournal(raw)
        raw.pragma(`user_version = ${migration.number}`)
        mustFillStays ||= migration.emptiesStays === true
      })
      .immediate()
  }
  if (mustFillStays) raw.transaction(() => rebuildStays(statementsOf(raw), done)).immediate()
}

/** Progress messages for long work, a line at a time. */
export type Tell = (line: string) => void

/** A book of this many bytes takes more than a second, so progress is reported. */
const LONG_IN_COMING = 20_000_000

const DEALS_A_LINE = 100_000

/** Reports every hundred thousand deals. */
function everySoManyDeals(tell: Tell): (deals: number) => void {
  let next = DEALS_A_LINE
  return (deals) => {
    if (deals < next) return
    tell(`… ${next.toLocaleString('en-GB')} deals done`)
    next = (Math.floor(deals / DEALS_A_LINE) + 1) * DEALS_A_LINE
  }
}

/**
 * Migrates a book after copying it, as it is at that moment, to `funnel.db.v1`: while nobody else can
 * change it, though others may read. The copy gets its name only when it is complete, and never that
 * of an earlier copy (`funnel.db.v1-2` then).
 * @returns false where another program has migrated it by now.
 */
function copyAndMigrate(raw: Database, file: string, version: number, tell: Tell): boolean {
  // Finished copies stay, however old.
  removeLeftovers(file, 0)
  const copy = temporaryName(file)
  let published: string | undefined
  const settle = raw.transaction((): boolean => {
    if (versionOf(raw) !== version) return false
    const say = statSync(file).size < LONG_IN_COMING ? () => {} : tell
    say('this book was last written by an older funnel: it is copied, then brought up to date')
    copyAside(file, copy)
    migrate(raw, schemaVersion, everySoManyDeals(say))
    // Last, so that a migration that fails leaves no copy; and still before it is final.
    published = publishNumbered(copy, `${file}.v${version}`)
    say(`the book is up to date; as it was, it is kept as ${published}`)
    return true
  })
  try {
    return settle.immediate()
  } catch (error) {
    if (published !== undefined) removeFile(published)
    throw copyFault(error, file, version)
  } finally {
    removeFile(copy)
  }
}

/** Copies a book that is held, through another connection: SQLite cannot copy within a transaction. */
function copyAside(file: string, copy: string): void {
  makeEmpty(copy)
  const reader = openForReading(file, 0)
  try {
    reader.prepare('VACUUM INTO ?').run(copy)
  } finally {
    reader.close()
  }
}

const ALTERED =
  'another program has altered it: restore your last backup (funnel restore FILE), or name another ' +
  'book with --book FILE'

/**
 * What it means that the copy cannot be written, or that the tables are not those of the schema that
 * the file claims to have; other errors come back as they are.
 */
function copyFault(error: unknown, file: string, version: number): unknown {
  if ((error as { code?: string }).code === 'SQLITE_ERROR') {
    const what = `${file} says that its schema is ${version}, but its tables are those of another`
    return new Fault('book', what, ALTERED, error)
  }
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (syscall === undefined) return error
  const what = `${file} was written by an older funnel, and no copy of it can be made next to it`
  const hint = 'nothing was changed; make room, or copy the book to a folder that you may write to'
  return new Fault('book', `${what}: ${code === 'ENOSPC' ? 'the disk is full' : message}`, hint)
}

/** @throws Fault `book` if an open SQLite file is not this program's. */
export function requireBook(raw: Database, file: string): void {
  if (raw.pragma('application_id', { simple: true }) === APPLICATION_ID) return
  throw new Fault('book', `${file} is not a book of funnel`, 'name another with --book FILE')
}

/**
 * Checks that an open book is one that this program can work with, and migrates an
 * older one, after copying it.
 * @param tell reports on a long migration.
 * @throws Fault `book` if it has a newer version, or is not a book.
 */
export function ensureCurrent(raw: Database, file: string, tell: Tell = () => {}): void {
  const version = versionOf(raw)
  if (version < 1) {
    const what = `${file} says that its schema is ${version}, which no funnel has written`
    throw new Fault('book', what, ALTERED)
  }
  if (version > schemaVersion) {
    throw new Fault(
      'book',
      `${file} was written by a newer funnel (schema ${version}; this one knows ${schemaVersion})`,
      'install the newer funnel in the place of this one: docs/START.md, Upgrade',
    )
  }
  if (version < schemaVersion) {
    if (!copyAndMigrate(raw, file, version, tell)) ensureCurrent(raw, file, tell)
  }
}
