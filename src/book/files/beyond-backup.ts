import { statSync } from 'node:fs'
import type { BookFacts } from '../store/kind.ts'
import { hasTable, lookInto } from '../store/look-into.ts'
import type { Statements } from '../store/store.ts'

/** How many of the latest operations to name. */
const NAMED = 5

/** How long to wait for a program that holds the book, in ms. */
const PATIENCE = 1000

const TABLES = ['clients', 'deals', 'interactions', 'tasks', 'invoices', 'payments'] as const

/** What a book has and a backup of it lacks. */
export interface Beyond {
  /** How many operations were done since the backup. */
  operations: number
  /** The rows that they added and that still exist. */
  added: Record<(typeof TABLES)[number], number>
  /** The last of them, newest first. */
  last: { id: number; at: string; summary: string }[]
  /** What left the house since and cannot be taken back, newest first: `invoice 2026-0042 was issued`. */
  final: string[]
}

function finalSince(live: Statements, operation: number): string[] {
  if (!hasTable(live, 'invoices')) return []
  return live
    .prepare('SELECT final_why FROM operations WHERE id > ? AND final = 1 ORDER BY id DESC')
    .pluck()
    .all(operation) as string[]
}

/** True if the book continues the backup: it has the backup's last operation. */
function wentOn(live: Statements, { uid, operation, at }: BookFacts): boolean {
  const own = live.prepare("SELECT value FROM settings WHERE key = 'uid'").pluck().get()
  if (own !== uid) return false
  if (operation === null) return true
  return live.prepare('SELECT at FROM operations WHERE id = ?').pluck().get(operation) === at
}

function addedSince(live: Statements, table: string, operation: number): number {
  if (!hasTable(live, table)) return 0
  const ranges = live
    .prepare(
      `SELECT first_id AS first, last_id AS last FROM operation_inserts
       WHERE operation_id > ? AND table_name = ?`,
    )
    .all(operation, table) as { first: number; last: number }[]
  const count = live.prepare(`SELECT count(*) FROM ${table} WHERE id BETWEEN ? AND ?`).pluck()
  return ranges.reduce((sum, { first, last }) => sum + (count.get(first, last) as number), 0)
}

/**
 * What the book in a file has that its backup, whose facts are given, lacks. The file is only read. Null if
 * that cannot be determined: the book is missing, a different one, unreadable, or has diverged from the
 * backup.
 */
export function beyondBackup(file: string, backup: BookFacts): Beyond | null {
  // Reading a pipe would block.
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null
  let live: ReturnType<typeof lookInto> | undefined
  try {
    live = lookInto(file, PATIENCE)
    if (!wentOn(live, backup)) return null
    const since = backup.operation ?? 0
    const last = live
      .prepare(
        `SELECT id, at, summary FROM operations WHERE id > ? ORDER BY id DESC LIMIT ${NAMED}`,
      )
      .all(since) as Beyond['last']
    const operations = live.prepare('SELECT count(*) FROM operations WHERE id > ?').pluck()
    const book = live
    return {
      operations: operations.get(since) as number,
      added: Object.fromEntries(
        TABLES.map((table) => [table, addedSince(book, table, since)]),
      ) as Beyond['added'],
      last,
      final: finalSince(live, since),
    }
  } catch {
    return null
  } finally {
    live?.close()
  }
}
