import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { hrtime, pid } from 'node:process'
import type { Database } from 'better-sqlite3'
import { runs } from './leftovers.ts'
import { final, notYetFinal } from './new-file.ts'
import { BUSY_TIMEOUT, isBusy } from './sqlite.ts'

/** Between two looks at the book, in ms: of the first in the queue, and for each one before another. */
const STEP = 3
const LONGEST_STEP = 40

/** So often one that is not first tries all the same: whoever is may have been stopped. In ms. */
const ANYHOW = 500

/** Others let this one go on meanwhile, and a Ctrl-C is heard. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
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

/** Those that wait for a book, in the order in which they came: a file each, in a folder next to it. */
interface Queue {
  /** How many that still run came before. */
  before: () => number
  leave: () => void
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

/** How many tickets are older; those of programs that are gone are taken away. */
function older(folder: string, ticket: string): number {
  return namesIn(folder).filter((name) => {
    if (name >= ticket) return false
    if (runs(Number(name.split('-')[1]))) return true
    rmSync(path.join(folder, name), { force: true })
    return false
  }).length
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Others wait, or it is gone.
  }
}

/** Gets in line; null where no file can be made next to the book. */
function queueUp(folder: string): Queue | null {
  // The clock of the machine since it was started: the same for all of its programs.
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
      // The last one has just taken the folder away.
      write()
    }
  } catch {
    final(file)
    return null
  }
  return {
    before: () => older(folder, ticket),
    leave() {
      rmSync(file, { force: true })
      final(file)
      removeEmpty(folder)
    },
  }
}

/** @throws what SQLite says of a book that is held too long. */
async function waitInLine(raw: Database, folder: string, began: number): Promise<void> {
  const queue = queueUp(folder)
  let tried = began
  try {
    for (;;) {
      const before = queue?.before() ?? 0
      const now = performance.now()
      if (before === 0 || now - tried > ANYHOW) {
        tried = now
        if (begun(raw)) return
      }
      if (now - began > BUSY_TIMEOUT) {
        raw.pragma('busy_timeout = 1')
        return void raw.exec('BEGIN IMMEDIATE')
      }
      await pause(Math.min(LONGEST_STEP, STEP * (before + 1)))
    }
  } finally {
    raw.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
    queue?.leave()
  }
}

/**
 * Begins the transaction of a change. Where another program holds the book, it is waited for in the
 * order of coming: SQLite itself lets whoever looks at the right moment in, and who has waited long looks
 * least often.
 * @param file the book.
 * @returns how long that took, in ms.
 * @throws SQLite's error where that is over half a minute.
 */
export async function takeTurn(raw: Database, file: string): Promise<number> {
  const began = performance.now()
  const folder = `${file}.queue`
  if (namesIn(folder).length > 0 || !begun(raw)) await waitInLine(raw, folder, began)
  return performance.now() - began
}
