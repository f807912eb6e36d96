import type { Database } from 'better-sqlite3'
import { DERIVED, isOwnTable } from './objects.ts'

/** Tables of the journal itself, and derived ones; the rest is journaled. */
const OWN = new Set([
  'operations',
  'operation_inserts',
  'journal',
  'last_contacts',
  'stays',
  'stay_counts',
])

/** The tables whose rows operations change, as the schema has them now; those of others are not. */
export function journaledTables(raw: Database): string[] {
  const names = raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[]
  return names.filter((name) => isOwnTable(name) && !name.startsWith(DERIVED) && !OWN.has(name))
}

/** A table's columns, in order. */
export function columnsOf(raw: Database, table: string): string[] {
  return raw.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
}

/** Of these, the columns that hold text. */
export function textColumnsOf(raw: Database, table: string): string[] {
  const texts = raw.prepare("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'")
  return texts.pluck().all(table) as string[]
}

const triggerNames = (table: string): string[] => [
  `journal_${table}_update`,
  `journal_${table}_delete`,
]

/** The triggers of the journal that are not there. */
export function missingTriggers(raw: Database): string[] {
  const triggers = new Set(
    raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all(),
  )
  return journaledTables(raw)
    .flatMap(triggerNames)
    .filter((name) => !triggers.has(name))
}

function triggersOf(raw: Database, table: string): string {
  const columns = columnsOf(raw, table)
  const before = columns.map((name) => `'${name}', OLD.${name}`).join(', ')
  const changed = columns.map((name) => `OLD.${name} IS NOT NEW.${name}`).join(' OR ')
  const keep = `INSERT INTO journal (operation_id, table_name, row_id, before)
    VALUES ((SELECT max(id) FROM operations), '${table}', OLD.id, json_object(${before}));`
  return `
    DROP TRIGGER IF EXISTS journal_${table}_update;
    CREATE TRIGGER journal_${table}_update AFTER UPDATE ON ${table} WHEN ${changed}
    BEGIN ${keep} END;
    DROP TRIGGER IF EXISTS journal_${table}_delete;
    CREATE TRIGGER journal_${table}_delete AFTER DELETE ON ${table}
    BEGIN ${keep} END;`
}

/**
 * Makes the triggers that keep a row's earlier values when it is changed or removed. Added rows
 * need none: ids only grow, so an operation's rows are a range (see `operation.ts`). The operation
 * under way is always the newest one, because every change is made in an immediate transaction.
 */
export function installJournal(raw: Database): void {
  for (const table of journaledTables(raw)) raw.exec(triggersOf(raw, table))
}

/** The newest id given out in each journaled table. */
export function lastIds(raw: Database): Map<string, number> {
  const rows = raw.prepare('SELECT name, seq FROM sqlite_sequence').raw().all() as [
    string,
    number,
  ][]
  return new Map(rows.filter(([name]) => isOwnTable(name) && !OWN.has(name)))
}
