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

/** What this process has begun to write, and neither finished nor taken away. */
const unfinished = new Set<string>()

/**
 * A name next to `file`, which nobody can foresee, for what is not finished. It tells whose it is, so
 * that what a killed command left can be removed (`leftovers.ts`). To be given to `removeFile` in the
 * end.
 */
export function temporaryName(file: string): string {
  const name = `${file}.${pid}-${crypto.randomUUID()}.new`
  unfinished.add(name)
  return name
}

/**
 * Takes away a file and what SQLite keeps next to it, as far as that can be done: what was going wrong
 * is what a command speaks of, and doctor finds what is left.
 */
export function removeFile(file: string): void {
  for (const suffix of ['', ...LOG_SUFFIXES]) {
    try {
      rmSync(file + suffix, { force: true })
    } catch {
      // Such as a name that is too long, or leads through a file.
    }
  }
  unfinished.delete(file)
}

/** From now on `removeUnfinished` takes this file away, too. */
export function notYetFinal(file: string): void {
  unfinished.add(file)
}

/** This file stays, whatever comes. */
export function final(file: string): void {
  unfinished.delete(file)
}

/** Takes away all that this process has begun to write, for when it must end at once. */
export function removeUnfinished(): void {
  unfinished.forEach(removeFile)
}

/** Makes an empty file that its owner alone can read, in the place of nothing else. */
export function makeEmpty(file: string): void {
  closeSync(openSync(file, 'wx', 0o600))
}

/** What is under a name; undefined where nothing is, or can be seen. */
export function statOf(name: string): Stats | undefined {
  try {
    return statSync(name)
  } catch {
    return undefined
  }
}

const MOST_LINKS = 40

/** What cannot be looked at is not a link; whoever opens it says why. */
function isLink(name: string): boolean {
  try {
    return lstatSync(name).isSymbolicLink()
  } catch {
    return false
  }
}

/**
 * Where a symbolic link leads in the end, also where nothing is there yet; any other name as it is.
 * @throws Fault `usage` where links go round in a circle.
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
 * The file that a book is to be made as, or restored to.
 * @throws Fault `usage` for a link to where nothing is: others could choose by it where a book is made.
 */
export function placeFor(name: string): string {
  const file = followed(name)
  if (file === name || existsSync(file)) return file
  const what = `${name} is a link to ${file}, where there is nothing`
  throw new Fault('usage', what, `name the file itself: --book ${file}`)
}

/** True where two names lead to one file, by links too. */
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

/** Brings a folder's list of files to the disk, where the system can: not Windows, nor some networks. */
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

/** Logs next to a name where no file is: those of a book that was moved or removed. */
function strayLogs(file: string): string[] {
  if (existsSync(file)) return []
  return LOG_SUFFIXES.map((suffix) => file + suffix).filter((name) => existsSync(name))
}

/**
 * Gives such logs other names (`funnel.db.stray-wal`): SQLite would read them into whatever file comes
 * to stand next to them. Returns the new names.
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
 * Gives a finished temporary file its name, unless something has that name by now. No log of an
 * earlier file stays next to it.
 * @throws NodeJS.ErrnoException `EEXIST` then.
 */
export function publish(temporary: string, file: string): void {
  toDisk(temporary)
  putLogsAside(file)
  linkOrCopy(temporary, file)
  folderToDisk(path.dirname(file))
}

/**
 * Puts a finished temporary file in the place of another one, at once: whoever opens that name finds
 * the one or the other. What was there gets a name of its own.
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

/** The same under `file`, else `file-2`, `file-3` and so on: whichever is free. Returns the name. */
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

/** True for a file that begins as SQLite's do. @throws NodeJS.ErrnoException where it cannot be read. */
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
 * Refuses a name under which nothing else may be written: a book's own, or that of a file which SQLite
 * keeps next to one, or would take for such.
 * @throws Fault `usage` where the file is a database or belongs to one.
 */
export function requireNoBook(file: string): void {
  const suffix = LOG_SUFFIXES.find((one) => file.endsWith(one))
  const book = suffix === undefined ? file : file.slice(0, -suffix.length)
  if (!isDatabase(book)) return
  const what = suffix === undefined ? 'is a book' : `belongs to the book ${book}`
  throw new Fault('usage', `${file} ${what}, which would be lost`, 'name another file')
}

/**
 * True for a pipe or a device, such as `/dev/stdout`, which is written to as it is: a file put in its
 * place would take it from everybody.
 * @throws NodeJS.ErrnoException where there is a folder of that name, or a file that may not be written.
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
 * Writes a file that its owner alone can read. It takes the place of what had its name, a symbolic
 * link included, only when it is complete.
 * @throws NodeJS.ErrnoException where it cannot be written; what was there stays. Fault `usage` where
 *   that is a book.
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
