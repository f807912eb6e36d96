import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** By default: quit if it fits, keep colours, leave the text on the screen. */
const LESS = 'FRX'

/**
 * Shows text in a pager, part by part, so that the first can be read while the next is made. Ends
 * when the person leaves the pager.
 * @param command what a shell runs: `less -S`.
 * @returns false if the pager could not be started; nothing was written then.
 */
export async function page(command: string, parts: AsyncIterable<string>): Promise<boolean> {
  const env = { LESS, ...process.env }
  const pager = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env })
  let isOpen = true
  const closed = once(pager, 'close').then(([code]) => {
    isOpen = false
    return code as number | null
  })
  // Leaving the pager early means that the rest is not wanted.
  pager.stdin.on('error', () => (isOpen = false))
  // Ctrl-C is for the pager.
  const ignore = (): void => undefined
  process.on('SIGINT', ignore)
  try {
    for await (const part of parts) {
      if (!isOpen) break
      await new Promise<void>((resolve) => {
        pager.stdin.write(part, () => resolve())
        void closed.then(() => resolve())
      })
    }
    pager.stdin.end()
    return (await closed) !== COMMAND_NOT_FOUND
  } finally {
    process.off('SIGINT', ignore)
  }
}

const COMMAND_NOT_FOUND = 127
