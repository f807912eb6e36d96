import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { desk, type Desk, type Outcome, temporaryFolder } from './funnel.ts'
import { inside, type Inside, runInside } from './inside.ts'

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
  values: { column: string; from: string; to: string; cells: number }[]
  unfit: { property: string; kind: string; cells: number; rows: number[]; sample: string }[]
  left_out: { column: string; cells: number; sample: string }[]
  columns: { header: string; field: string }[]
  notes: string[]
}

/** The note of an import on deals that came without an opening day. */
export function noOpening(deals: number): string {
  const [have, them] = deals === 1 ? ['1 deal has', 'it'] : [`${deals} deals have`, 'them']
  return (
    `${have} no opening day: new deals, cohorts and days to win are counted without ${them} until ` +
    'a later import, or funnel deal edit --opened DAY, gives the day'
  )
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

/** What `--json` wrote of an import that may have failed where nothing of it could be taken. */
function importedOf({ code, out, err }: Outcome, args: readonly string[]): Imported {
  if (out === '') throw new Error(err)
  const done = JSON.parse(out) as Imported
  expectSum(done)
  const isFailed = done.rejected > 0 && done.rejected === done.read && !args.includes('--dry-run')
  expect(code).toBe(isFailed ? 1 : 0)
  return done
}

function lookInto(file: string, sql: string): Record<string, unknown>[] {
  const book = openBook(file)
  try {
    return book.store.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    book.close()
  }
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
    bring: (kind, lines, ...args) =>
      importedOf(made.run('import', kind, save(kind, lines), ...args, '--json'), args),
    attempt: (kind, lines, ...args) => made.run('import', kind, save(kind, lines), ...args),
    look: (sql) => lookInto(made.file('funnel.db'), sql),
  }
}

/** The same inside the test's own process, which is many times as fast. */
export interface ImportsInside extends Inside {
  bring: (kind: string, lines: string[], ...args: string[]) => Promise<Imported>
  attempt: (kind: string, lines: string[], ...args: string[]) => Promise<Outcome>
  json: <T = Record<string, unknown>>(...args: string[]) => Promise<T>
  look: (sql: string) => Record<string, unknown>[]
}

/** A new book inside the test's own process, and files for it. */
export async function importsInside(): Promise<ImportsInside> {
  const made = await inside(temporaryFolder(), 'desk')
  const attempt = (kind: string, lines: string[], ...args: string[]): Promise<Outcome> => {
    made.save(`${kind}.csv`, `${lines.join('\n')}\n`)
    return runInside(made.folder, ['import', kind, `${kind}.csv`, ...args])
  }
  return {
    ...made,
    attempt,
    bring: async (kind, lines, ...args) =>
      importedOf(await attempt(kind, lines, ...args, '--json'), args),
    json: async (...args) => JSON.parse(await made.ok(...args, '--json')) as never,
    look: (sql) => lookInto(path.join(made.folder, 'funnel.db'), sql),
  }
}
