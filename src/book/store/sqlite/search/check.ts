import type { Database } from 'better-sqlite3'
import { counted } from '../../../../domain/text.ts'
import { follow, whereWritable } from './catch-up.ts'
import { DOCUMENTS, type DocumentKind, indexOf, textsSql } from './documents.ts'

/** Is a line of SQLite's own check about one of the indexes of `funnel find`? */
export function isAboutSearch(line: string): boolean {
  return line.includes('search_')
}

/** How many trigrams a text has. */
function trigramCount(text: string): number {
  return Math.max(0, Array.from(text).length - 2)
}

/** The numbers in an entry of FTS5's table of sizes: one for each column, in groups of seven bits. */
function sizesIn(bytes: Buffer): number[] {
  const sizes: number[] = []
  let size = 0
  for (const byte of bytes) {
    size = size * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    sizes.push(size)
    size = 0
  }
  return sizes
}

/** How many records of a kind the index lacks, has needlessly, or has with different text. */
function outOfStep(raw: Database, kind: DocumentKind): number {
  const index = indexOf(kind)
  let wrong = raw
    .prepare(
      `SELECT count(*) FROM ${index}_docsize
       WHERE id NOT IN (SELECT r.id FROM ${kind.table} AS r WHERE ${kind.where})`,
    )
    .pluck()
    .get() as number
  const rows = raw
    .prepare(
      `SELECT s.sz, ${textsSql(kind)} FROM ${kind.table} AS r
       LEFT JOIN ${index}_docsize AS s ON s.id = r.id WHERE ${kind.where}`,
    )
    .raw()
    .iterate() as IterableIterator<[Buffer | null, ...string[]]>
  for (const [sizes, ...values] of rows) {
    const indexed = sizes === null ? [] : sizesIn(sizes)
    if (values.some((text, column) => indexed[column] !== trigramCount(text))) wrong += 1
  }
  return wrong
}

/** Rebuilds an index, as empty as in a new book; the next `follow` fills it. */
function remake(raw: Database, kind: DocumentKind): void {
  const index = indexOf(kind)
  const sql = raw.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(index)
  raw.exec(`DROP TABLE ${index}; ${String(sql)}`)
  raw.prepare('DELETE FROM search_progress WHERE table_name = ?').run(kind.table)
}

/**
 * Compares the indexes of `funnel find` with the records, which it brings up to date before, and
 * rebuilds those that are damaged or out of step.
 * @param damage what SQLite's own check says about them.
 * @returns what was wrong.
 */
export function checkSearch(raw: Database, damage: readonly string[]): string[] {
  const check = (): string[] => {
    const damaged = DOCUMENTS.filter((kind) => damage.some((line) => line.includes(indexOf(kind))))
    for (const kind of damaged) remake(raw, kind)
    follow(raw)
    const wrong = DOCUMENTS.flatMap((kind) => {
      const count = outOfStep(raw, kind)
      return count === 0 ? [] : [{ kind, count }]
    })
    for (const { kind } of wrong) remake(raw, kind)
    if (wrong.length > 0) follow(raw)
    return [
      ...damaged.map(({ table }) => `the index of ${table} was damaged`),
      ...wrong.map(
        ({ kind, count }) =>
          `the index of ${kind.table} was out of step with ${counted(count, 'record')}`,
      ),
    ].map((what) => `${what}; it has been rebuilt`)
  }
  // What cannot be written to now is compared another time; damage is visible in any case.
  return whereWritable(raw, check) ?? [...damage]
}
