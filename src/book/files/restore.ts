import { chmodSync, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Fault } from '../../domain/fault.ts'
import { stampOf } from './backup.ts'
import { type BookFacts, copyFile, notBackup, verifyFile } from '../store/sqlite/copy.ts'
import { publish, removeFile, takePlace, temporaryName } from './new-file.ts'
import { isUnwritten, toFault } from '../store/fault.ts'
import { makeReady, overwritten } from '../store/sqlite/overwrite.ts'

export type { BookFacts }

/** How long a program that holds the backup is waited for, in ms. */
const PATIENCE = 30_000

/** What became of a book that was replaced. */
interface Restored {
  /** The book as it was before; null where there was none. */
  kept: string | null
  facts: BookFacts
}

/** A backup that was examined and can be put in a book's place. */
export interface Staged {
  facts: BookFacts
  /** Puts it there. The moment, in UTC, names the copy of the book that is replaced. */
  restore: (at: string) => Promise<Restored>
  /** Takes away what was prepared. */
  discard: () => void
}

function requireSource(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) throw new Fault('not-found', `there is no file ${file}`, 'name a backup')
  if (!stat.isFile()) throw new Fault('usage', `${file} is not a file`, 'name a backup')
}

/**
 * Copies a backup beside a book and examines the copy, so that nothing of what is restored can
 * change any more. The book is not touched.
 * @throws Fault `not-found` where there is no such file; `book` where it is no book, or damaged.
 */
export async function stageBackup(file: string, target: string): Promise<Staged> {
  if (statSync(target, { throwIfNoEntry: false })?.isFile() === false) {
    throw new Fault('usage', `${target} is not a file`, 'name the book with --book FILE')
  }
  const temporary = temporaryName(target)
  const discard = (): void => removeFile(temporary)
  try {
    requireSource(file)
    await copyFile(file, temporary, PATIENCE)
    const facts = verifyFile(temporary, file)
    return { facts, discard, restore: (at) => replaceBook(temporary, target, facts, at) }
  } catch (error) {
    discard()
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
      const message = `the backup could not be copied beside ${target}`
      const hint = 'is the disk, or your share of it, full? make room; the book is as it was'
      throw new Fault('failed', message, hint, error)
    }
    throw toFault(error, file)
  }
}

/** A name that nothing has: `funnel.db.replaced-2026-11-23T120000Z`. */
function keptName(target: string, at: string): string {
  const stem = `${target}.replaced-${stampOf(at)}`
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!existsSync(name)) return name
  }
}

async function replaceBook(
  temporary: string,
  target: string,
  facts: BookFacts,
  at: string,
): Promise<Restored> {
  try {
    const kept = await putInPlace(temporary, target, keptName(target, at))
    readBack(target, facts, kept)
    return { kept, facts }
  } catch (error) {
    throw toFault(error, target)
  } finally {
    removeFile(temporary)
  }
}

/** @returns the name of the book as it was; null where there was none. */
async function putInPlace(temporary: string, target: string, kept: string): Promise<string | null> {
  if (!(await overwritten(temporary, target, kept))) return moveAside(temporary, target, kept)
  chmodSync(target, 0o600)
  return kept
}

/** Where there is no book, or one that SQLite cannot even open: what lies there gets another name. */
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
 * Reads a book under the name that it has now, with whatever lies beside it.
 * @throws Fault `book` where it is not sound, or not what was put there.
 */
function readBack(target: string, { uid, operation }: BookFacts, kept: string | null): void {
  const found = verifyFile(target, target)
  // Who waited for the restore may have worked on it by now.
  if (found.uid === uid && (found.operation ?? 0) >= (operation ?? 0)) return
  const hint =
    kept === null ? 'restore it again' : `the book as it was is ${kept}; restore the backup again`
  throw new Fault('book', `${target} is not what was restored to it`, hint)
}
