import type { Day } from '../domain/day.ts'
import type { Store } from '../book/store/store.ts'
import { fingerprint } from '../book/imported.ts'
import type { ImportKind } from './map/fields.ts'

/** A file as the book knows it. */
export interface KnownFile {
  /** Its number. It is written when first asked for, so that a file without news leaves no trace. */
  id: () => number
  /** Forgets a number that a row was the first to ask for, if that row was taken back. */
  takenBack: () => void
}

/**
 * The moment of an import, different for each import of the book: events are told apart by the import
 * that they came with, even if two come within a millisecond or the clock stands still.
 * @param at UTC, ISO text.
 */
export function momentOfImport(store: Store, at: string): string {
  const isTaken = store.prepare('SELECT 1 FROM imports WHERE at = ?')
  let free = at
  while (isTaken.get(free)) free = new Date(Date.parse(free) + 1).toISOString()
  return free
}

/** The file of an import, not yet written. */
export function importFile(
  store: Store,
  plan: { kind: ImportKind; file: string; name: string },
  sheet: string | null,
  { recordedAt, today }: { recordedAt: string; today: Day },
): KnownFile {
  const isThere = store.prepare('SELECT 1 FROM imports WHERE id = ?')
  let id: number | undefined
  return {
    id() {
      id ??= store.adding(
        `INSERT INTO imports (what, file, sheet, sha256, at, day, days_known)
         VALUES (?, ?, ?, ?, ?, ?, 1)`,
      )(plan.kind, plan.name, sheet, fingerprint(plan.file), recordedAt, today)
      return id
    },
    takenBack() {
      if (id !== undefined && !isThere.get(id)) id = undefined
    },
  }
}
