// Tries the import on every spreadsheet in a folder, as a dry run: npm run corpus -- DIR
// Each file must be imported, its rows adding up, or refused with a reason in one line and a hint.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const FUNNEL = fileURLToPath(new URL('../../bin/funnel.js', import.meta.url))
const SPREADSHEETS = /\.(csv|tsv|tab|txt|xls|xlsx|xlsm|xlsb|ods|fods|numbers|xml)$/i
const LONGEST = 10_000

const folder = process.argv[2]
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  process.stderr.write('usage: npm run corpus -- FOLDER\n')
  process.exit(2)
}

const desk = mkdtempSync(path.join(tmpdir(), 'funnel-corpus-'))
const env = { PATH: process.env.PATH, HOME: desk }

function funnel(...args) {
  const options = { cwd: desk, env, encoding: 'utf8', timeout: LONGEST, maxBuffer: 1 << 28 }
  return spawnSync(process.execPath, [FUNNEL, ...args], options)
}

/** What is wrong with how a file was taken; empty where nothing is. */
function fault({ status, signal, stdout, stderr }) {
  if (signal !== null) return `ended by ${signal} after ${LONGEST / 1000} s`
  if (status === 0) {
    const { read, created, updated, unchanged, skipped, rejected } = JSON.parse(stdout)
    const sum = created + updated + unchanged + skipped + rejected
    return read === sum ? '' : `${read} rows read, ${sum} accounted for`
  }
  if (status !== 2) return `exit ${status}: ${stderr}`
  const [reason = '', , ...more] = stderr.trimEnd().split('\n')
  if (!reason.startsWith('funnel: ') || /unexpected|\bat .*:\d+:\d+/.test(stderr)) return stderr
  return more.length > 0 ? `more than a reason and a hint: ${stderr}` : ''
}

/** A line for people: what came of a file. */
function outcome({ status, stdout, stderr }) {
  if (status !== 0) return `refused: ${stderr.split('\n', 1)[0].replace('funnel: ', '')}`
  const { sheet, read, created, updated, unchanged, rejected, columns } = JSON.parse(stdout)
  const known = columns.filter(({ by }) => by !== 'none').length
  const where = sheet === null ? '' : `sheet ${sheet}, `
  return (
    `${where}${read} rows: ${created} created, ${updated + unchanged} known, ` +
    `${rejected} rejected; ${known} of ${columns.length} columns recognised`
  )
}

try {
  funnel('init')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SPREADSHEETS.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .toSorted()
  let faults = 0
  for (const file of files) {
    const begun = Date.now()
    const done = funnel(
      'import',
      'clients',
      path.resolve(file),
      '--create',
      'all',
      '--dry-run',
      '--json',
    )
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    const wrong = fault(done)
    if (wrong !== '') faults += 1
    const mark = wrong === '' ? ' ' : '!'
    process.stdout.write(`${mark} ${path.relative(folder, file)} (${seconds} s): `)
    process.stdout.write(`${wrong === '' ? outcome(done) : wrong}\n`)
  }
  process.stdout.write(`${files.length} files, ${faults} at fault\n`)
  process.exitCode = faults > 0 || files.length === 0 ? 1 : 0
} finally {
  rmSync(desk, { recursive: true })
}
