import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ExaminationLine, ExaminationRequest, ReportedFault } from './book/examine-apart.ts'
import { type Check, examineBook } from './book/doctor.ts'
import { openBook } from './book/open.ts'
import { type Verified, verifyFile } from './book/files/verify.ts'
import { toFault } from './book/store/fault.ts'
import type { Examination } from './book/store/kind.ts'
import { Fault } from './domain/fault.ts'

// The process that examines a book for funnel doctor, restore and backup: src/book/examine-apart.ts and
// src/book/files/verify.ts start it, and end it if a check takes too long.

/** Ends the process once nobody waits for it any more: SQLite may be busy for ever. */
const WATCHER = `
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 200)
`

/** How long to wait for a full pipe, in ms. */
const WAIT = 10

/** How much of some bytes the pipe takes now: none while it is full. */
function written(bytes: Uint8Array): number {
  try {
    return writeSync(1, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT)
    return 0
  }
}

/** Written at once, and to its end: what comes next may block everything else in the process. */
function say(line: ExaminationLine | Verified): void {
  let rest = Buffer.from(`${JSON.stringify(line)}\n`)
  while (rest.length > 0) rest = rest.subarray(written(rest))
}

function faultLine(error: unknown, file: string): { fault: ReportedFault } {
  const fault = toFault(error, file)
  const { code, message, hint } =
    fault instanceof Fault ? fault : new Fault('failed', (fault as Error).message)
  return { fault: { code, message, hint } }
}

function verify(file: string, name: string, examination: Examination): Verified {
  try {
    return { facts: verifyFile(file, name, examination) }
  } catch (error) {
    return faultLine(error, name)
  }
}

async function examine(file: string, done: Check[], ofSearch: string[]): Promise<void> {
  try {
    const book = openBook(file, 'keep')
    await examineBook(book, {
      done: new Set(done),
      ofSearch,
      begins: (check) => say({ begins: check }),
      ends: (check, found, search) => say({ ends: check, found, ofSearch: search }),
    })
    book.close()
    say({ whole: true })
  } catch (error) {
    say(faultLine(error, file))
  }
}

new Worker(WATCHER, { eval: true }).unref()
const request = JSON.parse(process.argv[2] ?? '') as ExaminationRequest
if ('name' in request) say(verify(request.file, request.name, request.examination))
else void examine(request.file, request.done, request.ofSearch)
