import path from 'node:path'
import type { Readable } from 'node:stream'

/** A place to write to; a terminal says so, and how wide it is. */
interface Out {
  /** Returns false where it would rather be given no more until it says `drain`. */
  write(data: string | Uint8Array): unknown
  once?(event: 'drain', listener: () => void): unknown
  isTTY?: boolean | undefined
  columns?: number | undefined
  rows?: number | undefined
}

/** What the program has of the world: handed in, so that a test can hand in another. */
export interface Io {
  stdin: Readable & { isTTY?: boolean | undefined }
  stdout: Out
  stderr: Out
  env: Record<string, string | undefined>
  cwd: string
  /** What starts this program, with absolute paths: node and the launcher. Missing in tests. */
  program?: readonly string[]
  /** The moment now. */
  now: () => Date
  /** Shows text part by part in a pager; false where that cannot be started. Missing in tests. */
  page?: (command: string, parts: AsyncIterable<string>) => Promise<boolean>
}

/** This process's own terminal. A reader that has gone away ends the program quietly. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      process.stderr.write(`funnel: the output cannot be written: ${error.message}\n`)
      process.exit(1)
    })
  }
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    program: [process.execPath, path.resolve(process.argv[1] ?? 'funnel')],
    now: () => new Date(),
    page: async (command, parts) => (await import('./pager.ts')).page(command, parts),
  }
}
