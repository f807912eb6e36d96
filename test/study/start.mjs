// Bundles the study, runs it, and puts its table into docs/FORECAST.md: npm run forecast-study.
// npm run forecast-study 30 5000 only prints that of 30 books made with seeds from 5,000.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const DOCS = fileURLToPath(new URL('../../docs/FORECAST.md', import.meta.url))
const PLACE = /(<!-- study -->\n)[\s\S]*?(<!-- \/study -->)/

const [books = 240, firstSeed = 1000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(path.join(tmpdir(), 'funnel-study-'))
try {
  const outfile = path.join(folder, 'study.mjs')
  const entry = fileURLToPath(new URL('study.ts', import.meta.url))
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile })
  const { studyTable } = await import(pathToFileURL(outfile).href)
  const table = studyTable(books, firstSeed)
  console.log(table)
  if (process.argv.length === 2) {
    const text = `Mean of ${books} books of each size.\n\n${table}\n`
    writeFileSync(
      DOCS,
      readFileSync(DOCS, 'utf8').replace(PLACE, (_, open, close) => `${open}\n${text}\n${close}`),
    )
    execFileSync('npx', ['oxfmt', DOCS], { stdio: 'ignore' })
  }
} finally {
  rmSync(folder, { recursive: true })
}
