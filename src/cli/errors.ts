import { existsSync } from 'node:fs'
import path from 'node:path'
import { Fault, type FaultCode } from '../domain/fault.ts'
import { tidyText } from '../domain/name.ts'
import { systemFault, systemReason } from '../domain/system-error.ts'
import type { Io } from './io.ts'

const EXIT_CODES: Record<FaultCode, number> = { failed: 1, usage: 2, 'not-found': 3, book: 4 }

/** Ended by the person at the terminal: Ctrl-C at a prompt. */
const INTERRUPTED = 130

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

/** Thrown for a person's “cancel”: the command ends as with Ctrl-C. */
export const CANCELLED = Object.assign(new Error('cancelled'), { name: 'ExitPromptError' })

/** Is an error one that no code throws on purpose? Those are faults, or have a code, such as SQLite's and Node's. */
export function isAccident(error: unknown): boolean {
  if (!(error instanceof Error) || nameOf(error) === 'ExitPromptError') return false
  if ([TypeError, RangeError, SyntaxError, ReferenceError].some((kind) => error instanceof kind)) {
    return true
  }
  return (error as NodeJS.ErrnoException).code === undefined
}

/** A command line run by this one has ended like that, and has said why. */
export class Ended extends Error {
  readonly code: number

  constructor(code: number) {
    super(`ended with ${code}`)
    this.name = 'Ended'
    this.code = code
  }
}

/** “the disk is full”, if that is why writing failed. */
export function diskFull(error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return 'the disk is full'
  if (code === 'EDQUOT') return 'your share of the disk is full'
  if (code === 'EFBIG') return 'a file may not be that large here'
  return undefined
}

const NOT_WRITABLE: Partial<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
}

/** Why a file cannot be written, for people. */
export function unwritable(error: unknown, file: string): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  const folder = path.dirname(file)
  // With a separator at its end, a path to a file does not exist.
  const isLost = (code === 'ENOENT' || code === 'ENOTDIR') && !existsSync(folder + path.sep)
  if (isLost) return `there is no folder ${folder}`
  return diskFull(error) ?? NOT_WRITABLE[code] ?? systemReason(error) ?? message
}

/**
 * What is written for an error: what and why, then what to type next.
 * @param local writes the days in a text as the book's locale does; what is typed next stays.
 */
function describe(error: unknown, local: (text: string) => string): string {
  if (error instanceof Fault) {
    const hint = error.hint === undefined ? '' : `\n  ${error.hint}`
    // A message may quote a cell of a file.
    return `funnel: ${tidyText(local(error.message + hint))}\n`
  }
  const full = diskFull(error)
  if (full) return `funnel: ${full}; make room and try again\n`
  const message = error instanceof Error ? error.message : String(error)
  return `funnel: unexpected: ${tidyText(message)}\n  FUNNEL_DEBUG=1 shows where it happened\n`
}

/** Writes an error to stderr. Returns the exit code it stands for. */
export function report(
  error: unknown,
  io: Io,
  local: (text: string) => string = (text) => text,
): number {
  if (error instanceof Ended) return error.code
  if (nameOf(error) === 'ExitPromptError') {
    io.stderr.write('cancelled; nothing was changed\n')
    return INTERRUPTED
  }
  const fault = systemFault(error) ?? error
  io.stderr.write(describe(fault, local))
  if (io.env.FUNNEL_DEBUG === '1' && error instanceof Error) io.stderr.write(`${error.stack}\n`)
  return fault instanceof Fault ? EXIT_CODES[fault.code] : 1
}
