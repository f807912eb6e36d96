// Which branches of the arithmetic the tests go through: npm run coverage [-- vitest's arguments].
// Tests run functions in their own process and the built program in others; both are counted.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import coverage from 'istanbul-lib-coverage'
import sourceMaps from 'istanbul-lib-source-maps'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FOLDERS = ['domain', 'reports', 'forecast', 'import']
const BAR = 95

const folder = mkdtempSync(path.join(tmpdir(), 'funnel-coverage-'))
function read(file) {
  return coverage.createCoverageMap(JSON.parse(readFileSync(file, 'utf8')))
}

/** What all processes went through, in terms of the sources. */
async function collect() {
  const all = coverage.createCoverageMap({})
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    all.merge(read(path.join(folder, file)))
  }
  return sourceMaps.createSourceMapStore().transformCoverage(all)
}

function percent({ covered, total }) {
  return total === 0 ? 100 : (100 * covered) / total
}

/** Branches gone through and in all, of all files of a folder; and those files with the most left. */
function branchesOf(map, name) {
  const files = map
    .files()
    .filter((file) => path.relative(ROOT, file).startsWith(path.join('src', name, '/')))
    .map((file) => ({ file, branches: map.fileCoverageFor(file).toSummary().branches }))
  const total = files.reduce((sum, { branches }) => sum + branches.total, 0)
  const covered = files.reduce((sum, { branches }) => sum + branches.covered, 0)
  const left = files
    .map(({ file, branches }) => ({
      file: path.relative(ROOT, file),
      left: branches.total - branches.covered,
    }))
    .filter((one) => one.left > 0)
    .toSorted((a, b) => b.left - a.left)
  return { total, covered, left }
}

/** The lines of a file on which a branch was never taken. */
function linesLeft(map, file) {
  const data = map.fileCoverageFor(path.join(ROOT, file)).toJSON()
  const lines = Object.entries(data.b).flatMap(([id, counts]) =>
    counts.flatMap((count, index) =>
      count > 0
        ? []
        : (data.branchMap[id].locations[index].start.line ?? data.branchMap[id].loc.start.line),
    ),
  )
  return [...new Set(lines)].toSorted((a, b) => a - b).join(', ')
}

try {
  const env = { ...process.env, FUNNEL_COVERAGE: folder, NO_BUILD: '1' }
  execFileSync(process.execPath, ['build.mjs'], { cwd: ROOT, env, stdio: 'inherit' })
  const vitest = ['vitest', 'run', ...process.argv.slice(2)]
  const { status } = spawnSync('npx', vitest, { cwd: ROOT, env, stdio: 'inherit' })
  const map = await collect()
  let isShort = false
  for (const name of FOLDERS) {
    const branches = branchesOf(map, name)
    isShort ||= percent(branches) < BAR
    console.log(`src/${name}: ${percent(branches).toFixed(1)}% of ${branches.total} branches`)
    for (const { file, left } of branches.left.slice(0, 12)) {
      console.log(`  ${file}: ${left} left, lines ${linesLeft(map, file)}`)
    }
  }
  process.exitCode = status !== 0 || isShort ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
  execFileSync(process.execPath, ['build.mjs'], { cwd: ROOT, stdio: 'inherit' })
}
