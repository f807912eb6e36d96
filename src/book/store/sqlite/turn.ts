import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { hrtime, pid } from 'node:process'
import type { Database } from 'better-sqlite3'
import { runs } from '../../files/leftovers.ts'
import { final, notYetFinal } from '../../files/new-file.ts'
import type { Turn } from '../store.ts'
import { BUSY_TIMEOUT, isBusy } from './driver.ts'

/** How often the first in the queue checks the book, in ms. */
const STEP = 5

/** How often to check that the program ahead is still running, in ms. */
const LOOK = 100

/** How often one that is not first tries all the same, as the first may have been stopped, in ms. */
const ANYHOW = 500

/** Meanwhile other work of this process continues, and a Ctrl-C is noticed. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** Waits until a file is gone, or for a number of ms. */
async function untilGone(file: string, ms: number): Promise<void> {
  let watcher: FSWatcher | undefined
  const gone = new Promise<void>((resolve) => {
    try {
      watcher = watch(file, () => resolve())
      watcher.on('error', () => resolve())
    } catch (error) {
      // It is already gone; if watching is impossible, it is checked again and again.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') resolve()
    }
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([gone, late])
  clearTimeout(timer)
  watcher?.close()
}

/** Begins the transaction of a change, if nobody holds the book. */
function begun(raw: Database): boolean {
  raw.pragma('busy_timeout = 0')
  try {
    raw.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  } finally {
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  }
}

/** The programs that want a book, in order of arrival: a file each, in a folder next to it. */
interface Queue {
  /** The file of the program just ahead that is still running; null for the first. */
  before: () => string | null
  leave: () => void
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

/** The last ticket that is older; those of programs that have ended are removed. */
function lastBefore(folder: string, ticket: string): string | null {
  for (const name of namesIn(folder).toReversed()) {
    if (name >= ticket) continue
    const file = path.join(folder, name)
    if (runs(Number(name.split('-')[1]))) return file
    rmSync(file, { force: true })
  }
  return null
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Others wait, or it is gone.
  }
}

/** Joins the queue; null if no file can be created next to the book. */
function queueUp(folder: string): Queue | null {
  // Time since the machine was started: the same for all its programs.
  const ticket = `${String(hrtime.bigint()).padStart(20, '0')}-${pid}`
  const file = path.join(folder, ticket)
  const write = (): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
  }
  notYetFinal(file)
  try {
    try {
      write()
    } catch {
      // The last one has just removed the folder.
      write()
    }
  } catch {
    final(file)
    return null
  }
  return {
    before: () => lastBefore(folder, ticket),
    leave() {
      rmSync(file, { force: true })
      final(file)
      removeEmpty(folder)
    },
  }
}

/** Waits for the turn of one in the queue. @throws what SQLite says of a book that is held too long. */
async function waitInLine(raw: Database, queue: Queue | null, began: number): Promise<void> {
  let tried = began
  for (;;) {
    const before = queue?.before() ?? null
    const now = performance.now()
    if (before === null || now - tried > ANYHOW) {
      tried = now
      if (begun(raw)) return
    }
    if (now - began > BUSY_TIMEOUT) {
      raw.pragma('busy_timeout = 1')
      return void raw.exec('BEGIN IMMEDIATE')
    }
    await (before === null ? pause(STEP) : untilGone(before, LOOK))
  }
}

/**
 * Begins the transaction of a change. Programs that wait for a held book are served in order of arrival:
 * SQLite itself lets in whoever looks at the right moment, and those that have waited long look least often.
 * Each waits for the one before it to end its turn.
 * @param file the book.
 * @throws SQLite's error if that takes over half a minute.
 */
export async function takeTurn(raw: Database, file: string): Promise<Turn> {
  const began = performance.now()
  const waited = (): number => performance.now() - began
  const folder = `${file}.queue`
  const isFree = namesIn(folder).length === 0 && begun(raw)
  if (isFree) return { waited: waited(), end: () => {} }
  const queue = queueUp(folder)
  try {
    await waitInLine(raw, queue, began)
    return { waited: waited(), end: () => queue?.leave() }
  } catch (error) {
    queue?.leave()
    throw error
  } finally {
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  }
}
