import type { Database } from 'better-sqlite3'
import { isDamage } from './driver.ts'

/** The most lines to list. */
const MOST = 20

/**
 * KiB of pages that are kept while a file is examined: each entry of an index is looked up in its table, in an
 * order of its own. With the usual 2 MB, most of them are read again and again.
 */
const CACHE = 160_000

function linesOf(raw: Database, check: string): string[] {
  const found: string[] = []
  try {
    const lines = raw.prepare(`PRAGMA ${check}(${MOST})`).pluck().iterate()
    for (const line of lines as IterableIterator<string>) if (line !== 'ok') found.push(line)
  } catch (error) {
    // It may give up on a page that cannot be read, after reporting it.
    if (found.length === 0 || !isDamage(error)) throw error
  }
  return found
}

/** What SQLite itself finds wrong with a file, as far as it gets; nothing if it is sound. */
export function damageOf(raw: Database): string[] {
  const usual = raw.pragma('cache_size', { simple: true }) as number
  raw.pragma(`cache_size = -${CACHE}`)
  try {
    return linesOf(raw, 'integrity_check')
  } finally {
    raw.pragma(`cache_size = ${usual}`)
  }
}

/**
 * The same of its pages and rows alone, in a tenth of the time: indexes are not compared with their tables,
 * nor values with their conditions.
 */
export function lossesOf(raw: Database): string[] {
  raw.pragma('ignore_check_constraints = ON')
  try {
    return linesOf(raw, 'quick_check')
  } finally {
    raw.pragma('ignore_check_constraints = OFF')
  }
}

/** Is a line of damage about an index that can be rebuilt from its table? */
export function isOfIndex(line: string): boolean {
  return /(?:missing from|entries in|entry in|of) index /.test(line)
}

/** Pages of a file whose indexes are compared with their tables in a few seconds. */
const QUICKLY_COMPARED = 50_000

/**
 * Is anything wrong with the file? A page that stands in the place of another can be sound in itself: rows that
 * refer to missing ones show it. In a large file neither these nor indexes are looked at.
 */
export function isDamaged(raw: Database): boolean {
  const isSmall = (raw.pragma('page_count', { simple: true }) as number) < QUICKLY_COMPARED
  const check = isSmall ? 'integrity_check' : 'quick_check'
  try {
    if (raw.pragma(`${check}(1)`, { simple: true }) !== 'ok') return true
    return isSmall && orphansOf(raw).length > 0
  } catch (error) {
    if (!isDamage(error)) throw error
    return true
  }
}

/** Rows that refer to missing ones. */
export function orphansOf(raw: Database): string[] {
  const orphans = raw.pragma('foreign_key_check') as {
    table: string
    rowid: number
    parent: string
  }[]
  return orphans
    .slice(0, MOST)
    .map(
      ({ table, rowid, parent }) =>
        `row ${rowid} of ${table} refers to a row of ${parent} that is not there`,
    )
}
