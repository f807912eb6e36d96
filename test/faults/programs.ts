import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import { openBook } from '../../src/book/open.ts'
import { rowsOf } from '../support/first-book.ts'
import { BINARY, newFolder, TODAY } from '../support/funnel.ts'

/** How many times as long as usual the faults are looked for: FUNNEL_FAULTS=10 npm run test:faults. */
export const TIMES = Math.max(1, Number(process.env.FUNNEL_FAULTS ?? 1))

/** How a program ended: with a code, or by a signal. */
export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  out: string
  err: string
}

export interface Started {
  child: ChildProcess
  ended: Promise<Ended>
}

/** Words put before the command line, such as those that set a limit. */
export type Before = readonly string[]

/** Starts the real binary in a folder, and does not wait for it. Its temporary files go to `tmp`. */
export function start(
  folder: string,
  args: string[],
  before: Before = [],
  more: Readonly<Record<string, string>> = {},
): Started {
  mkdirSync(path.join(folder, 'tmp'), { recursive: true })
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    FUNNEL_TODAY: TODAY,
    FUNNEL_USER: 'ann',
    TMPDIR: path.join(folder, 'tmp'),
    ...more,
  }
  const [command = '', ...words] = [...before, process.execPath, BINARY, ...args]
  const child = spawn(command, words, { cwd: folder, env })
  let [out, err] = ['', '']
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (err += text.toString()))
  child.stdin.on('error', () => undefined)
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
  return { child, ended }
}

/** Starts the binary and waits for its end. */
export function finish(
  folder: string,
  args: string[],
  before: Before = [],
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, ended } = start(folder, args, before, more)
  child.stdin?.end()
  return ended
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

export const bookIn = (folder: string): string => path.join(folder, 'funnel.db')

/** What each migration draws at random. */
const DRAWN = new Set(['uid', 'erasure_secret'])

/** All that a book holds, as one short text. What is drawn at random once is left out. */
export function stateOf(folder: string): string {
  const rows = rowsOf(bookIn(folder))
  const settings = rows.settings?.filter(({ key }) => !DRAWN.has(key as string))
  return createHash('sha256')
    .update(JSON.stringify({ ...rows, settings }))
    .digest('hex')
}

/** A copy of a folder, for one try. */
function copyOf(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Does work in a copy of a folder, which is gone afterwards. */
export async function inCopy<T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = copyOf(folder)
  try {
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** Files that were not finished: of a book, an export, what came in on stdin. */
export function leftovers(folder: string): string[] {
  const tmp = path.join(folder, 'tmp')
  return [
    ...readdirSync(folder).filter((name) => name.endsWith('.new')),
    ...(statSync(tmp, { throwIfNoEntry: false }) ? readdirSync(tmp) : []),
  ]
}

/** Nobody but its owner can read any file that the program left. */
export function expectPrivate(folder: string, given: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    const { mode } = statSync(path.join(folder, name))
    if (given.includes(name) || name === 'tmp') continue
    expect([name, mode & 0o077]).toEqual([name, 0])
  }
}

/** The book is sound, by its own examination. */
export async function expectSound(folder: string): Promise<void> {
  const book = openBook(bookIn(folder))
  try {
    expect(await examineBook(book)).toEqual([])
  } finally {
    book.close()
  }
}
