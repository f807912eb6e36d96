import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { run } from '../../src/main.ts'
import { type Outcome, TODAY } from './funnel.ts'

/** How a command is run in this process. */
export interface InsideOptions {
  env?: Record<string, string>
  input?: string | Buffer
  /** Is stdout a terminal, and of which width? */
  columns?: number
}

/** What a command left behind, its output to the byte. */
export interface InsideOutcome extends Outcome {
  bytes: Buffer
}

/** Runs a command inside the test's own process: as the binary does, many times as fast. */
export async function runInside(
  folder: string,
  argv: string[],
  { env, input, columns }: InsideOptions = {},
): Promise<InsideOutcome> {
  const out: Buffer[] = []
  let err = ''
  const terminal = columns === undefined ? {} : { isTTY: true, columns, rows: 1000 }
  const code = await run(argv, {
    stdin: Readable.from(input === undefined ? [] : [input]),
    stdout: { write: (data) => out.push(Buffer.from(data as string)), ...terminal },
    stderr: { write: (text) => (err += String(text)) },
    env: { HOME: folder, FUNNEL_TODAY: TODAY, FUNNEL_USER: 'ann', ...env },
    cwd: folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  })
  const bytes = Buffer.concat(out)
  return { code, out: bytes.toString(), err, bytes }
}

/** Commands run inside the test's own process, in a folder with a book. */
export interface Inside {
  folder: string
  save: (name: string, data: string | Uint8Array) => void
  /** Runs a command that must succeed. Returns what it wrote. */
  ok: (...args: string[]) => Promise<string>
}

/** A new book in a folder below another one. */
export async function inside(parent: string, name: string): Promise<Inside> {
  const folder = path.join(parent, name)
  mkdirSync(folder, { recursive: true })
  const ok = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await runInside(folder, args)
    if (code !== 0) throw new Error(`funnel ${args.join(' ')} ended with ${code}: ${err}`)
    return out
  }
  await ok('init', '--currency', 'EUR', '--timezone', 'UTC')
  return { folder, ok, save: (file, data) => writeFileSync(path.join(folder, file), data) }
}
