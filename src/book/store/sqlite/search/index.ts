import type { Database } from 'better-sqlite3'
import type { Search } from '../../search.ts'
import { candidates } from './candidates.ts'
import { backlog, catchUp, follow, forget } from './catch-up.ts'

/** What `funnel find` looks through, in a file of SQLite. */
export function searchOf(raw: Database): Search {
  return {
    candidates: (place, trigrams, limit, below) => candidates(raw, place, trigrams, limit, below),
    backlog: () => backlog(raw),
    catchUp: () => catchUp(raw),
    follow: () => follow(raw),
    forget: () => forget(raw),
  }
}
