import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { kill, pid } from 'node:process'

/** What `temporaryName` makes; once without the number of the process. */
const UNFINISHED =
  /\.(?:(\d+)-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new(?:-wal|-shm|-journal)?$/

/** From this age on, in ms, a file without the number of its process is nobody's any more. */
const OLD = 3_600_000

/** Unfinished copies beside a book. */
export interface Leftovers {
  removed: string[]
  /** Those that could not be removed. */
  stuck: string[]
}

/** Does a process of this number run? One of another user's does, though it cannot be spoken to. */
function runs(process: number): boolean {
  if (process === pid) return true
  try {
    return kill(process, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isLeft(file: string, process: string | undefined, now: number): boolean {
  if (process !== undefined) return !runs(Number(process))
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && now - stat.mtimeMs > OLD
}

/**
 * Removes what commands that were killed have left beside a book: private copies of it that were
 * not finished. Those of commands that still run stay. A book is used by the processes of one
 * machine only, as its log is shared memory.
 * @param now in ms since 1970.
 */
export function removeLeftovers(book: string, now: number): Leftovers {
  const folder = path.dirname(book)
  const found: Leftovers = { removed: [], stuck: [] }
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.startsWith(`${path.basename(book)}.`))
  } catch {
    return found
  }
  for (const name of names) {
    const match = UNFINISHED.exec(name)
    const file = path.join(folder, name)
    if (!match || !isLeft(file, match[1], now)) continue
    try {
      rmSync(file)
      found.removed.push(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') found.stuck.push(file)
    }
  }
  return found
}
