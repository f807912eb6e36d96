// Takes protections out, one at a time, and runs the tests that must fail then:
// npm run protections [-- a part of a name or of a test file]. It works in a copy of this folder.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROTECTIONS } from './list.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const [wanted = ''] = process.argv.slice(2)

function copyTo(folder) {
  for (const name of ['bin', 'docs', 'fixtures', 'licences', 'src', 'test']) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  }
  const files = [
    'build.mjs',
    'fonts.mjs',
    'keep-code.mjs',
    'package.json',
    'tsconfig.json',
    'vitest.config.mjs',
  ]
  for (const name of files) {
    cpSync(path.join(ROOT, name), path.join(folder, name))
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
}

/** How many of the tests failed, and of how many. */
function run(folder, test) {
  const file = path.join(folder, 'outcome.json')
  rmSync(file, { force: true })
  execFileSync(process.execPath, ['build.mjs'], { cwd: folder })
  const env = { ...process.env, NO_BUILD: '1', VITEST_JSON: file }
  spawnSync('npx', ['vitest', 'run', test], { cwd: folder, env, stdio: 'ignore' })
  const { numFailedTests, numTotalTests } = JSON.parse(readFileSync(file, 'utf8'))
  return { failed: numFailedTests, of: numTotalTests }
}

/** Does the work while the protection is out. */
function without({ file, cut }, folder, work) {
  const whole = path.join(folder, file)
  const sound = readFileSync(whole, 'utf8')
  const harmed = cut.reduce((text, [from, to]) => text.replace(from, () => to), sound)
  writeFileSync(whole, harmed)
  try {
    return work()
  } finally {
    writeFileSync(whole, sound)
  }
}

const chosen = PROTECTIONS.filter(({ name, test }) => `${name} ${test}`.includes(wanted))
const folder = mkdtempSync(path.join(tmpdir(), 'funnel-protections-'))
try {
  copyTo(folder)
  for (const protection of chosen) {
    const { name, test } = protection
    const { failed, of } = without(protection, folder, () => run(folder, test))
    console.log(`${failed > 0 ? 'missed' : 'NOT MISSED'}: ${name} (${failed} of ${of}, ${test})`)
    if (failed === 0) process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
