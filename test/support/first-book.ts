import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'

const SQL = fileURLToPath(new URL('../../fixtures/books/first.sql', import.meta.url))

/** Puts the book of the first release (`fixtures/books/first.sql`) into a folder. Returns the file. */
export function placeFirstBook(folder: string): string {
  const file = path.join(folder, 'funnel.db')
  writeFileSync(file, '', { mode: 0o600 })
  const raw = new Database(file)
  raw.pragma('journal_mode = WAL')
  raw.exec(readFileSync(SQL, 'utf8'))
  raw.close()
  return file
}

type Rows = Record<string, Record<string, unknown>[]>

/** The rows of every table of a file, in order; those that follow from others are left out. */
export function rowsOf(file: string): Rows {
  const raw = new Database(file, { readonly: true })
  try {
    const names = raw
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table'
         AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' ORDER BY name`,
      )
      .pluck()
      .all() as string[]
    return Object.fromEntries(
      names.map((name) => [name, raw.prepare(`SELECT * FROM ${name}`).all()]),
    ) as Rows
  } finally {
    raw.close()
  }
}
