import type { Database } from 'better-sqlite3'
import { indexText } from '../../../../domain/trigrams.ts'
import { isOutOfReach } from '../driver.ts'
import { DOCUMENTS, type DocumentKind, indexOf, SEARCHED, textsSql } from './documents.ts'

/** How long a search waits for another program that is writing, in milliseconds. */
const PATIENCE = 250

/** Everything whose changes are followed: the tables, and the journal of what changed in them. */
const FOLLOWED = [...SEARCHED, 'journal']

const NAMES = FOLLOWED.map((name) => `'${name}'`).join(', ')

/** How many rows have been added, changed or removed since the indexes were last brought up to date. */
export function backlog(raw: Database): number {
  return raw
    .prepare(
      `SELECT coalesce(sum(s.seq - coalesce(p.last_id, 0)), 0) FROM sqlite_sequence AS s
       LEFT JOIN search_progress AS p ON p.table_name = s.name
       WHERE s.name IN (${NAMES}) AND s.seq > coalesce(p.last_id, 0)`,
    )
    .pluck()
    .get() as number
}

/**
 * Collects the records whose text may have changed, among those that are in the index: changed,
 * removed or put back by the journal, or with new details.
 */
function collectChanged(raw: Database, { table, parts }: DocumentKind, last: LastIds): void {
  // A plus makes SQLite use the rows' numbers; it would have to read other indexes in full.
  const journal = (name: string, what: string): string =>
    `SELECT ${what} FROM journal WHERE id > ${last('journal')} AND +table_name = '${name}'`
  const add = (ids: string): void => {
    raw.exec(`INSERT OR IGNORE INTO temp.search_changed
      SELECT id FROM (${ids}) WHERE +id <= ${last(table)}`)
  }
  raw.exec('DELETE FROM temp.search_changed')
  add(journal(table, 'row_id AS id'))
  for (const { table: part, owner } of parts) {
    add(`SELECT ${owner} AS id FROM ${part} WHERE id > ${last(part)}`)
    add(journal(part, `before ->> '${owner}' AS id`))
    add(`SELECT ${owner} AS id FROM ${part} WHERE id IN (${journal(part, 'row_id')})`)
  }
}

function insertSql(kind: DocumentKind): string {
  const { table, columns, where } = kind
  const texts = textsSql(kind)
  return `INSERT INTO ${indexOf(kind)} (rowid, ${Object.keys(columns).join(', ')})
    SELECT r.id, ${texts} FROM ${table} AS r WHERE ${where}`
}

function update(raw: Database, kind: DocumentKind, last: LastIds): void {
  collectChanged(raw, kind, last)
  raw.exec(`DELETE FROM ${indexOf(kind)} WHERE rowid IN (SELECT id FROM temp.search_changed);
    ${insertSql(kind)} AND r.id IN (SELECT id FROM temp.search_changed);
    ${insertSql(kind)} AND r.id > ${last(kind.table)}`)
}

/** Up to which number the rows of a table have been read. */
type LastIds = (table: string) => number

function lastRead(raw: Database): LastIds {
  const rows = raw.prepare('SELECT table_name, last_id FROM search_progress').raw().all()
  const readTo = new Map(rows as [string, number][])
  return (table) => readTo.get(table) ?? 0
}

/** Lets SQL turn text into index entries. */
function teachIndexText(raw: Database): void {
  raw.function('index_text', { deterministic: true, directOnly: true }, (text) =>
    indexText(String(text)),
  )
}

/** Brings the indexes up to date, inside the current transaction. */
export function follow(raw: Database): void {
  teachIndexText(raw)
  raw.exec('CREATE TEMP TABLE IF NOT EXISTS search_changed (id INTEGER PRIMARY KEY)')
  const last = lastRead(raw)
  for (const kind of DOCUMENTS) update(raw, kind, last)
  raw.exec(`INSERT OR REPLACE INTO search_progress
    SELECT name, seq FROM sqlite_sequence WHERE name IN (${NAMES})`)
}

/**
 * Does work on the indexes in a transaction, hardly waiting for others.
 * @returns its result; null if the book cannot be written to now, and nothing was done.
 */
export function whereWritable<T>(raw: Database, work: () => T): T | null {
  const patience = raw.pragma('busy_timeout', { simple: true }) as number
  raw.pragma(`busy_timeout = ${PATIENCE}`)
  try {
    return raw.transaction(work).immediate()
  } catch (error) {
    if (isOutOfReach(error)) return null
    throw error
  } finally {
    raw.pragma(`busy_timeout = ${patience}`)
  }
}

/**
 * Brings the indexes that `funnel find` uses up to date: reads the rows added since, which are those
 * with higher numbers, and the rows that the journal says have changed.
 * @returns false if the book cannot be written to now: the indexes are then as they were.
 */
export function catchUp(raw: Database): boolean {
  return whereWritable(raw, () => (follow(raw), true)) ?? false
}

/** Also removes from storage what was removed from the indexes, which otherwise happens later. */
export function forget(raw: Database): void {
  for (const kind of DOCUMENTS) {
    raw.exec(`INSERT INTO ${indexOf(kind)} (${indexOf(kind)}) VALUES ('optimize')`)
  }
}
