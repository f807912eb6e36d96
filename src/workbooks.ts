import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Fault } from './domain/fault.ts'
import { readWorkbook } from './import/read/parse-workbook.ts'
import {
  lineSplitter,
  rowsLine,
  type WireEnd,
  wireFault,
  type WireRequest,
} from './import/read/wire.ts'
import { damagedWorkbook, tooLarge } from './import/read/zip.ts'

// The process that reads workbooks: src/import/read/reader.ts starts it, asks for one workbook per line, and
// gets its rows back. If a damaged workbook crashes it, the program itself survives.

/** The processor time, in ms, and the memory, in bytes, that are too much; 0 for no limit. */
const limits = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT))

/**
 * Ends the process when it takes too much, or when nobody waits for its rows any more: the reading
 * thread may be busy for ever, and no bound on JavaScript's memory covers buffers.
 */
const WATCHER = `
const { workerData: limits } = require('node:worker_threads')
const parent = process.ppid
setInterval(() => {
  const { user, system } = process.cpuUsage()
  const isLate = limits[0] > 0 && (user + system) / 1000 > limits[0]
  const isLarge = limits[1] > 0 && process.memoryUsage.rss() > limits[1]
  if (isLate || isLarge || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 40)
`

function workedFor(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function say(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

async function answer({ workbook, allowance }: WireRequest): Promise<WireEnd> {
  limits[0] = workedFor() + allowance.time
  limits[1] = allowance.memory * (1 << 20)
  let length = 0
  try {
    const read = await readWorkbook(workbook, async (rows) => {
      const line = JSON.stringify(rowsLine(rows))
      length += line.length
      if (length > allowance.text) throw tooLarge(workbook.name)
      await say(line)
    })
    return { read, memory: process.memoryUsage.rss() }
  } catch (error) {
    const fault = error instanceof Fault ? error : damagedWorkbook(workbook.name, error)
    return { fault: wireFault(fault), memory: process.memoryUsage.rss() }
  } finally {
    limits.fill(0)
  }
}

// Ctrl-C is meant for the program, which ends this process too when it ends.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.stdout.on('error', () => process.exit(1))

new Worker(WATCHER, { eval: true, workerData: limits }).unref()

let last = Promise.resolve()
process.stdin.setEncoding('utf8').on(
  'data',
  lineSplitter((line) => {
    last = last.then(async () => say(JSON.stringify(await answer(JSON.parse(line) as WireRequest))))
  }),
)
