import type { Store } from '../book/store/store.ts'
import { Fault } from '../domain/fault.ts'
import { readPhone } from './phones.ts'

interface Row {
  id: number
  value: string
  key: string
}

/** The key of a number as it was written; null if a later rule no longer takes it for one. */
function keyOf(value: string, country: string | null): string | null {
  try {
    return readPhone(value, country).key
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/**
 * Reads every phone number of the book again, as numbers of a country: their keys, by which they are
 * found and recognised, follow from what was written and from where it is dialled. Inside the caller's
 * operation. Returns how many have another key now.
 */
export function readPhonesAgain(store: Store, country: string | null): number {
  const rows = store
    .prepare("SELECT id, value, key FROM contact_points WHERE kind = 'phone' ORDER BY id")
    .iterate() as IterableIterator<Row>
  const changes: { id: number; key: string }[] = []
  for (const { id, value, key } of rows) {
    const now = keyOf(value, country)
    if (now !== null && now !== key) changes.push({ id, key: now })
  }
  const update = store.prepare('UPDATE contact_points SET key = :key WHERE id = :id')
  for (const change of changes) update.run(change)
  return changes.length
}
