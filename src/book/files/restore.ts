import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { Fault } from '../../domain/fault.ts'
import { stampOf } from './backup.ts'
import { ALL_PAGES, type BookFacts, copyBook, notBackup, verifyBook } from '../store/sqlite/copy.ts'
import { final, notYetFinal, publish, removeFile, takePlace, temporaryName } from './new-file.ts'
import {
  isBusy,
  isDamage,
  isUnwritten,
  openForReading,
  openSqlite,
  toFault,
} from '../store/sqlite/driver.ts'

/** How often the turn is waited for at most. */
const ATTEMPTS = 100

/** How long a program that holds the backup is waited for, in ms. */
const PATIENCE = 30_000

/** What became of a book that was replaced. */
interface Restored {
  /** The book as it was before; null where there was none. */
  kept: string | null
  facts: BookFacts
}

/** A backup that was examined and can be put in a book's place. */
export interface Staged {
  facts: BookFacts
  /** Puts it there. The moment, in UTC, names the copy of the book that is replaced. */
  restore: (at: string) => Promise<Restored>
  /** Takes away what was prepared. */
  discard: () => void
}

function source(file: string): Database {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new Fault('not-found', `there is no file ${file}`, 'name a backup')
  if (!stat.isFile()) throw new Fault('usage', `${file} is not a file`, 'name a backup')
  return openForReading(file, PATIENCE)
}

/**
 * Copies a backup beside a book and examines the copy, so that nothing of what is restored can
 * change any more. The book is not touched.
 * @throws Fault `not-found` where there is no such file; `book` where it is no book, or damaged.
 */
export async function stageBackup(file: string, target: string): Promise<Staged> {
  if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) {
    throw new Fault('usage', `${target} is not a file`, 'name the book with --book FILE')
  }
  const temporary = temporaryName(target)
  const discard = (): void => removeFile(temporary)
  try {
    const from = source(file)
    try {
      await copyBook(from, temporary)
    } finally {
      from.close()
    }
    const copy = openSqlite(temporary)
    try {
      const facts = verifyBook(copy, file)
      return { facts, discard, restore: (at) => replaceBook(temporary, target, facts, at) }
    } finally {
      copy.close()
    }
  } catch (error) {
    discard()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'SQLITE_NOTADB') throw notBackup(file, error)
    if (code === 'ENOENT') {
      const folder = path.dirname(target)
      const hint = `name the book with --book FILE, or make it first: mkdir -p ${folder}`
      throw new Fault('usage', `there is no folder ${folder}`, hint, error)
    }
    if (code === 'EACCES' || code === 'EROFS') {
      throw new Fault(
        'usage',
        `${target} cannot be written`,
        'name the book with --book FILE',
        error,
      )
    }
    if (isUnwritten(error)) {
      const message = `the backup could not be copied beside ${target}`
      const hint = 'is the disk, or your share of it, full? make room; the book is as it was'
      throw new Fault('failed', message, hint, error)
    }
    throw toFault(error, file)
  }
}

/** A name that nothing has: `funnel.db.replaced-2026-11-23T120000Z`. */
function keptName(target: string, at: string): string {
  const stem = `${target}.replaced-${stampOf(at)}`
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!existsSync(name)) return name
  }
}

/** The book that is to be replaced, as far as SQLite can work with it. */
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

async function replaceBook(
  temporary: string,
  target: string,
  facts: BookFacts,
  at: string,
): Promise<Restored> {
  try {
    const kept = await putInPlace(temporary, target, keptName(target, at))
    readBack(target, facts, kept)
    return { kept, facts }
  } catch (error) {
    throw toFault(error, target)
  } finally {
    removeFile(temporary)
  }
}

/** @returns the name of the book as it was; null where there was none. */
async function putInPlace(temporary: string, target: string, kept: string): Promise<string | null> {
  const live = openLive(target)
  const isOver = live !== null && (await overwritten(live, temporary, target, kept))
  if (!isOver) return moveAside(temporary, target, kept)
  chmodSync(target, 0o600)
  return kept
}

/** @returns false where the book is too damaged to be written to. */
async function overwritten(
  live: Database,
  temporary: string,
  target: string,
  kept: string,
): Promise<boolean> {
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

/** Where there is no book, or one that SQLite cannot even open: what lies there gets another name. */
function moveAside(temporary: string, target: string, kept: string): string | null {
  const copy = openSqlite(temporary)
  copy.pragma('journal_mode = WAL')
  copy.close()
  if (existsSync(target)) {
    takePlace(temporary, target, kept)
    return kept
  }
  publish(temporary, target)
  return null
}

/**
 * Reads a book under the name that it has now, with whatever lies beside it.
 * @throws Fault `book` where it is not sound, or not what was put there.
 */
function readBack(target: string, { uid, operation }: BookFacts, kept: string | null): void {
  const raw = openSqlite(target)
  try {
    const found = verifyBook(raw, target)
    // Who waited for the restore may have worked on it by now.
    if (found.uid === uid && (found.operation ?? 0) >= (operation ?? 0)) return
  } finally {
    raw.close()
  }
  const hint =
    kept === null ? 'restore it again' : `the book as it was is ${kept}; restore the backup again`
  throw new Fault('book', `${target} is not what was restored to it`, hint)
}

/**
 * Writes the pages of the backup into the book in one transaction of SQLite's own: programs that
 * have it open see the old book or the new one, and a crash leaves the old one. The book is copied
 * when nobody else can write to it any more and nothing of the backup is in it yet.
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
    'end them and try again',
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
 * @returns false where another program holds it.
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
