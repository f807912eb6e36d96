import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { desk, type Desk, type Outcome } from './funnel.ts'

/** What `funnel import … --json` writes. */
export interface Imported {
  operation: number | null
  read: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  rejects: { row: number; reason: string }[]
  columns: { header: string; field: string }[]
  notes: string[]
}

/** A desk where spreadsheets come in. */
export interface ImportDesk extends Desk {
  /** Writes lines to a file and imports them; it must succeed, and the sum of rows must hold. */
  bring: (kind: string, lines: string[], ...args: string[]) => Imported
  /** The same, whatever becomes of it. */
  attempt: (kind: string, lines: string[], ...args: string[]) => Outcome
  /** What the book itself holds. */
  look: (sql: string) => Record<string, unknown>[]
}

/** Does every row that was read have one fate? */
export function expectSum(done: Imported): void {
  const { read, created, updated, unchanged, skipped, rejected, rejects } = done
  expect(read).toBe(created + updated + unchanged + skipped + rejected)
  expect(rejects).toHaveLength(rejected)
}

/** A new book, and files for it. */
export function importDesk(): ImportDesk {
  const made = desk()
  const save = (kind: string, lines: string[]): string => {
    writeFileSync(made.file(`${kind}.csv`), `${lines.join('\n')}\n`)
    return `${kind}.csv`
  }
  return {
    ...made,
    bring(kind, lines, ...args) {
      const ended = made.run('import', kind, save(kind, lines), ...args, '--json')
      if (ended.out === '') throw new Error(ended.err)
      const done = JSON.parse(ended.out) as Imported
      expectSum(done)
      // It has failed where nothing of it could be taken.
      const isFailed =
        done.rejected > 0 && done.rejected === done.read && !args.includes('--dry-run')
      expect(ended.code).toBe(isFailed ? 1 : 0)
      return done
    },
    attempt: (kind, lines, ...args) => made.run('import', kind, save(kind, lines), ...args),
    look(sql) {
      const book = openBook(made.file('funnel.db'))
      try {
        return book.raw.prepare(sql).all() as Record<string, unknown>[]
      } finally {
        book.close()
      }
    },
  }
}
