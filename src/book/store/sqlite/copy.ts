import type { Database } from 'better-sqlite3'
import { Fault } from '../../../domain/fault.ts'
import type { Locale } from '../../../domain/locale.ts'
import { damageOf, isOfIndex, lossesOf, orphansOf } from './integrity.ts'
import { APPLICATION_ID, versionOf } from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { makeEmpty } from '../../files/new-file.ts'
import { requireNoMeddlers } from './objects.ts'
import { alteredIn, isOwnSchema } from './schema-check.ts'
import { openForReading, openSqlite, toFault } from './driver.ts'

/** All pages at once: the copy is of a single moment, and nobody is kept waiting. */
export const ALL_PAGES = 0x7f_ff_ff_ff

/**
 * Copies an open book to a new file that its owner alone can read, as it is at one moment, while
 * others write to it. The copy is one file, with no log next to it.
 */
export async function copyBook(raw: Database, file: string): Promise<void> {
  makeEmpty(file)
  raw.exec('BEGIN')
  try {
    // A transaction's snapshot begins at its first read.
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    await raw.backup(file, { progress: () => ALL_PAGES })
  } finally {
    raw.exec('COMMIT')
  }
  const copy = openSqlite(file)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

/**
 * The same of a file that is not open.
 * @param patience how long to wait for a program that holds it, in ms.
 */
export async function copyFile(from: string, file: string, patience: number): Promise<void> {
  const raw = openForReading(from, patience)
  try {
    await copyBook(raw, file)
  } finally {
    raw.close()
  }
}

/** What a book says about itself. */
export interface BookFacts {
  uid: string | null
  version: number
  clients: number
  deals: number
  /** The number of its last operation, and when that was; null if there was none. */
  operation: number | null
  at: string | null
  /** The time zone of its days. */
  timezone: string
  /** How its days are written for people; null if it has no locale. */
  locale: Locale | null
}

function factsOf(raw: Database): BookFacts {
  const one = <T>(sql: string): T => raw.prepare(sql).pluck().get() as T
  const setting = (key: string): string | undefined =>
    raw.prepare('SELECT value FROM settings WHERE key = ?').pluck().get(key) as string | undefined
  const locale = setting('locale')
  return {
    uid: setting('uid') ?? null,
    version: versionOf(raw),
    clients: one('SELECT count(*) FROM clients'),
    deals: one('SELECT count(*) FROM deals'),
    operation: one('SELECT max(id) FROM operations'),
    at: one<string | undefined>('SELECT at FROM operations ORDER BY id DESC LIMIT 1') ?? null,
    timezone: setting('timezone') ?? 'UTC',
    locale: locale === undefined ? null : (JSON.parse(locale) as Locale),
  }
}

/** A file is not a book, and so not a backup of one. */
export function notBackup(file: string, cause?: unknown): Fault {
  const hint = 'name a file that funnel backup wrote'
  return new Fault('book', `${file} is not a book of funnel`, hint, cause)
}

/**
 * How a file is examined: `whole` compares all that it has; `quick` leaves out the indexes, which nothing is
 * lost with; `mend` rebuilds indexes that do not match their tables first.
 */
export type Examination = 'quick' | 'whole' | 'mend'

function damageBy(raw: Database, examination: Examination): string[] {
  if (examination === 'quick') return lossesOf(raw)
  const damage = damageOf(raw)
  if (examination !== 'mend' || damage.length === 0 || !damage.every(isOfIndex)) return damage
  raw.exec('REINDEX')
  return damageOf(raw)
}

function verifyBook(raw: Database, file: string, examination: Examination): BookFacts {
  const refuse = (why: string): Fault => new Fault('book', `${file} ${why}`)
  try {
    if (raw.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw notBackup(file)
    }
    if (versionOf(raw) > schemaVersion) throw refuse('was written by a newer funnel')
    requireNoMeddlers(raw, file)
    const [wrong] = [...damageBy(raw, examination), ...orphansOf(raw), ...alteredIn(raw)]
    if (wrong !== undefined) throw refuse(`is damaged: ${wrong}`)
    return factsOf(raw)
  } catch (error) {
    throw toFault(error, file)
  }
}

/**
 * Examines a file: is it a book of this program, sound, with nothing missing?
 * @param name its name in messages.
 * @throws Fault `book` then.
 */
export function verifyFile(file: string, name: string, examination: Examination): BookFacts {
  const raw = openSqlite(file)
  try {
    return verifyBook(raw, name, examination)
  } finally {
    raw.close()
  }
}

/** The same if everything in the file is known to be checked in reasonable time; else undefined. */
export function verifyKnown(
  file: string,
  name: string,
  examination: Examination,
): BookFacts | undefined {
  const raw = openSqlite(file)
  try {
    const isOther = raw.pragma('application_id', { simple: true }) !== APPLICATION_ID
    return isOther || isOwnSchema(raw) ? verifyBook(raw, name, examination) : undefined
  } finally {
    raw.close()
  }
}
