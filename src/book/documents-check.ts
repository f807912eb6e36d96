import { createHash } from 'node:crypto'
import type { Statements } from './store/store.ts'

interface Kept {
  id: number
  name: string
  sha256: string
  size: number
  body: string
}

/** How many to name; more would add nothing. */
const MOST_NAMED = 20

/** Files that were sent and are not in the book as they were, a line each. */
export function wrongDocuments(store: Statements): string[] {
  const found: string[] = []
  const kept = store.prepare('SELECT id, name, sha256, size, body FROM documents ORDER BY id')
  // One at a time: together they may be larger than memory.
  for (const { id, name, sha256, size, body } of kept.iterate() as IterableIterator<Kept>) {
    const bytes = Buffer.from(body, 'base64')
    const own = createHash('sha256').update(bytes).digest('hex')
    if (own === sha256 && bytes.length === size) continue
    found.push(`document ${id} (${name}): it is not the file that was sent`)
    if (found.length === MOST_NAMED) break
  }
  return found
}
