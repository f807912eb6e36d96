import { rowsOf } from './first-book.ts'
import type { Desk } from './funnel.ts'

const HISTORY = new Set(['operations', 'operation_inserts', 'journal'])

/** All rows of a book but its history, by table. */
export function contents({ file }: Desk): [table: string, rows: unknown][] {
  return Object.entries(rowsOf(file('funnel.db'))).filter(([table]) => !HISTORY.has(table))
}
