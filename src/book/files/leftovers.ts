import { lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getuid, kill, pid } from 'node:process'
import { Fault } from '../../domain/fault.ts'
import { systemReason } from '../../domain/system-error.ts'
import { networkUnder } from '../network.ts'

/** What `temporaryName` makes; earlier without the process number. */
const UNFINISHED =
  /\.(?:(\d+)-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new(?:-wal|-shm|-journal)?$/

/** From this age on, in ms, a file without a process number counts as abandoned. */
const OLD = 3_600_000

/** What killed commands left behind. */
export interface Leftovers {
  removed: string[]
  /** Those that could not be removed. */
  stuck: string[]
}

/** Is a process with this number running? Another user's is, even though it cannot be signalled. */
export function runs(process: number): boolean {
  if (process === pid) return true
  try {
    return kill(process, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Processes on other machines are invisible, so a file on a network must also be old. */
function isLeft(file: string, process: string | undefined, now: number, shared: boolean): boolean {
  if (process !== undefined && runs(Number(process))) return false
  if (process !== undefined && !shared) return true
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && now - stat.mtimeMs > OLD
}

/** Removes a file or folder, and notes the outcome. */
function take(file: string, found: Leftovers): void {
  try {
    rmSync(file, { recursive: true })
    found.removed.push(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') found.stuck.push(file)
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * Removes the unfinished files that killed commands left in a folder. Those of running commands stay.
 * @param now in ms since 1970.
 * @param stem only files whose names begin with this.
 */
export function removeLeftoversIn(folder: string, now: number, stem = ''): Leftovers {
  const found: Leftovers = { removed: [], stuck: [] }
  let shared: boolean | undefined
  for (const name of namesIn(folder)) {
    const match = name.startsWith(stem) ? UNFINISHED.exec(name) : null
    if (!match) continue
    shared ??= networkUnder(folder) !== null
    const file = path.join(folder, name)
    if (isLeft(file, match[1], now, shared)) take(file, found)
  }
  return found
}

/** Removes unfinished copies of one file (a book, an export, a list of rejects) from its folder. */
export function removeLeftovers(file: string, now: number): Leftovers {
  return removeLeftoversIn(path.dirname(file), now, `${path.basename(file)}.`)
}

/** What `temporaryFolder` makes. */
const FOLDER = /^funnel-(\d+)-\w{6}$/

/** Removes killed commands' folders, which hold what came in on stdin or was being written in an editor. */
export function removeLeftFolders(): Leftovers {
  const found: Leftovers = { removed: [], stuck: [] }
  for (const name of namesIn(tmpdir())) {
    const process = FOLDER.exec(name)?.[1]
    const folder = path.join(tmpdir(), name)
    if (process !== undefined && !runs(Number(process)) && isOwn(folder)) take(folder, found)
  }
  return found
}

/** Anybody may put things into the folder for temporary files. */
function isOwn(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (getuid === undefined || stat.uid === getuid())
}

/** A new temporary folder that only its owner can open. Those of killed commands are removed. */
export function temporaryFolder(): string {
  removeLeftFolders()
  return newFolder(`funnel-${pid}-`)
}

/**
 * A new temporary folder that only its owner can open and that is not removed.
 * @throws Fault `failed` if none can be created there.
 */
export function newFolder(prefix: string): string {
  const where = tmpdir()
  try {
    return mkdtempSync(path.join(where, prefix))
  } catch (error) {
    const why = systemReason(error) ?? (error as Error).message
    const what = `no folder for temporary files can be made in ${where}: ${why}`
    throw new Fault(
      'failed',
      what,
      'name a folder that you may write to: export TMPDIR=/tmp',
      error,
    )
  }
}
