import path from 'node:path'
import type { Readable } from 'node:stream'
import { removeUnfinished } from '../book/files/new-file.ts'
import { Fault } from '../domain/fault.ts'
import { isPast } from './interrupt.ts'
import { lasting } from './output.ts'

/** A place to write to; a terminal says so, and how wide it is. */
export interface Out {
  /** Returns false if it wants no more until it emits `drain`. */
  write(data: string | Uint8Array): unknown
  once?(event: 'drain', listener: () => void): unknown
  /** Has the reader gone away, so that no more is needed? Missing in tests. */
  isGone?: () => boolean
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
}

/** Everything the program sees of the world: passed in, so that a test can pass in another. */
export interface Io {
  stdin: Readable & { isTTY?: boolean | undefined }
  stdout: Out
  stderr: Out
  env: Record<string, string | undefined>
  cwd: string
  /** What starts this program, with absolute paths: node and the launcher. Missing in tests. */
  program?: readonly string[]
  /** The stream under stderr, for what draws on a terminal itself: questions, progress. */
  terminal?: NodeJS.WritableStream
  /** The current moment. */
  now: () => Date
  /** Shows text part by part in a pager; false if that cannot be started. Missing in tests. */
  page?: (command: string, parts: AsyncIterable<string>) => Promise<boolean>
}

/** Where questions and progress are drawn. */
export function terminalOf({ terminal, stderr }: Io): NodeJS.WritableStream {
  return terminal ?? (stderr as unknown as NodeJS.WritableStream)
}

/** What is said if results cannot be written: they may be about a change that was made. */
function outputFailed(error: NodeJS.ErrnoException, stderr: Out): never {
  const why = error.code === 'ENOSPC' ? 'the disk is full' : error.message
  const change = isPast() ? 'the change was made, but what it did' : 'the output'
  removeUnfinished()
  stderr.write(`funnel: ${change} cannot be written: ${why}\n`)
  process.exit(1)
}

/** @throws Fault `usage` if somebody has removed it. */
function workingFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    const what = 'the folder that you are in has been removed'
    throw new Fault('usage', what, 'go to another one: cd ~', error)
  }
}

/** This process's own terminal. If a reader has gone away, what it would have got is not written. */
export function processIo(): Io {
  // There is nobody left to tell, and the command keeps its own exit code.
  const stderr = lasting(process.stderr, () => {})
  const stdout = lasting(process.stdout, (error) => outputFailed(error, stderr))
  return {
    // To open it takes as long as a short query, and few commands read it.
    get stdin() {
      return process.stdin
    },
    stdout,
    stderr,
    terminal: process.stderr,
    env: process.env,
    get cwd() {
      return workingFolder()
    },
    program: [process.execPath, path.resolve(process.argv[1] ?? 'funnel')],
    now: () => new Date(),
    page: async (command, parts) => (await import('./pager.ts')).page(command, parts),
  }
}
