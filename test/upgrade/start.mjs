// Writes fixtures/books/first.sql, a book of the first release. It was made once, and is not to be
// made again: node test/upgrade/start.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Beside the packages, where better-sqlite3 is found.
const folder = mkdtempSync(path.join(root, 'dist/first-book-'))
try {
  const outfile = path.join(folder, 'first-book.mjs')
  await build({
    entryPoints: [path.join(root, 'test/upgrade/first-book.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3'],
    outfile,
  })
  const { dump, firstBook } = await import(pathToFileURL(outfile).href)
  writeFileSync(path.join(root, 'fixtures/books/first.sql'), dump(firstBook()))
} finally {
  rmSync(folder, { recursive: true })
}
