import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pid } from 'node:process'
import { Fault } from '../../domain/fault.ts'
import { removeLeftovers } from './leftovers.ts'

/** Files that SQLite keeps next to a book. */
export const LOG_SUFFIXES = ['-wal', '-shm', '-journal'] as const

/** What this process has begun to write, and neither finished nor removed. */
const unfinished = new Set<string>()

/**
 * An unpredictable name next to `file` for an unfinished one. It includes the process number, so that what a
 * killed command left can be removed (`leftovers.ts`). Pass it to `removeFile` in the end.
 */
export function temporaryName(file: string): string {
  const name = `${file}.${pid}-${crypto.randomUUID()}.new`
  unfinished.add(name)
  return name
}

/**
 * Removes a file and what SQLite keeps next to it, as far as possible: a command should report the original
 * failure, and doctor finds what is left.
 */
export function removeFile(file: string): void {
  for (const suffix of ['', ...LOG_SUFFIXES]) {
    try {
      rmSync(file + suffix, { force: true })
    } catch {
      // For example, a name that is too long or has a file as a folder.
    }
  }
  unfinished.delete(file)
}

/** From now on `removeUnfinished` removes this file, too. */
export function notYetFinal(file: string): void {
  unfinished.add(file)
}

/** From now on this file is kept, whatever happens. */
export function final(file: string): void {
  unfinished.delete(file)
}

/** Removes everything this process has begun to write, for when it must end at once. */
export function removeUnfinished(): void {
  unfinished.forEach(removeFile)
}

/** Creates an empty file that only its owner can read, replacing nothing. */
export function makeEmpty(file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
}

/** What is under a name; undefined if nothing is, or nothing can be seen. */
export function statOf(name: string): Stats | undefined {
  try {
    return statSync(name)
  } catch {
    return undefined
  }
}

const MOST_LINKS = 40

/** What cannot be read does not count as a link; opening it will report why. */
function isLink(name: string): boolean {
  try {
    return lstatSync(name).isSymbolicLink()
  } catch {
    return false
  }
}

/**
 * Where a symbolic link finally leads, even if nothing is there yet; any other name unchanged.
 * @throws Fault `usage` if links form a circle.
 */
export function followed(name: string): string {
  let file = name
  for (let step = 0; step < MOST_LINKS; step += 1) {
    if (!isLink(file)) return file
    file = path.resolve(path.dirname(file), readlinkSync(file))
  }
  throw new Fault('usage', `${name} is a link that leads back to itself`, 'name another file')
}

/**
 * The file in which a book is to be created, or to which it is restored.
 * @throws Fault `usage` for a dangling link: others could use one to choose where a book is created.
 */
export function placeFor(name: string): string {
  const file = followed(name)
  if (file === name || existsSync(file)) return file
  const what = `${name} is a link to ${file}, where there is nothing`
  throw new Fault('usage', what, `name the file itself: --book ${file}`)
}

/** True if two names lead to the same file, also through links. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map(statOf)
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

function toDisk(file: string): void {
  const handle = openSync(file, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Flushes a folder's list of files to disk if the system can; Windows and some networks cannot. */
function folderToDisk(folder: string): void {
  try {
    toDisk(folder)
  } catch {
    // The files themselves are there.
  }
}

/** Gives a file a second name, or puts a copy there. @throws NodeJS.ErrnoException `EEXIST` … */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw error
    // A file system without hard links.
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    chmodSync(to, 0o600)
  }
}

/** Logs next to a name that has no file: those of a book that was moved or removed. */
function strayLogs(file: string): string[] {
  if (existsSync(file)) return []
  return LOG_SUFFIXES.map((suffix) => file + suffix).filter((name) => existsSync(name))
}

/**
 * Gives such logs other names (`funnel.db.stray-wal`): SQLite would read them into any file created next to
 * them. Returns the new names.
 */
export function putLogsAside(file: string): string[] {
  return strayLogs(file).map((log) => {
    const suffix = log.slice(file.length)
    for (let number = 1; ; number += 1) {
      const name = `${file}.stray${number === 1 ? '' : `-${number}`}${suffix}`
      if (existsSync(name)) continue
      renameSync(log, name)
      return name
    }
  })
}

/**
 * Gives a finished temporary file its name, unless something already has that name. No log of an earlier file
 * stays next to it.
 * @throws NodeJS.ErrnoException `EEXIST` then.
 */
export function publish(temporary: string, file: string): void {
  toDisk(temporary)
  putLogsAside(file)
  linkOrCopy(temporary, file)
  folderToDisk(path.dirname(file))
}

/**
 * Replaces a file by a finished temporary one atomically: anybody opening that name finds one or the other.
 * What was there gets a name of its own.
 */
export function takePlace(temporary: string, file: string, kept: string): void {
  toDisk(temporary)
  linkOrCopy(file, kept)
  const moved: string[] = []
  try {
    // A log must never be read into another file.
    for (const suffix of LOG_SUFFIXES.filter((one) => existsSync(file + one))) {
      renameSync(file + suffix, kept + suffix)
      moved.push(suffix)
    }
    renameSync(temporary, file)
  } catch (error) {
    for (const suffix of moved) renameSync(kept + suffix, file + suffix)
    rmSync(kept)
    throw error
  }
  folderToDisk(path.dirname(file))
}

/** The same under `file`, else `file-2`, `file-3` and so on: the first that is free. Returns the name. */
export function publishNumbered(temporary: string, file: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? file : `${file}-${number}`
    try {
      publish(temporary, name)
      return name
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number >= 99) throw error
    }
  }
}

const SQLITE = Buffer.from('SQLite format 3\0')

/** True for a file that begins like a SQLite file. @throws NodeJS.ErrnoException if it cannot be read. */
export function isDatabase(file: string): boolean {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false
  const start = Buffer.alloc(SQLITE.length)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, start, 0, start.length, 0)
  } finally {
    closeSync(handle)
  }
  return start.equals(SQLITE)
}

/**
 * Refuses a name that must not be overwritten: a book's, or one that SQLite uses for a file next to a book.
 * @throws Fault `usage` if the file is a database or belongs to one.
 */
export function requireNoBook(file: string): void {
  const suffix = LOG_SUFFIXES.find((one) => file.endsWith(one))
  const book = suffix === undefined ? file : file.slice(0, -suffix.length)
  if (!isDatabase(book)) return
  const what = suffix === undefined ? 'is a book' : `belongs to the book ${book}`
  throw new Fault('usage', `${file} ${what}, which would be lost`, 'name another file')
}

/**
 * True for a pipe or a device, such as `/dev/stdout`, which is written to directly: replacing it with a file
 * would take it from everybody.
 * @throws NodeJS.ErrnoException if there is a folder of that name, or a file that may not be written.
 */
export function isWrittenThrough(file: string): boolean {
  const there = statSync(file, { throwIfNoEntry: false })
  if (!there) return false
  if (there.isDirectory()) {
    throw Object.assign(new Error('it is a folder'), { code: 'EISDIR', syscall: 'open' })
  }
  accessSync(file, constants.W_OK)
  return !there.isFile() || file.startsWith('/dev/')
}

/**
 * Writes a file that only its owner can read. It replaces what had its name, even a symbolic link, only once
 * it is complete.
 * @throws NodeJS.ErrnoException if it cannot be written; what was there stays. Fault `usage` if that is a
 *   book.
 */
export function replaceFile(file: string, content: string): void {
  requireNoBook(file)
  if (isWrittenThrough(file)) return writeFileSync(file, content)
  removeLeftovers(file, 0)
  const temporary = temporaryName(file)
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 })
    renameSync(temporary, file)
  } finally {
    removeFile(temporary)
  }
}
