import { spawn } from '@lydell/node-pty'
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

/** Runs the real binary in a folder at a real pseudo-terminal. */
export function atTerminal(folder: string, args: string[], columns = 80): Terminal {
  const program = spawn(process.execPath, [BINARY, ...args], {
    cwd: folder,
    cols: columns,
    rows: 30,
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
  program.onData((data) => {
    written += data
    wake()
  })
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
