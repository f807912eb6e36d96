import { closeSync, existsSync, openSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { Fault } from '../../../domain/fault.ts'
import { final, notYetFinal, publish, removeFile, temporaryName } from '../../files/new-file.ts'
import { ALL_PAGES } from './copy.ts'
import { isBusy, isDamage, openSqlite } from './driver.ts'

/** How often to wait for a turn at most. */
const ATTEMPTS = 100

/** The book to be replaced, as far as SQLite can work with it. */
function openLive(target: string): Database | null {
  if (!existsSync(target)) return null
  let raw: Database | undefined
  try {
    raw = openSqlite(target)
    raw.pragma('journal_mode = WAL')
    raw.prepare('SELECT count(*) FROM sqlite_schema').get()
    return raw
  } catch (error) {
    raw?.close()
    if (isDamage(error)) return null
    throw error
  }
}

/**
 * Replaces a book that others may have open with a backup.
 * @param kept the name under which the earlier book is kept.
 * @returns false if there is no book, or it is too damaged to be written to.
 */
export async function overwritten(
  temporary: string,
  target: string,
  kept: string,
): Promise<boolean> {
  const live = openLive(target)
  if (live === null) return false
  try {
    await overwrite(live, temporary, target, kept)
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    live.close()
  }
}

/** Makes a copy ready to be a book that several programs have open. */
export function makeReady(file: string): void {
  const copy = openSqlite(file)
  copy.pragma('journal_mode = WAL')
  copy.close()
}

/**
 * Writes the pages of the backup into the book in one transaction of SQLite's own: programs that have it open
 * see the old book or the new one, and a crash leaves the old one. The book is copied once nobody else can
 * write to it, before anything of the backup is in it.
 */
async function overwrite(
  live: Database,
  temporary: string,
  target: string,
  kept: string,
): Promise<void> {
  const staged = openSqlite(temporary)
  try {
    takePageSize(staged, live)
    for (let round = 0; round < ATTEMPTS; round += 1) {
      if (await attempt(staged, live, target, () => keep(live, kept))) return final(kept)
    }
  } catch (error) {
    removeFile(kept)
    throw error
  } finally {
    staged.close()
  }
  throw new Fault(
    'book',
    `other programs keep writing to ${target}; it was not replaced`,
    'close them and try again',
  )
}

/** SQLite writes only pages of the same size into a file that others may have open. */
function takePageSize(staged: Database, live: Database): void {
  const size = live.pragma('page_size', { simple: true }) as number
  if (staged.pragma('page_size', { simple: true }) === size) return
  staged.pragma(`page_size = ${size}`)
  staged.exec('VACUUM')
}

/** Copies the book at once, as the progress of a backup cannot be waited for. */
function keep(live: Database, kept: string): void {
  const copy = temporaryName(kept)
  try {
    closeSync(openSync(copy, 'wx', 0o600))
    live.prepare('VACUUM INTO ?').run(copy)
    publish(copy, kept)
    notYetFinal(kept)
  } finally {
    removeFile(copy)
  }
}

/**
 * @param begin is called when the book is held.
 * @returns false if another program holds it.
 */
async function attempt(
  staged: Database,
  live: Database,
  target: string,
  begin: () => void,
): Promise<boolean> {
  // Waits for its turn; then others are asleep for a while, and the backup finds the book free.
  live.exec('BEGIN IMMEDIATE; ROLLBACK')
  let isHeld = false
  try {
    await staged.backup(target, {
      // First asked when the book is held and nothing is written yet; never where it is busy.
      progress() {
        if (!isHeld) begin()
        isHeld = true
        return ALL_PAGES
      },
    })
    return isHeld
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}
