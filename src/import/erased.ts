import type { Store } from '../book/store/store.ts'
import { erasedBefore, type KnownBy } from '../book/erase/keys.ts'
import { Fault } from '../domain/fault.ts'

const ROWS_SHOWN = 5

/** Keeps erased clients from coming back with an old file. */
export interface ErasedGuard {
  /** @throws Fault `usage` if the client was erased, unless such clients are to be included. */
  check: (client: KnownBy, row: number) => void
  /** Which rows brought such a client back, because the person asked for it. */
  notes: () => string[]
}

/** @param include are erased clients added again (`--include-erased`)? */
export function erasedGuard(store: Store, include: boolean): ErasedGuard {
  const find = erasedBefore(store)
  const rows: number[] = []
  return {
    check(client, row) {
      const trace = find(client)
      if (trace === null) return
      if (include) {
        rows.push(row)
        return
      }
      const { by, on } = trace
      throw new Fault(
        'usage',
        `a client of this ${by} was erased on ${on} (--include-erased adds it all the same)`,
      )
    },
    notes() {
      if (rows.length === 0) return []
      const more = rows.length > ROWS_SHOWN ? ' …' : ''
      const which = `${rows.length === 1 ? 'row' : 'rows'} ${rows.slice(0, ROWS_SHOWN).join(', ')}${more}`
      const what = rows.length === 1 ? '1 client that was' : `${rows.length} clients that were`
      return [`${what} erased from this book added again (${which})`]
    },
  }
}
