import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { ImportKind } from './map/fields.ts'

const CHUNK = 1_048_576

/** SHA-256 of a file, read piece by piece. */
function fingerprint(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(CHUNK)
  const descriptor = openSync(file, 'r')
  try {
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
      hash.update(piece.subarray(0, read))
    }
  } finally {
    closeSync(descriptor)
  }
  return hash.digest('hex')
}

/** A file as the book knows it. */
export interface KnownFile {
  /** Its number. It is written down when first asked for, so that a file without news leaves no trace. */
  id: () => number
  /** Forgets a number that a row was the first to ask for, where that row was taken back. */
  takenBack: () => void
}

/** The file of an import, not yet written down. */
export function importFile(
  raw: Database,
  plan: { kind: ImportKind; file: string; name: string },
  sheet: string | null,
  at: string,
): KnownFile {
  const isThere = raw.prepare('SELECT 1 FROM imports WHERE id = ?')
  let id: number | undefined
  return {
    id() {
      id ??= Number(
        raw
          .prepare('INSERT INTO imports (what, file, sheet, sha256, at) VALUES (?, ?, ?, ?, ?)')
          .run(plan.kind, plan.name, sheet, fingerprint(plan.file), at).lastInsertRowid,
      )
      return id
    },
    takenBack() {
      if (id !== undefined && !isThere.get(id)) id = undefined
    },
  }
}
