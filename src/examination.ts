import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { ExaminationLine, ExaminationRequest } from './book/examine-apart.ts'
import { examineBook } from './book/doctor.ts'
import { openBook } from './book/open.ts'
import { toFault } from './book/store/fault.ts'
import { Fault } from './domain/fault.ts'

// The process that examines a book for funnel doctor: src/book/examine-apart.ts starts it, and ends it
// where a check takes too long.

/** Ends the process when nobody is there any more who waits for it: SQLite may be busy for ever. */
const WATCHER = `
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 200)
`

/** Written at once: what comes next may keep the process from anything else. */
function say(line: ExaminationLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

async function examine({ file, done, ofSearch }: ExaminationRequest): Promise<void> {
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
    const fault = toFault(error, file)
    const { code, message, hint } =
      fault instanceof Fault ? fault : new Fault('failed', (fault as Error).message)
    say({ fault: { code, message, hint } })
  }
}

new Worker(WATCHER, { eval: true }).unref()
void examine(JSON.parse(process.argv[2] ?? '') as ExaminationRequest)
