import { existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'
import { Fault } from '../domain/fault.ts'
import { removeLeftovers } from './files/leftovers.ts'
import { followed, makeEmpty, publish, removeFile, temporaryName } from './files/new-file.ts'
import { networkUnder, networkWarning } from './network.ts'
import type { Db } from './store/db.ts'
import { seed } from './seed.ts'
import { impossibleSettings, readSettings } from '../domain/stored-settings.ts'
import { settingRowsOf } from './settings.ts'
import { type Settings, settingRows } from '../domain/settings.ts'
import { toFault } from './store/fault.ts'
import { fillStore, type Meddling, openStore } from './store/kind.ts'
import type { Store } from './store/store.ts'

export type { Meddling }

/** An open book. */
export interface Book {
  path: string
  settings: Settings
  db: Db
  /** Its store, for what Kysely does not do: bulk rows, transactions, upkeep. */
  store: Store
  /** Warnings for the person opening it, such as that it is on a network. */
  warnings: string[]
  close: () => void
}

/** Warnings about the place where a book is. */
export function placeWarnings(file: string): string[] {
  const network = networkUnder(file)
  return network === null ? [] : [networkWarning(file, network)]
}

function look(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    const hint = 'check who may enter its folders, or name another book with --book FILE'
    throw new Fault('book', `${file} is out of your reach`, hint, error)
  }
}

function requireFile(file: string): void {
  const leadsTo = followed(file)
  const stat = look(file)
  if (!stat) {
    if (leadsTo !== file) {
      const what = `${file} is a link to ${leadsTo}, where there is no book`
      throw new Fault('not-found', what, `make it with: funnel init --book ${leadsTo}`)
    }
    const hint =
      'go to the folder of yours, name it with --book FILE, or make one with: funnel init'
    throw new Fault('not-found', `there is no book at ${file}`, hint)
  }
  if (!stat.isFile()) {
    throw new Fault('book', `${file} is not a file`, 'name the book with --book FILE')
  }
  requireOneName(file)
}

/** Other names of a file in its own folder. */
function otherNames(file: string, { ino, dev }: Stats): string[] {
  const folder = path.dirname(file)
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((name) => {
      const other = name === file ? undefined : statSync(name, { throwIfNoEntry: false })
      return other?.ino === ino && other.dev === dev
    })
}

/** How long to wait for a program that is about to give a book its only name, in ms. */
const NAMING = 2000
const NAMING_STEP = 20

/**
 * SQLite keeps a log for each name of a file, and changes made under one name are lost under the other.
 * @throws Fault `book` if the file has a second one (a hard link).
 */
function requireOneName(file: string): void {
  const namesOf = (): Stats | undefined => statSync(file, { throwIfNoEntry: false })
  let stat = namesOf()
  if (!stat || stat.nlink <= 1) return
  // A command killed while creating the book left its temporary name.
  removeLeftovers(file, 0)
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; waited < NAMING; waited += NAMING_STEP) {
    stat = namesOf()
    if (!stat || stat.nlink <= 1) return
    Atomics.wait(sleeper, 0, 0, NAMING_STEP)
  }
  const others = otherNames(file, stat)
  const where = others.length === 0 ? '' : ` (${others.join(', ')})`
  const message =
    `${file} has ${stat.nlink} names${where}: changes made under one of them would be lost ` +
    'under the other'
  const hint =
    `keep one name: make a copy (cp ${file} COPY) and remove the other names; ` +
    `find -samefile ${file} shows them. A symbolic link (ln -s) does no harm`
  throw new Fault('book', message, hint)
}

/**
 * Opens a book, migrating its schema if it is older than this program.
 * @param tell reports on a long migration, a line at a time.
 * @throws Fault `not-found` if there is no such file; `book` if it is not a book, is newer than
 *   the program, damaged, out of reach, or another program put triggers into it.
 */
export function openBook(
  file: string,
  meddling: Meddling = 'refuse',
  tell?: (line: string) => void,
): Book {
  requireFile(file)
  return openStore(file, meddling, tell, (store, said) => {
    const rows = settingRowsOf(store)
    return {
      path: file,
      settings: readSettings(rows),
      db: store.db,
      store,
      warnings: [...said, ...placeWarnings(file), ...impossibleSettings(rows)],
      close: store.close,
    }
  })
}

function fill(store: Store, settings: Settings, owner?: string): void {
  const insert = store.prepare('INSERT INTO settings (key, value) VALUES (:key, :value)')
  for (const row of settingRows(settings)) insert.run(row)
  seed(store, owner)
}

/** The fault of a book that would replace a file. */
export function thereAlready(file: string): Fault {
  return new Fault('usage', `${file} exists already`, 'name another file with --book FILE')
}

function creationFault(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  const folder = path.dirname(file)
  if (code === 'EEXIST') {
    return thereAlready(file)
  }
  if (code === 'ENOENT') {
    return new Fault('usage', `there is no folder ${folder}`, `make it first: mkdir -p ${folder}`)
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    const hint = 'name a file in a folder that you may write to: --book FILE'
    return new Fault('book', `no book can be made in ${folder}: it is read-only`, hint, error)
  }
  return toFault(error, file)
}

/**
 * Creates a new book that only its owner can read. It appears under its name only once it is complete, and
 * never replaces another file.
 * @param owner the first salesperson in it.
 * @throws Fault `usage` if the file exists or its folder does not; `book` if the folder is read-only.
 */
export function createBook(file: string, settings: Settings, owner?: string): Book {
  const temporary = temporaryName(file)
  try {
    if (existsSync(file)) throw Object.assign(new Error('exists'), { code: 'EEXIST' })
    makeEmpty(temporary)
    fillStore(temporary, (store) => fill(store, settings, owner))
    publish(temporary, file)
  } catch (error) {
    throw creationFault(error, file)
  } finally {
    removeFile(temporary)
  }
  return openBook(file)
}
