// Bundles the study, runs it, and puts its tables into docs/FORECAST.md: npm run forecast-study.
// npm run forecast-study 240 5000 only prints that of 240 books made with seeds from 5,000.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const DOCS = fileURLToPath(new URL('../../docs/FORECAST.md', import.meta.url))
const PLACE = /(<!-- study -->\n)[\s\S]*?(<!-- \/study -->)/

const BOOKS = 30
const FIRST_SEEDS = [1000, 20_000]

const asked = process.argv.slice(2).map(Number)
const [books = BOOKS, ...seeds] = asked
const folder = mkdtempSync(path.join(tmpdir(), 'funnel-study-'))
try {
  const outfile = path.join(folder, 'study.mjs')
  const entry = fileURLToPath(new URL('study.ts', import.meta.url))
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile })
  const { studyTable } = await import(pathToFileURL(outfile).href)
  const texts = []
  for (const seed of seeds.length > 0 ? seeds : FIRST_SEEDS) {
    const head = `${books} books of each size, made with seeds from ${seed.toLocaleString('en')}:`
    texts.push(`${head}\n\n${studyTable(books, seed)}\n`)
    console.log(texts.at(-1))
  }
  if (asked.length === 0) {
    writeFileSync(
      DOCS,
      readFileSync(DOCS, 'utf8').replace(
        PLACE,
        (_, open, close) => `${open}\n${texts.join('\n')}\n${close}`,
      ),
    )
    execFileSync('npx', ['oxfmt', DOCS], { stdio: 'ignore' })
  }
} finally {
  rmSync(folder, { recursive: true })
}
