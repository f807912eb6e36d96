import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { Fault } from '../domain/fault.ts'
import type { Book } from './open.ts'

const CHUNK = 1_048_576

/** SHA-256 of a file, read piece by piece. */
export function fingerprint(file: string): string {
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

/**
 * Refuses to overwrite a file that this book was imported from, if unchanged: it may be the only copy.
 * @throws Fault `usage` if the file is one of those.
 */
export function requireNotImported({ store }: Book, file: string): void {
  const imports = store.prepare('SELECT sha256 FROM imports WHERE file = ?').pluck()
  const fingerprints = imports.all(path.basename(file))
  if (fingerprints.length === 0 || !statSync(file, { throwIfNoEntry: false })?.isFile()) return
  if (!fingerprints.includes(fingerprint(file))) return
  const what = `${file} is a file that was imported, and would be lost`
  throw new Fault('usage', what, 'name another file, or remove that one first')
}
