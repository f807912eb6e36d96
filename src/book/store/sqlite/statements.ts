import type { Database } from 'better-sqlite3'
import type { Statement, Statements } from '../store.ts'
import { openForReading } from './driver.ts'

/** The statements of an open file. */
export function statementsOf(raw: Database): Statements {
  return {
    prepare: (sql): Statement => raw.prepare(sql),
    exec: (sql) => void raw.exec(sql),
  }
}

/**
 * Opens the file of a book read-only, hardly waiting.
 * @param patience how long to wait for another program, in milliseconds.
 * @throws whatever SQLite says where that cannot be done.
 */
export function lookInto(file: string, patience: number): Statements & { close: () => void } {
  const raw = openForReading(file, patience)
  return { ...statementsOf(raw), close: () => void raw.close() }
}

/** Does a book have a table? One that an older version wrote may lack some. */
export function hasTable(store: Statements, name: string): boolean {
  const found = store.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
  return found.get(name) !== undefined
}
