import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import path from 'node:path'
import { execPath } from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../domain/fault.ts'
import { type Allowance, allowanceOf, isLeast } from './allowance.ts'
import { unreadable } from './file.ts'
import type { SheetRead, WorkbookRequest } from './parse-workbook.ts'
import type { RawRow } from './source.ts'
import {
  faultOf,
  lineSplitter,
  rowsOf,
  type WireEnd,
  type WireLine,
  type WireRequest,
} from './wire.ts'

type Child = ChildProcessByStdio<Writable, Readable, null>

/** A sheet with its rows. */
export interface WholeSheet extends SheetRead {
  rows: RawRow[]
}

/** The program that reads workbooks, wherever this one is installed or tested. */
function program(): string {
  for (const folder of ['.', '../../../dist']) {
    const file = fileURLToPath(new URL(`${folder}/workbooks.cjs`, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Fault('failed', 'dist/workbooks.cjs is missing from the installation')
}

/** A process that has taken more memory than this is not kept, in bytes. */
const MOST_KEPT = 200 << 20

/** A process that has read a small workbook, and waits for the next. */
let idle: Child | undefined

/** This program may end meanwhile; the other one then ends by itself. */
function letGo(child: Child): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout]) (stream as Partial<Socket>).unref?.()
}

function hold(child: Child): void {
  child.ref()
  for (const stream of [child.stdin, child.stdout]) (stream as Partial<Socket>).ref?.()
}

function start({ heap }: Allowance): Child {
  const file = program()
  const child = spawn(execPath, [`--max-old-space-size=${heap}`, file], {
    // The folder that the program was started in may be gone.
    cwd: path.dirname(file),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.stdout.setEncoding('utf8')
  child.once('exit', () => {
    if (idle === child) idle = undefined
  })
  // A process that has ended is reported by its end.
  child.stdin.on('error', () => undefined)
  return child
}

function take(allowance: Allowance): Child {
  if (!isLeast(allowance) || idle === undefined) return start(allowance)
  const child = idle
  idle = undefined
  hold(child)
  return child
}

/** Keeps a process for the next workbook, or ends it. @param memory what it has taken, in bytes. */
function leave(child: Child, allowance: Allowance, memory: number): void {
  if (!isLeast(allowance) || memory > MOST_KEPT) {
    child.kill()
    return
  }
  letGo(child)
  idle = child
}

function gaveUp(name: string): Fault {
  const what = `${name} cannot be read: it takes far more time or memory than a sound file of its size`
  const hint = 'open it in a spreadsheet program and save it again, or save the sheet as .csv'
  return new Fault('usage', what, hint)
}

function notStarted(name: string, error: Error): Fault {
  const what = `${name} cannot be read: the program that reads workbooks does not start`
  return new Fault('failed', `${what} (${error.message})`, 'save the sheet as .csv', error)
}

/** Asks for a workbook. Throws if there is no answer. */
function ask(child: Child, request: WireRequest): Promise<{ rows: RawRow[]; end: WireEnd }> {
  const { name } = request.workbook
  return new Promise((resolve, reject) => {
    const rows: RawRow[] = []
    const onPiece = lineSplitter((text) => {
      const line = JSON.parse(text) as WireLine
      if ('rows' in line) {
        for (const row of rowsOf(line.rows)) rows.push(row)
        return
      }
      settle()
      resolve({ rows, end: line })
    })
    const onEnd = (): void => {
      settle()
      reject(gaveUp(name))
    }
    const onError = (error: Error): void => {
      settle()
      reject(notStarted(name, error))
    }
    const settle = (): void => {
      child.stdout.off('data', onPiece)
      child.off('close', onEnd).off('error', onError)
    }
    child.stdout.on('data', onPiece)
    child.on('close', onEnd).on('error', onError)
    child.stdin.write(`${JSON.stringify(request)}\n`)
  })
}

/**
 * Reads a sheet of a workbook in a process of its own, which may fail, fill its memory or never end.
 * @throws Fault `usage` if the file cannot be read, or takes far more than sound ones do.
 */
export async function readApart(workbook: WorkbookRequest): Promise<WholeSheet> {
  const file = path.resolve(workbook.file)
  let allowance: Allowance
  try {
    allowance = allowanceOf(file, workbook.kind)
  } catch (error) {
    throw unreadable(error, workbook.name)
  }
  const child = take(allowance)
  const { rows, end } = await ask(child, { workbook: { ...workbook, file }, allowance })
  leave(child, allowance, end.memory)
  if ('fault' in end) throw faultOf(end.fault)
  return { ...end.read, rows }
}
