// Keeps the functions that common commands need in compiled form: see bin/code-cache.js.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { codeFile, compileWithCode } from './bin/code-cache.js'

const root = import.meta.dirname

/** Short commands that are typed often, to be run in the demo's book. */
const COMMON_COMMANDS = [
  ['today'],
  ['report', 'open'],
  ['report', 'closed', '--by', 'owner'],
  ['client', 'list'],
  ['client', 'show', '1'],
  ['deal', 'list'],
  ['deal', 'show', '1'],
  ['find', 'freezers'],
  ['log', 'call', '1', 'asks for an offer'],
  ['deal', 'add', '1', 'A freezer', '--amount', '1000'],
  ['advance', 'a freezer'],
]

function writeCode(chunk, code) {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32LE(zlib.crc32(code))
  writeFileSync(codeFile(chunk), Buffer.concat([checksum, code]))
}

/** Runs the common commands and keeps what is compiled for them. */
async function keepCode() {
  const folder = mkdtempSync(path.join(tmpdir(), 'funnel-build-'))
  const { TMPDIR: _, FUNNEL_BOOK: __, ...rest } = process.env
  const env = { ...rest, TMPDIR: folder, FUNNEL_USER: 'build', XDG_CONFIG_HOME: folder }
  try {
    execFileSync(process.execPath, [path.join(root, 'bin/funnel.js'), 'demo'], {
      env,
      stdio: 'ignore',
    })
    const [demo] = readdirSync(folder)
    const scripts = new Map()
    compileWithCode((file, script) => scripts.set(file, script))
    const { run } = createRequire(import.meta.url)('./dist/main.cjs')
    const nowhere = { write: () => true }
    const io = {
      stdin: process.stdin,
      stdout: nowhere,
      stderr: nowhere,
      env,
      now: () => new Date(),
    }
    for (const words of COMMON_COMMANDS) {
      await run(words, { ...io, cwd: path.join(folder, demo) })
    }
    mkdirSync(path.join(root, 'dist/code'), { recursive: true })
    for (const [file, script] of scripts) writeCode(file, script.createCachedData())
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await keepCode()
