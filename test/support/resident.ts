import { execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('resident.mjs', import.meta.url))
const PART = 1 << 16

/** A command line for the program that is kept running. */
export interface Asked {
  folder: string
  args: string[]
  env: Record<string, string | undefined>
  /** What it reads, in base 64. */
  input: string
}

/** What the command left behind. */
export interface Answered {
  code: number
  out: string
  err: string
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length; done += writeSync(file, bytes, done));
}

/** Starts the built program for many command lines. It ends with this process. */
function start(binary: string): (asked: Asked) => Answered {
  const folder = mkdtempSync(path.join(tmpdir(), 'funnel-resident-'))
  const pipes = [path.join(folder, 'asked'), path.join(folder, 'answered')] as const
  execFileSync('mkfifo', pipes)
  const env = { PATH: process.env.PATH }
  const child = spawn(process.execPath, [PROGRAM, binary, ...pipes], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  child.unref()
  const asked = openSync(pipes[0], 'w')
  const answered = openSync(pipes[1], 'r')
  rmSync(folder, { recursive: true })
  const part = Buffer.alloc(PART)
  const readLine = (): string => {
    const parts: Buffer[] = []
    for (;;) {
      const size = readSync(answered, part, 0, PART, null)
      if (size === 0) throw new Error('the program that is kept running has ended')
      parts.push(Buffer.from(part.subarray(0, size)))
      if (part[size - 1] === 0x0a) return Buffer.concat(parts).toString()
    }
  }
  return (question) => {
    writeAll(asked, `${JSON.stringify(question)}\n`)
    return JSON.parse(readLine()) as Answered
  }
}

let ask: ((asked: Asked) => Answered) | undefined

/**
 * Runs a command line in the built program, which is started for the first one only.
 * @throws Error where that program itself ends.
 */
export function askResident(binary: string, question: Asked): Answered {
  ask ??= start(binary)
  return ask(question)
}

/** A program of its own that is kept running: one command line after another, others at the same time. */
export interface Resident {
  ask: (asked: Asked) => Promise<Answered>
  end: () => void
}

/** Starts the built program in a process of its own, for command lines that are waited for one by one. */
export function startResident(binary: string): Resident {
  const child = fork(PROGRAM, [binary], { env: { PATH: process.env.PATH } })
  return {
    async ask(asked) {
      child.send(asked)
      const [answered] = (await once(child, 'message')) as [Answered]
      return answered
    },
    end: () => void child.kill(),
  }
}
