import type { Store } from '../book/store/store.ts'
import type { KnownNames } from './map/propose.ts'

/** Names of the book, by which columns that contain them are recognised. */
export function knownNames(store: Store): KnownNames {
  const keys = (table: 'owners' | 'sources' | 'stages'): Set<string> =>
    new Set(store.prepare(`SELECT name_key FROM ${table}`).pluck().all() as string[])
  return { owner: keys('owners'), source: keys('sources'), stage: keys('stages') }
}
