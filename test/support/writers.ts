import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const SCRIPT = fileURLToPath(new URL('writer.mjs', import.meta.url))

/** Processes that add clients to a book as fast as they can. */
export interface Writers {
  /** The clients that have been added so far, as far as the writers have said so. */
  added: () => string[]
  /** Waits until each of them has added so many more. */
  more: (count: number) => Promise<void>
  /** Ends them; each finishes the command that it is at. */
  stop: () => Promise<void>
}

/** Starts processes that write to a book. */
export function startWriters(book: string, count: number): Writers {
  const said: string[][] = []
  const children: ChildProcessWithoutNullStreams[] = []
  let failure = ''
  for (let index = 0; index < count; index += 1) {
    const lines: string[] = []
    said.push(lines)
    const child = spawn(process.execPath, [SCRIPT, book, `writer${index}`])
    let rest = ''
    child.stdout.on('data', (part: Buffer) => {
      const parts = (rest + part.toString()).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
    })
    child.stderr.on('data', (part: Buffer) => (failure += part.toString()))
    children.push(child)
    onTestFinished(() => void child.kill())
  }
  return {
    added: () => said.flat(),
    async more(wanted) {
      const goals = said.map((lines) => lines.length + wanted)
      while (said.some((lines, index) => lines.length < (goals[index] ?? 0))) {
        if (failure !== '') throw new Error(failure)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    async stop() {
      const ended = children.map((child) => once(child, 'close'))
      for (const child of children) child.stdin.end()
      await Promise.all(ended)
      if (failure !== '') throw new Error(failure)
    },
  }
}
