import type { Store } from '../../book/store/store.ts'
import type { DealStatus } from '../../domain/deal-state.ts'

/** The terms of a deal that its client can give. */
interface Inheriting {
  store: Store
  /** What the file has no column for. */
  inherits: ReadonlySet<'owner' | 'source'>
}

interface Terms {
  owner: number | null
  source: number | null
}

const NOTHING: Terms = { owner: null, source: null }

/**
 * The owner and the source that a deal without them gets from its client; null if it has none. An open
 * deal gets none that is retired.
 */
export function clientTerms({ store, inherits }: Inheriting) {
  if (inherits.size === 0) return () => NOTHING
  const one = (field: 'owner' | 'source'): string =>
    inherits.has(field)
      ? `(SELECT id FROM ${field}s WHERE id = ${field}_id AND retired <= :most) AS ${field}`
      : `NULL AS ${field}`
  const terms = store.prepare(
    `SELECT ${one('owner')}, ${one('source')} FROM clients WHERE id = :client`,
  )
  return (client: number, status: DealStatus) =>
    terms.get({ client, most: status === 'open' ? 0 : 1 }) as Terms
}
