import { readFileSync, statSync } from 'node:fs'

/** The byte of a book's shared memory that its writer locks (SQLite's WAL-index format). */
const WRITE_LOCK = '120'

/** A program that holds a book. */
interface Holder {
  pid: number
  /** What it is called, as far as the system tells. */
  name: string
  /** Stopped by Ctrl-Z or a debugger: it holds what it has until it goes on. */
  stopped: boolean
}

/** A line of Linux's list of locks: `1: POSIX  ADVISORY  WRITE 13527 fe:00:2187338 120 120`. */
const LOCK = /^\d+: POSIX\s+ADVISORY\s+WRITE (\d+) [\da-f]+:[\da-f]+:(\d+) (\d+) (\w+)/

function describe(pid: number): Holder {
  try {
    // `13527 (node) T …`; the name may hold brackets itself.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const name = text.slice(text.indexOf('(') + 1, end)
    return { pid, name, stopped: /^[Tt]$/.test(text.slice(end + 2, end + 3)) }
  } catch {
    return { pid, name: '', stopped: false }
  }
}

/** The program that is writing to a book, where the system tells (Linux); else null. */
export function writerOf(file: string): Holder | null {
  try {
    const inode = String(statSync(`${file}-shm`).ino)
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, pid, node, start] = LOCK.exec(line) ?? []
      if (node === inode && start === WRITE_LOCK) return describe(Number(pid))
    }
  } catch {
    // Another system, or no right to look.
  }
  return null
}
