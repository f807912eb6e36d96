import { Readable } from 'node:stream'
import { expect } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/main.ts'
import { TODAY } from './funnel.ts'

/** What a command that must succeed writes on a terminal of a given width, run in this process. */
export async function onTerminal(
  { folder }: { folder: string },
  args: string[],
  columns: number,
  env: Record<string, string> = {},
): Promise<string> {
  let text = ''
  let err = ''
  const io: Io = {
    stdin: Readable.from([]),
    stdout: { write: (part) => (text += String(part)), isTTY: true, columns },
    stderr: { write: (part) => (err += String(part)) },
    env: { FUNNEL_TODAY: TODAY, ...env },
    cwd: folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  }
  expect({ code: await run(args, io), err }).toEqual({ code: 0, err: '' })
  return text
}
