import { lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getuid, kill, pid } from 'node:process'
import { Fault } from '../../domain/fault.ts'
import { systemReason } from '../../domain/system-error.ts'
import { networkUnder } from '../network.ts'

/** What `temporaryName` makes; once without the number of the process. */
const UNFINISHED =
  /\.(?:(\d+)-)?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new(?:-wal|-shm|-journal)?$/

/** From this age on, in ms, a file without the number of its process is nobody's any more. */
const OLD = 3_600_000

/** What killed commands had left. */
export interface Leftovers {
  removed: string[]
  /** Those that could not be removed. */
  stuck: string[]
}

/** Does a process of this number run? One of another user's does, though it cannot be spoken to. */
export function runs(process: number): boolean {
  if (process === pid) return true
  try {
    return kill(process, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Processes of another machine are not seen: what lies on a network must be old as well. */
function isLeft(file: string, process: string | undefined, now: number, shared: boolean): boolean {
  if (process !== undefined && runs(Number(process))) return false
  if (process !== undefined && !shared) return true
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && now - stat.mtimeMs > OLD
}

/** Takes a file or folder away, and notes how that went. */
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
 * Removes what commands that were killed have left in a folder: files that were not finished. Those
 * of commands that still run stay.
 * @param now in ms since 1970.
 * @param stem only files whose names begin so.
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

/** Removes folders with what came in on stdin, or was being written in an editor, of killed commands. */
export function removeLeftFolders(): Leftovers {
  const found: Leftovers = { removed: [], stuck: [] }
  for (const name of namesIn(tmpdir())) {
    const process = FOLDER.exec(name)?.[1]
    const folder = path.join(tmpdir(), name)
    if (process !== undefined && !runs(Number(process)) && isOwn(folder)) take(folder, found)
  }
  return found
}

/** Everybody may put things into the folder for temporary files. */
function isOwn(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && (getuid === undefined || stat.uid === getuid())
}

/** A new folder for a while, which its owner alone can open. Those of killed commands go. */
export function temporaryFolder(): string {
  removeLeftFolders()
  return newFolder(`funnel-${pid}-`)
}

/**
 * A new folder among the temporary ones, which its owner alone can open and nobody takes away.
 * @throws Fault `failed` where none can be made there.
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
