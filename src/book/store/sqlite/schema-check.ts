import type { Database } from 'better-sqlite3'
import { isOwnTable, meddlersIn, meddlerText } from './objects.ts'
import { migrate, versionOf } from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { openInMemory } from './driver.ts'

interface SchemaObject {
  type: string
  name: string
  table: string
  sql: string
}

/** Everything in a schema except what SQLite itself adds, by type and name. */
function objectsOf(raw: Database): Map<string, SchemaObject> {
  const rows = raw
    .prepare(
      `SELECT type, name, tbl_name AS "table", coalesce(sql, '') AS sql FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`,
    )
    .all() as SchemaObject[]
  return new Map(rows.map((row) => [`${row.type} ${row.name}`, row]))
}

let expected: Map<string, SchemaObject> | undefined

/** The schema of a new book. */
function ownObjects(): Map<string, SchemaObject> {
  if (expected) return expected
  const raw = openInMemory()
  try {
    migrate(raw)
    expected = objectsOf(raw)
    return expected
  } finally {
    raw.close()
  }
}

/** Spacing makes no difference to statements. */
const plain = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim()

/** Triggers and indexes of the program that are missing or altered. */
function wrongOf(type: string, found: Map<string, SchemaObject>): SchemaObject[] {
  return [...ownObjects()].flatMap(([key, wanted]) => {
    if (wanted.type !== type) return []
    return isAsMade(found.get(key), wanted) ? [] : [wanted]
  })
}

function isAsMade(there: SchemaObject | undefined, wanted: SchemaObject): boolean {
  return there !== undefined && plain(there.sql) === plain(wanted.sql)
}

/** Harmless foreign objects are listed all the same: funnel does not keep them correct. */
function strangers(found: Map<string, SchemaObject>): SchemaObject[] {
  return [...found]
    .filter(([key]) => !ownObjects().has(key))
    .map(([, object]) => object)
    .filter(({ type, table, name }) => {
      if (type === 'index') return isOwnTable(table)
      return type !== 'trigger' && !isOwnTable(name)
    })
}

function missingOf(type: string, found: Map<string, SchemaObject>): string[] {
  return [...ownObjects()]
    .filter(([key, wanted]) => wanted.type === type && !found.has(key))
    .map(([, { name }]) => `the ${type} ${name} is missing`)
}

/** Those that are missing are not among them. */
function altered(type: string, found: Map<string, SchemaObject>): string[] {
  return wrongOf(type, found)
    .filter(({ name }) => found.has(`${type} ${name}`))
    .map(({ name }) => `the ${type} ${name} is not as funnel makes it`)
}

/** Is a table of the program missing? */
export function lacksTables(raw: Database): boolean {
  return missingOf('table', objectsOf(raw)).length > 0
}

/** Does a book hold exactly what a new one does? */
export function isOwnSchema(raw: Database): boolean {
  const found = objectsOf(raw)
  const own = ownObjects()
  if (found.size !== own.size) return false
  return [...own].every(([key, wanted]) => isAsMade(found.get(key), wanted))
}

/**
 * What makes a book unfit to be restored, as no version of this program wrote it that way. An older schema
 * than today's is not known well enough.
 */
export function alteredIn(raw: Database): string[] {
  if (versionOf(raw) !== schemaVersion) return []
  const found = objectsOf(raw)
  return [...missingOf('table', found), ...altered('trigger', found)]
}

/**
 * Compares the tables, indexes, views and triggers of a book with those of a new one. Missing
 * triggers of the journal are not among them: `checkJournal` names those.
 */
export function schemaFindings(raw: Database): string[] {
  const found = objectsOf(raw)
  const isOfJournal = (line: string): boolean => line.startsWith('the trigger journal_')
  return [
    ...meddlersIn(raw).map(meddlerText),
    ...['trigger', 'table', 'index'].flatMap((type) => altered(type, found)),
    ...missingOf('trigger', found).filter((line) => !isOfJournal(line)),
    ...missingOf('table', found),
    ...missingOf('index', found),
    ...strangers(found).map(({ type, name }) => `the ${type} ${name} is not one of funnel`),
  ]
}

/**
 * Rebuilds the triggers and indexes of the program where they are missing or altered, and removes foreign
 * ones on its tables. None of them contains any data.
 */
export function mendSchema(raw: Database): void {
  const found = objectsOf(raw)
  const foreign = strangers(found).filter(({ type }) => type === 'index')
  for (const { name } of foreign) raw.exec(`DROP INDEX "${name.replaceAll('"', '""')}"`)
  for (const type of ['trigger', 'index']) {
    for (const { name, sql } of wrongOf(type, found)) {
      raw.exec(`DROP ${type} IF EXISTS "${name}"; ${sql}`)
    }
  }
}
