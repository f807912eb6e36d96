import type { Store } from '../../book/store/store.ts'
import { ERASED_NAME } from '../../book/erase/rows.ts'
import { nameWords } from '../../domain/duplicates/name-words.ts'
import { KeyTable } from './key-table.ts'

/** Clients of the book and of the file so far, by names that are alike. */
export interface AlikeNames {
  /** The first client whose name has the same significant words, in any order; null if there is none. */
  find: (name: string) => number | null
  add: (id: number, name: string) => void
}

// Their own names first, then those taken over from clients merged into them; none of erased clients.
const NAMES = `
  SELECT id, name, 0 AS other FROM clients WHERE name_key <> ${ERASED_NAME}
  UNION ALL SELECT client_id, value, 1 FROM client_aliases WHERE kind = 'name'
  ORDER BY other, id`

function keyOf(name: string): string {
  return nameWords(name).toSorted().join(' ')
}

/**
 * Finds clients whose names differ only by legal form, punctuation, accents or the order of words:
 * `Acme, GmbH` and `ACME`. The book is read when it is first asked for, if ever.
 */
export function alikeNames(store: Store): AlikeNames {
  const table = new KeyTable()
  let isRead = false
  const add = (id: number, name: string): void => table.add(keyOf(name), id)
  return {
    add,
    find(name) {
      if (!isRead) {
        const rows = store.prepare(NAMES).iterate()
        for (const { id, name: known } of rows as Iterable<{ id: number; name: string }>) {
          add(id, known)
        }
        isRead = true
      }
      return table.get(keyOf(name)) ?? null
    },
  }
}
