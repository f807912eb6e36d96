import type { Database } from 'better-sqlite3'
import type { Store } from '../store.ts'
import { openSqlite, toFault } from './driver.ts'
import {
  APPLICATION_ID,
  ensureCurrent,
  migrate,
  requireBook,
  type Tell,
  versionOf,
} from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { meddlerText, requireNoMeddlers, takeOutMeddlers } from './objects.ts'
import { sqliteStore } from './store.ts'

/** What to do about other programs' triggers in a book: refuse it, or open it with or without them. */
export type Meddling = 'refuse' | 'keep' | 'take-out'

/** Returns warnings about them. Foreign triggers are removed before a book is migrated. */
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
 * Opens the file of a book, migrating its schema if it is older than this program.
 * @param use makes what is wanted from the store, which is closed again if that fails.
 * @param tell reports on a long migration.
 * @param meddling what to do about other programs' triggers; `use` gets those removed.
 * @throws Fault `book` if it is not a book, is newer than the program, damaged, out of reach, or another
 *   program put triggers into it.
 */
export function openStore<T>(
  file: string,
  meddling: Meddling,
  tell: Tell | undefined,
  use: (store: Store, said: string[]) => T,
): T {
  const raw = openSqlite(file)
  try {
    requireBook(raw, file)
    const said = settleMeddlers(raw, file, meddling)
    ensureCurrent(raw, file, tell)
    return use(sqliteStore(raw, file), said)
  } catch (error) {
    raw.close()
    throw toFault(error, file)
  }
}

/** Turns an empty file that nobody else knows about into a book. @param fill inserts the first rows. */
export function fillStore(file: string, fill: (store: Store) => void): void {
  const raw = openSqlite(file)
  try {
    raw.pragma('journal_mode = WAL')
    raw.pragma(`application_id = ${APPLICATION_ID}`)
    // Nobody sees it yet, and it is flushed to disk before it gets its name.
    raw.pragma('synchronous = OFF')
    raw
      .transaction(() => {
        migrate(raw)
        fill(sqliteStore(raw, file))
      })
      .immediate()
  } finally {
    raw.close()
  }
}
