// Bundles the study, runs it, and puts its tables into docs/FORECAST.md: npm run forecast-study.
// npm run forecast-study 240 5000 only prints that of 240 books made with seeds from 5,000.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const DOCS = fileURLToPath(new URL('../../docs/FORECAST.md', import.meta.url))
/** The part of the document between two remarks of a name. */
const placeOf = (name) => new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)

const BOOKS = 30
const FIRST_SEEDS = [1000, 20_000]

const asked = process.argv.slice(2).map(Number)
const [books = BOOKS, ...seeds] = asked
const folder = mkdtempSync(path.join(tmpdir(), 'funnel-study-'))
try {
  const outfile = path.join(folder, 'study.mjs')
  const entry = fileURLToPath(new URL('all.ts', import.meta.url))
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile })
  const { rivalTable, studyTable } = await import(pathToFileURL(outfile).href)
  const script = fileURLToPath(new URL('rivals.R', import.meta.url))
  const [texts, rivals] = [[], []]
  for (const seed of seeds.length > 0 ? seeds : FIRST_SEEDS) {
    const head = (count) =>
      `${count} books of each size, made with seeds from ${seed.toLocaleString('en')}:`
    texts.push(`${head(books)}\n\n${studyTable(books, seed)}\n`)
    console.log(texts.at(-1))
    // R takes a quarter of an hour for these.
    if (rivals.length > 0) continue
    const some = Math.ceil(books / 3)
    rivals.push(`${head(some)}\n\n${rivalTable(some, seed, script)}\n`)
    console.log(rivals.at(-1))
  }
  if (asked.length === 0) {
    const put = (text, [name, parts]) =>
      text.replace(placeOf(name), (_, open, close) => `${open}\n${parts.join('\n')}\n${close}`)
    const tables = [
      ['study', texts],
      ['rivals', rivals],
    ]
    writeFileSync(DOCS, tables.reduce(put, readFileSync(DOCS, 'utf8')))
    execFileSync('npx', ['oxfmt', DOCS], { stdio: 'ignore' })
  }
} finally {
  rmSync(folder, { recursive: true })
}
