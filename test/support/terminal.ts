import { readSync } from 'node:fs'
import { type IPty, spawn } from '@lydell/node-pty'
import { onTestFinished } from 'vitest'
import { BINARY, TODAY } from './funnel.ts'

/** A program at a terminal of its own. */
export interface Terminal {
  /** Waits until the screen shows a text; what was typed before is not looked at again. */
  see: (text: string) => Promise<void>
  type: (keys: string) => void
  /** Everything written so far, as it came. */
  written: () => string
  /** The exit code, when it has ended. */
  ended: Promise<number>
}

export const KEY = { enter: '\r', down: '\u001B[B', up: '\u001B[A', interrupt: '\u0003' }

/** How long a text may take to come, in ms. */
const PATIENCE = 20_000

/** What node-pty reads a screen from, which its types leave out. */
interface Reading {
  fd: number
  _socket: NodeJS.ReadableStream
}

const AT_ONCE = 65_536

/**
 * Reads what is left of a screen. A terminal gives some 4,000 bytes at a time, and once its program has ended, Node
 * takes the first of them for the last: a busy machine loses the others.
 */
function onRest(program: IPty, take: (data: Buffer) => void): void {
  const { fd, _socket: socket } = program as unknown as Reading
  socket.prependListener('end', () => {
    const data = Buffer.alloc(AT_ONCE)
    try {
      for (let read = readSync(fd, data); read > 0; read = readSync(fd, data)) {
        take(data.subarray(0, read))
      }
    } catch {
      // The end of a terminal is an error of reading.
    }
  })
}

/** Runs the real binary in a folder at a real pseudo-terminal. */
export function atTerminal(folder: string, args: string[], columns = 80): Terminal {
  const program = spawn(process.execPath, [BINARY, ...args], {
    cwd: folder,
    cols: columns,
    rows: 30,
    // Bytes, as a letter may be in two pieces.
    encoding: null,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      FUNNEL_TODAY: TODAY,
      FUNNEL_USER: 'ann',
      TERM: 'xterm',
    },
  })
  let written = ''
  let seen = 0
  let wake = (): void => undefined
  const decoder = new TextDecoder()
  const take = (data: Buffer): void => {
    written += decoder.decode(data, { stream: true })
    wake()
  }
  program.onData((data) => take(data as unknown as Buffer))
  onRest(program, take)
  const ended = new Promise<number>((resolve) => {
    program.onExit(({ exitCode }) => resolve(exitCode))
  })
  onTestFinished(() => program.kill())

  const see = async (text: string): Promise<void> => {
    const deadline = Date.now() + PATIENCE
    for (;;) {
      const at = written.indexOf(text, seen)
      if (at >= 0) {
        seen = at + text.length
        return
      }
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`the screen never showed “${text}”: ${written.slice(seen)}`)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, Math.min(left, 200))
      })
    }
  }
  return { see, type: (keys) => program.write(keys), written: () => written, ended }
}
