import { chmodSync, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Fault } from '../../domain/fault.ts'
import { systemReason } from '../../domain/system-error.ts'
import { stampOf } from './backup.ts'
import { type BookFacts, copyFile, makeReady, notBackup, overwritten } from '../store/kind.ts'
import { publish, removeFile, takePlace, temporaryName } from './new-file.ts'
import { isUnwritten, toFault } from '../store/fault.ts'
import { verifyInTime } from './verify.ts'

export type { BookFacts }

/** How long to wait for a program that holds the backup, in ms. */
const PATIENCE = 30_000

/** What happened to the replaced book. */
interface Restored {
  /** The name of the earlier book; null if there was none. */
  kept: string | null
  facts: BookFacts
}

/** A backup that was examined and can replace a book. */
export interface Staged {
  facts: BookFacts
  /** Puts it there. The moment, in UTC, names the copy of the book that is replaced. */
  restore: (at: string) => Promise<Restored>
  /** Removes what was prepared. */
  discard: () => void
}

/** Why a backup cannot be read; undefined if something else went wrong. */
function unread(error: unknown, file: string): Fault | undefined {
  const { code, path: met } = error as NodeJS.ErrnoException
  const why = met === file ? systemReason(error) : undefined
  if (why !== undefined) {
    return new Fault('usage', `${file} cannot be read: ${why}`, 'name a backup', error)
  }
  if (code !== 'SQLITE_READONLY_DIRECTORY') return undefined
  const hint = `copy it, with ${path.basename(file)}-wal if there is one, and restore the copy`
  const what = `${file} cannot be read where it is: its folder is read-only`
  return new Fault('book', what, hint, error)
}

function requireSource(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new Fault('not-found', `there is no file ${file}`, 'name a backup')
  if (!stat.isFile()) throw new Fault('usage', `${file} is not a file`, 'name a backup')
}

/**
 * Copies a backup next to a book and examines the copy, so that what is restored can no longer change. The
 * book is not touched.
 * @param limit how long the examination may take, in seconds; see `verifyInTime`.
 * @throws Fault `not-found` if there is no such file; `book` if it is not a book, or is damaged.
 */
export async function stageBackup(file: string, target: string, limit?: number): Promise<Staged> {
  const temporary = temporaryName(target)
  const discard = (): void => removeFile(temporary)
  try {
    if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) {
      throw new Fault('usage', `${target} is not a file`, 'name the book with --book FILE')
    }
    requireSource(file)
    await copyFile(file, temporary, PATIENCE)
    const facts = await verifyInTime(temporary, file, 'mend', limit)
    return { facts, discard, restore: (at) => replaceBook({ temporary, target, facts, at, limit }) }
  } catch (error) {
    discard()
    const refused = unread(error, file)
    if (refused) throw refused
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
      const message = `the backup could not be copied next to ${target}`
      const hint = 'is the disk, or your share of it, full? make room; the book is as it was'
      throw new Fault('failed', message, hint, error)
    }
    throw toFault(error, file)
  }
}

/** An unused name: `funnel.db.replaced-2026-11-23T120000Z`. */
function keptName(target: string, at: string): string {
  const stem = `${target}.replaced-${stampOf(at)}`
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!existsSync(name)) return name
  }
}

interface Replacement {
  temporary: string
  target: string
  facts: BookFacts
  at: string
  limit: number | undefined
}

async function replaceBook(replacement: Replacement): Promise<Restored> {
  const { temporary, target, facts, at, limit } = replacement
  try {
    const kept = await putInPlace(temporary, target, keptName(target, at))
    await readBack(target, facts, kept, limit)
    return { kept, facts }
  } catch (error) {
    throw toFault(error, target)
  } finally {
    removeFile(temporary)
  }
}

/** @returns the name of the earlier book; null if there was none. */
async function putInPlace(temporary: string, target: string, kept: string): Promise<string | null> {
  if (!(await overwritten(temporary, target, kept))) return moveAside(temporary, target, kept)
  chmodSync(target, 0o600)
  return kept
}

/** If the target is missing or SQLite cannot open it: renames what is there and takes its place. */
function moveAside(temporary: string, target: string, kept: string): string | null {
  makeReady(temporary)
  if (existsSync(target)) {
    takePlace(temporary, target, kept)
    return kept
  }
  publish(temporary, target)
  return null
}

/**
 * Reads a book under its final name, together with any logs next to it.
 * @throws Fault `book` if it is not sound, or not what was put there.
 */
async function readBack(
  target: string,
  { uid, operation }: BookFacts,
  kept: string | null,
  limit: number | undefined,
): Promise<void> {
  const found = await verifyInTime(target, target, 'whole', limit)
  // A program that waited for the restore may have changed it by now.
  if (found.uid === uid && (found.operation ?? 0) >= (operation ?? 0)) return
  const hint =
    kept === null ? 'restore it again' : `the book as it was is ${kept}; restore the backup again`
  throw new Fault('book', `${target} is not what was restored to it`, hint)
}
