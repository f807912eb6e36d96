import { readFileSync, statSync } from 'node:fs'

/** The byte of a book's shared memory that its writer locks (SQLite's WAL-index format). */
const WRITE_LOCK = 120

/**
 * The bytes of the book itself that are locked for writing without a log, or for exclusive access (SQLite's
 * file format: the pending, reserved and shared bytes at 1 GiB).
 */
const FILE_LOCKS = { from: 0x40_00_00_00, to: 0x40_00_00_00 + 511 }

/** A program that has a book locked. */
interface Holder {
  pid: number
  /** Its name, if the system tells. */
  name: string
  /** Stopped by Ctrl-Z or a debugger: it keeps its locks until it continues. */
  stopped: boolean
}

/** A line of Linux's list of locks: `1: POSIX  ADVISORY  WRITE 13527 fe:00:2187338 120 120`. */
const LOCK = /^\d+: POSIX\s+ADVISORY\s+WRITE (\d+) [\da-f]+:[\da-f]+:(\d+) (\d+)/

function describe(pid: number): Holder {
  try {
    // `13527 (node) T …`; the name may itself contain brackets.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const name = text.slice(text.indexOf('(') + 1, end)
    return { pid, name, stopped: /^[Tt]$/.test(text.slice(end + 2, end + 3)) }
  } catch {
    return { pid, name: '', stopped: false }
  }
}

function inodeOf(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino.toString()
}

/** The program that is writing to a book, if the system tells (Linux); else null. */
export function writerOf(file: string): Holder | null {
  try {
    const [book, memory] = [inodeOf(file), inodeOf(`${file}-shm`)]
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, pid, inode, start] = LOCK.exec(line) ?? []
      const byte = Number(start)
      const holdsLog = inode === memory && byte === WRITE_LOCK
      const holdsFile = inode === book && byte >= FILE_LOCKS.from && byte <= FILE_LOCKS.to
      if (pid !== undefined && (holdsLog || holdsFile)) return describe(Number(pid))
    }
  } catch {
    // Another system, or no permission.
  }
  return null
}
