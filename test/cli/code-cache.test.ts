import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { expect, it } from 'vitest'
import { BINARY, runIn, temporaryFolder, TODAY } from '../support/funnel.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** The program in a folder of its own, whose compiled code `change` has seen to. */
function installed(change: (codeFolder: string) => void): string {
  const home = temporaryFolder()
  for (const part of ['bin', 'dist']) {
    cpSync(path.join(ROOT, part), path.join(home, part), { recursive: true })
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'))
  change(path.join(home, 'dist/code'))
  return path.join(home, 'bin/funnel.js')
}

function changeEach(folder: string, change: (bytes: Buffer) => Uint8Array): void {
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThan(10)
  for (const name of files) {
    const file = path.join(folder, name)
    writeFileSync(file, change(readFileSync(file)))
  }
}

it('works as well if its compiled code is missing, damaged, cut off, or made for another engine', () => {
  const folder = temporaryFolder()
  runIn(folder, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
  runIn(folder, ['client', 'add', 'Aster'])
  runIn(folder, ['deal', 'add', 'aster', 'Chairs', '--amount', '1200'])
  const report = (...program: string[]) => {
    const env = { HOME: folder, PATH: process.env.PATH, FUNNEL_TODAY: TODAY }
    const words = [...program, 'report', 'open']
    const done = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' })
    return `${done.status} ${done.stdout}${done.stderr}`
  }
  const whole = report(BINARY)
  expect(whole).toMatch(/^0 .*1,200/s)
  const changes = [
    (code: string) => rmSync(code, { recursive: true }),
    (code: string) => changeEach(code, () => Buffer.alloc(0)),
    (code: string) => changeEach(code, (bytes) => bytes.subarray(0, bytes.length / 2)),
    (code: string) =>
      changeEach(code, (bytes) => bytes.map((byte, at) => (at % 97 ? byte : ~byte))),
  ]
  for (const change of changes) expect(report(installed(change))).toBe(whole)
  expect(report('--max-lazy', BINARY)).toBe(whole)
})

it('starts with the code that the build has compiled', () => {
  const script = `
    const vm = require('node:vm')
    const Script = vm.Script
    const seen = []
    vm.Script = function (text, options) {
      const made = new Script(text, options)
      seen.push(options.filename.replace(/.*[/\\\\]|-.*/g, '') + ' ' + made.cachedDataRejected)
      return made
    }
    process.argv = [process.argv[0], ${JSON.stringify(BINARY)}, '--help']
    require(process.argv[1])
    process.on('exit', () => process.stderr.write(seen.join('\\n')))`
  const done = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  expect(done.stdout).toContain('Usage: funnel')
  // Node before 20.15 has no checksum, so none is kept there.
  const isRejected = 'crc32' in zlib ? 'false' : 'undefined'
  expect(done.stderr.split('\n')).toContain(`start ${isRejected}`)
})
