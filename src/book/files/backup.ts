import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { Fault } from '../../domain/fault.ts'
import { type BookFacts, connectionOf, copyBook } from '../store/kind.ts'
import { removeLeftovers } from './leftovers.ts'
import {
  LOG_SUFFIXES,
  isSameFile,
  publish,
  putLogsAside,
  removeFile,
  temporaryName,
} from './new-file.ts'
import type { Book } from '../open.ts'
import { isUnwritten, toFault } from '../store/fault.ts'
import { lookInto } from '../store/look-into.ts'
import { verifyInTime } from './verify.ts'

/** A backup that was made. */
export interface Backup {
  file: string
  bytes: number
  facts: BookFacts
  /** Older backups that made room for it. */
  removed: string[]
  /** The new names of another file's logs that were in its way. */
  aside: string[]
}

/** What kind of backup is wanted. */
export interface BackupWish {
  /** A file, or a folder in which it gets a dated name; by default, a dated name next to the book. */
  target: string | undefined
  /** The moment, in UTC, ISO text. */
  at: string
  /** How many backups with dated names to keep; by default, all. */
  keep?: number | undefined
  /** May an earlier backup of this book be replaced? */
  replace?: boolean | undefined
}

/** From this size on, in bytes, it takes too long to compare every index of a copy with its table. */
const LARGE = 100 << 20

/** `2026-11-23T120000Z`: sorts as text, and is allowed in file names everywhere. */
export function stampOf(at: string): string {
  return `${at.slice(0, 10)}T${at.slice(11, 19).replaceAll(':', '')}Z`
}

/** What identifies a book; null if the file is not a book, or cannot be read. */
export function uidOf(file: string): string | null {
  // A pipe would be waited for.
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null
  try {
    const raw = lookInto(file, 1000)
    try {
      return raw.prepare("SELECT value FROM settings WHERE key = 'uid'").pluck().get() as string
    } finally {
      raw.close()
    }
  } catch {
    return null
  }
}

/** The backups of a book with dated names in a folder, newest first. */
function datedBackups(folder: string, name: string): string[] {
  const isDated = (file: string): boolean =>
    file.startsWith(`${name}.`) &&
    /^\d{4}-\d{2}-\d{2}T\d{6}Z(-\d+)?$/.test(file.slice(name.length + 1))
  return readdirSync(folder)
    .filter(isDated)
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((file) => path.join(folder, file))
}

/** Removes all but the newest backups of this book, besides the one just made, and none of another book's. */
function rotate(
  book: Book,
  made: { file: string; uid: string | null },
  folder: string,
  keep: number,
): string[] {
  const others = datedBackups(folder, path.basename(book.path)).filter((file) => file !== made.file)
  const old = others.filter((file) => uidOf(file) === made.uid).slice(Math.max(0, keep - 1))
  for (const file of old) rmSync(file)
  return old
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Gives the copy a dated name; a second one of the same second gets a number. */
function publishDated(temporary: string, stem: string): string {
  for (let number = 1; ; number += 1) {
    const file = number === 1 ? stem : `${stem}-${number}`
    try {
      publish(temporary, file)
      return file
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number > 99) throw error
    }
  }
}

function publishAs(temporary: string, file: string, uid: string | null, replace: boolean): void {
  if (replace && existsSync(file)) {
    if (uidOf(file) !== uid) {
      throw new Fault('usage', `${file} is not a backup of this book`, 'name another file')
    }
    // A log next to it: somebody has it open, and would keep using the replaced file.
    if (existsSync(`${file}-wal`)) {
      throw new Fault('usage', `${file} is in use as a book`, 'name another file')
    }
    renameSync(temporary, file)
    return
  }
  try {
    publish(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const hint = 'name another file, a folder (for dated names), or add --replace'
    throw new Fault('usage', `${file} exists already`, hint, error)
  }
}

/** Not created here: it may be a disk that is not mounted, and the backup would go to the wrong one. */
function noFolder(folder: string): Fault {
  return new Fault('usage', `there is no folder ${folder}`, `make it first: mkdir -p ${folder}`)
}

function cannotWrite(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') {
    return noFolder(folder)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new Fault('usage', `${folder} cannot be written to`, 'name another folder', error)
  }
  if (code === 'ENOSPC' || isUnwritten(error)) {
    const hint = 'is the disk, or your share of it, full? make room, or name another folder'
    return new Fault('failed', `the copy could not be written to ${folder}`, hint, error)
  }
  return toFault(error, folder)
}

/**
 * Writes a copy of the book as it is now, while others write to it, and reads it back: the file must be sound
 * and complete before it gets its name. Nothing is overwritten except, on request, an earlier backup of the
 * same book.
 * @throws Fault `usage` if the file exists or cannot be written; `book` if the copy is not sound.
 */
export async function backupBook(book: Book, wish: BackupWish): Promise<Backup> {
  const { target = path.dirname(book.path), at, keep, replace = false } = wish
  if (isSameFile(target, book.path)) {
    throw new Fault('usage', `${target} is the book itself`, 'name another file, or a folder')
  }
  // SQLite would take it for its own and remove it.
  if (LOG_SUFFIXES.some((suffix) => target.endsWith(suffix))) {
    throw new Fault(
      'usage',
      `${target} is a name that SQLite keeps for itself`,
      'name another file',
    )
  }
  const dated = isFolder(target) || /[/\\]$/.test(target)
  const folder = dated ? target : path.dirname(target)
  if (keep !== undefined && !dated) {
    throw existsSync(target)
      ? new Fault(
          'usage',
          `${target} is a file, and --keep is for a folder of backups`,
          'name a folder',
        )
      : noFolder(target)
  }
  const stem = path.join(folder, `${path.basename(book.path)}.${stampOf(at)}`)
  removeLeftovers(dated ? path.join(folder, path.basename(book.path)) : target, Date.parse(at))
  const temporary = temporaryName(dated ? stem : target)
  try {
    await copyBook(connectionOf(book.store), temporary)
    const { size } = statSync(temporary)
    const facts = await verifyInTime(temporary, 'the backup', size < LARGE ? 'whole' : 'quick')
    const aside = dated ? [] : putLogsAside(target)
    let file = target
    if (dated) file = publishDated(temporary, stem)
    else publishAs(temporary, target, facts.uid, replace)
    const removed = keep === undefined ? [] : rotate(book, { file, uid: facts.uid }, folder, keep)
    return { file, bytes: size, facts, removed, aside }
  } catch (error) {
    throw error instanceof Fault ? error : cannotWrite(error, folder)
  } finally {
    removeFile(temporary)
  }
}
