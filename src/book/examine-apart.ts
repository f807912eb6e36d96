import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Fault, type FaultCode } from '../domain/fault.ts'
import { counted } from '../domain/text.ts'
import { type Check, examineBook, type Finding } from './doctor.ts'
import type { Book } from './open.ts'
import type { Examination } from './store/kind.ts'

/**
 * What the examining process is asked: doctor's findings, or whether a book is fit to be restored; `name` is
 * what messages call it.
 */
export type ExaminationRequest = { file: string } & (
  | { done: Check[]; ofSearch: string[] }
  | { name: string; examination: Examination }
)

/** A fault as one process reports it to another. */
export interface ReportedFault {
  code: FaultCode
  message: string
  hint?: string | undefined
}

/** What it says, one message per line. */
export type ExaminationLine =
  | { begins: Check }
  | { ends: Check; found: Finding[]; ofSearch: string[] }
  | { fault: ReportedFault }
  | { whole: true }

/** A book up to this size, in bytes, that contains nothing foreign is examined in this process. */
const SMALL = 32 << 20

/** How long a check may take, in seconds: a base, plus an amount for every MiB of the book. */
const LEAST = 8
const PER_MIB = 1

/** The file that the process runs. */
function examinationProgram(): string {
  for (const folder of ['.', '../../dist']) {
    const file = fileURLToPath(new URL(`${folder}/examination.cjs`, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Fault('failed', 'dist/examination.cjs is missing from the installation')
}

interface State {
  file: string
  done: Set<Check>
  ofSearch: string[]
  found: Finding[]
  current: Check
  fault: Fault | null
  whole: boolean
}

function take(state: State, line: ExaminationLine): void {
  if ('begins' in line) state.current = line.begins
  else if ('ends' in line) {
    state.done.add(line.ends)
    for (const finding of line.found) state.found.push(finding)
    state.ofSearch = line.ofSearch
  } else if ('fault' in line) {
    const { code, message, hint } = line.fault
    state.fault = new Fault(code, message, hint)
  } else state.whole = true
}

/**
 * Runs an examination in a process of its own, which is killed when its time is up.
 * @param limit in seconds.
 * @param read takes what it writes, piece by piece; true if its time starts again.
 * @returns whether it took too long.
 */
export function runExamination(
  request: ExaminationRequest,
  limit: number,
  read: (piece: string) => boolean,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(execPath, [examinationProgram(), JSON.stringify(request)], {
      cwd: path.dirname(request.file),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let late = false
    const clock = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, limit * 1000)
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      if (read(piece)) clock.refresh()
    })
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(clock)
      resolve(late)
    })
  })
}

/** Continues an examination in a process of its own. Returns whether a check took too long. */
function goOn(state: State, limit: number): Promise<boolean> {
  const { file, done, ofSearch } = state
  let rest = ''
  return runExamination({ file, done: [...done], ofSearch }, limit, (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(state, JSON.parse(line) as ExaminationLine)
    return lines.length > 0
  })
}

/** How long a check of a book may take, in seconds: the most that sound books of its size need. */
export function usualLimit(file: string): number {
  return LEAST + Math.ceil((statSync(file).size / (1 << 20)) * PER_MIB)
}

async function examineApart(file: string, limit: number): Promise<Finding[]> {
  const state: State = {
    file,
    done: new Set(),
    ofSearch: [],
    found: [],
    current: 'file',
    fault: null,
    whole: false,
  }
  while (!state.whole) {
    const late = await goOn(state, limit)
    if (state.fault) throw state.fault
    if (state.whole) break
    const { current: check } = state
    const message = late
      ? `not finished within ${counted(limit, 'second')}`
      : 'not finished: the process that looked at it broke off'
    state.found.push({ check, message })
    state.done.add(check)
  }
  return state.found
}

/**
 * Examines a book, if necessary in a process of its own: no SQLite statement can be stopped from within, and
 * a foreign book may have tables whose conditions take forever to evaluate.
 * @param limit how long one check may take, in seconds; else what sound books of its size need at most.
 */
export async function examineInTime(book: Book, limit?: number): Promise<Finding[]> {
  const { size } = statSync(book.path)
  const isQuick = limit === undefined && size <= SMALL && (await book.store.care()).isOwnSchema()
  if (isQuick) return examineBook(book)
  return examineApart(path.resolve(book.path), limit ?? usualLimit(book.path))
}
