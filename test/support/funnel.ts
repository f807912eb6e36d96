import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { askResident } from './resident.ts'

/** The program as a person starts it. */
export const BINARY = fileURLToPath(new URL('../../bin/funnel.js', import.meta.url))

/** The day that tests are lived on. */
export const TODAY = '2026-11-23'

/** What a command left behind. */
export interface Outcome {
  code: number | null
  out: string
  err: string
}

/** How a command is run. */
export interface RunOptions {
  env?: Record<string, string>
  input?: string | Buffer
  /** Without root's power to read and write everything; as anybody else it changes nothing. */
  unprivileged?: boolean
  /** Words put before the command line, such as those that set a mask. */
  before?: string[]
  /** A process for each command, as `runIn` has it: where starting and ending one matters. */
  apart?: boolean
}

const DROP_POWERS = ['setpriv', '--bounding-set=-all', '--inh-caps=-all']

/** A folder that the caller takes away. */
export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'funnel-test-'))
}

/** A folder of its own for a test, gone when it ends. */
export function temporaryFolder(): string {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function environment(folder: string, options: RunOptions): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    FUNNEL_TODAY: TODAY,
    FUNNEL_USER: 'ann',
    ...options.env,
  }
}

/** Runs the real binary in a folder, as from a script: no terminal, no HOME but the folder. */
export function runIn(folder: string, args: string[], options: RunOptions = {}): Outcome {
  const drop = options.unprivileged && process.getuid?.() === 0 ? DROP_POWERS : []
  const [command = '', ...words] = [
    ...drop,
    ...(options.before ?? []),
    process.execPath,
    BINARY,
    ...args,
  ]
  const done = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    input: options.input ?? '',
    env: environment(folder, options),
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

/** The same in the built program that is kept running, which is many times as fast. */
function runKept(folder: string, args: string[], options: RunOptions): Outcome {
  const input = Buffer.from(options.input ?? '').toString('base64')
  return askResident(BINARY, { folder, args, env: environment(folder, options), input })
}

/** A folder with a book in it, and commands run there. */
export interface Desk {
  folder: string
  file: (name: string) => string
  /** Runs a command, whatever becomes of it. */
  run: (...args: string[]) => Outcome
  /** Runs a command that must succeed. Returns what it wrote. */
  ok: (...args: string[]) => string
  /** Runs a command that must succeed, with `--json`. */
  json: <T = Record<string, unknown>>(...args: string[]) => T
}

/** A folder without a book: a new one, gone when the test ends, or the one given. */
export function emptyDesk(options: RunOptions = {}, folder = temporaryFolder()): Desk {
  const isApart = options.apart ?? options.unprivileged ?? options.before !== undefined
  const runs = isApart ? runIn : runKept
  const run = (...args: string[]): Outcome => runs(folder, args, options)
  const ok = (...args: string[]): string => {
    const { code, out, err } = run(...args)
    if (code !== 0) throw new Error(`funnel ${args.join(' ')} ended with ${code}: ${err}${out}`)
    return out
  }
  return {
    folder,
    file: (name) => path.join(folder, name),
    run,
    ok,
    json: (...args) => JSON.parse(ok(...args, '--json')) as never,
  }
}

/** A new folder with a new book in euros and UTC. */
export function desk(options: RunOptions = {}, folder = temporaryFolder()): Desk {
  const made = emptyDesk(options, folder)
  made.ok('init', '--currency', 'EUR', '--timezone', 'UTC')
  return made
}
