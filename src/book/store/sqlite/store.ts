import type { Database, Statement as BetterStatement } from 'better-sqlite3'
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'
import type { Tables } from '../../schema/index.ts'
import type { Store } from '../store.ts'
import { columnsOf, journaledTables, lastIds, textColumnsOf } from './journal.ts'
import { versionOf } from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { handOver, manyRows } from './many-rows.ts'
import { statementsOf } from './statements.ts'
import { takeTurn } from './turn.ts'

/** Statements kept ready; a command has few, but an import runs them for every row. */
const STATEMENTS_KEPT = 200

/** The database as Kysely uses it, preparing a statement only once. */
function withStatements(raw: Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => raw.close(),
    prepare(sql) {
      const prepared = kept.get(sql)
      if (prepared) return prepared
      const statement = raw.prepare(sql)
      if (kept.size >= STATEMENTS_KEPT) kept.clear()
      kept.set(sql, statement)
      return statement
    },
  }
}

const connections = new WeakMap<Store, Database>()

/** The connection of a SQLite store, for work on its file. */
export function connectionOf(store: Store): Database {
  const raw = connections.get(store)
  if (!raw) throw new TypeError('a store of another kind has no connection of SQLite')
  return raw
}

function brokenReference(raw: Database): { table: string; id: number } | undefined {
  const [orphan] = raw.pragma('foreign_key_check') as { table: string; rowid: number }[]
  return orphan && { table: orphan.table, id: orphan.rowid }
}

/**
 * A store that is a file of SQLite, open by a connection.
 * @param file its name: programs that want to change it queue next to it.
 */
export function sqliteStore(raw: Database, file: string): Store {
  let sequence: BetterStatement | undefined
  const store: Store = {
    db: new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatements(raw) }) }),
    ...statementsOf(raw),
    adding(sql) {
      const insert = raw.prepare(sql)
      return (...bound) => Number(insert.run(...bound).lastInsertRowid)
    },
    stream: (columns, query, bound, take) => handOver(raw, columns, query, bound, take),
    takeTurn: () => takeTurn(raw, file),
    commit: () => void raw.exec('COMMIT'),
    rollback: () => void raw.exec('ROLLBACK'),
    get inTransaction() {
      return raw.inTransaction
    },
    async reading(work) {
      raw.exec('BEGIN')
      try {
        return await work()
      } finally {
        raw.exec('COMMIT')
      }
    },
    isCurrent: () => versionOf(raw) === schemaVersion,
    journaledTables: () => journaledTables(raw),
    columnsOf: (table) => columnsOf(raw, table),
    textColumnsOf: (table) => textColumnsOf(raw, table),
    lastId(table) {
      sequence ??= raw.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck()
      return Number(sequence.get(table) ?? 0)
    },
    lastIds: () => lastIds(raw),
    deferReferences: () => void raw.pragma('defer_foreign_keys = ON'),
    brokenReference: () => brokenReference(raw),
    manyRows: (tables) => manyRows(raw, tables),
    search: async () => (await import('./search/index.ts')).searchOf(raw),
    care: async () => (await import('./care.ts')).careOf(raw),
    close: () => void raw.close(),
  }
  connections.set(store, raw)
  return store
}
