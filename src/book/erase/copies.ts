import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { isDatabase, statOf } from '../files/new-file.ts'
import type { Book } from '../open.ts'

/** How many files are looked into. */
const MOST_LOOKED_AT = 200

// The settings are the first table of a book.
const MOST_READ = 8 << 20

/**
 * True if a file is a database with the settings of that book. It is read and not opened as a database:
 * SQLite would leave files next to it.
 */
function holds(file: string, uid: string): boolean {
  try {
    if (!isDatabase(file)) return false
    const opened = openSync(file, 'r')
    try {
      const pages = Buffer.alloc(MOST_READ)
      const length = readSync(opened, pages, 0, MOST_READ, 0)
      return pages.subarray(0, length).includes(`uid${uid}`)
    } finally {
      closeSync(opened)
    }
  } catch {
    return false
  }
}

/** The files of a folder, starting with those named like databases. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder).toSorted()
  const isLikely = (name: string): boolean => /\.(?:db|sqlite)/i.test(name)
  return [...names.filter(isLikely), ...names.filter((name) => !isLikely(name))].map((name) =>
    path.join(folder, name),
  )
}

/**
 * Files that are copies of a book, next to it and next to the link that names it: by their names
 * (`funnel.db.v1`, `funnel.db.2026-11-23`), or by their content, whatever they are called.
 */
export function copiesOf({ path: book, store }: Book): string[] {
  const real = realpathSync(book)
  const own = statSync(real)
  const uid = store.prepare("SELECT value FROM settings WHERE key = 'uid'").pluck().get() as string
  const isNamed = (file: string): boolean =>
    [book, real].some((one) => path.basename(file).startsWith(`${path.basename(one)}.`))
  const folders = new Map([book, real].map((file) => [realpathSync(path.dirname(file)), file]))
  const seen = new Set([own.ino])
  let left = MOST_LOOKED_AT
  const isCopy = (file: string): boolean => {
    const found = statOf(file)
    if (!found || seen.has(found.ino)) return false
    seen.add(found.ino)
    if (isNamed(file)) return true
    if (!found.isFile()) return false
    left -= 1
    return left >= 0 && holds(file, uid)
  }
  return [...folders.values()]
    .flatMap((file) => filesIn(path.dirname(file)))
    .filter(isCopy)
    .toSorted()
}
