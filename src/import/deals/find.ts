import type { Database } from 'better-sqlite3'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import { byMadeRef } from '../made-refs.ts'
import type { DealDraft } from './draft.ts'

/** A deal of the book as far as a row can tell of it. */
export interface Known {
  id: number
  status: string
  stage_id: number | null
  amount: number | null
  cost: number | null
  owner_id: number | null
  expected_close: Day | null
  need: string | null
  source_id: number | null
  opened_on: Day
  opened_known: 0 | 1
  closed_on: Day | null
}

/** A row's client and process, as the book numbers them. */
export interface Place {
  client: number
  process: number
}

const COLUMNS = `id, status, stage_id, amount, cost, owner_id, expected_close, need, source_id, opened_on,
  opened_known, closed_on`
const NAMED = `client_id = :client AND title_key = :title AND process_id = :process
  AND (ref IS NULL OR :ref IS NULL) AND id <= :last`
// What a row does not say differs from nothing.
const TOLD_ALIKE = `status = :status
  AND iif(opened_known, coalesce(:opened, opened_on) = opened_on, coalesce(:opened <= opened_on, 1))
  AND (:closed IS NULL OR closed_on = :closed)`
// Only of a deal that came in a file is the opening day one that another file would know. A deal
// that ended before the other began is another.
const NOT_ANOTHER = `(import_id IS NULL OR opened_known = 0 OR coalesce(:opened, opened_on) = opened_on)
  AND coalesce(closed_on >= :opened, 1) AND (opened_known = 0 OR coalesce(opened_on <= :closed, 1))`

/**
 * Recognises the deals that rows tell of: by reference; without one by client, title and process.
 * Many deals may have one title, such as a licence that is renewed every year. Each deal of the book
 * answers for one row of the file: the one that tells the same outcome, opening and closing day, else,
 * if it is the only one left, one that may tell what became of it. Rows that differ in these are
 * different deals; rows that do not are one.
 */
export function dealFinder(raw: Database) {
  const byRef = raw.prepare(`SELECT ${COLUMNS} FROM deals WHERE ref = ?`)
  const byId = raw.prepare(`SELECT ${COLUMNS} FROM deals WHERE id = ?`)
  const ofClient = raw.prepare(`SELECT ${COLUMNS} FROM deals WHERE id = ? AND client_id = ?`)
  const ofNumber = byMadeRef(raw, 'deals')
  const alike = raw
    .prepare(`SELECT id FROM deals WHERE ${NAMED} AND ${TOLD_ALIKE} ORDER BY id`)
    .pluck()
  const others = raw
    .prepare(`SELECT id FROM deals WHERE ${NAMED} AND ${NOT_ANOTHER} ORDER BY id`)
    .pluck()
  /** Deals from here on are the file's own. */
  const last = raw.prepare('SELECT coalesce(max(id), 0) FROM deals').pluck().get() as number
  const rowsOf = new Map<string, number>()
  const taken = new Set<number>()

  /** What tells a row without a reference from others of its title. */
  const tellsApart = (
    { ref, status, opened, closed, title }: DealDraft,
    { client, process }: Place,
  ): string => [client, process, status, opened, closed, ref, nameKey(title)].join('\n')

  /** The first deal, or where it must be the only one that one, which no other row of the file is. */
  const free = (ids: Iterable<unknown>, only: boolean): number | undefined => {
    let found: number | undefined
    for (const id of ids as Iterable<number>) {
      if (taken.has(id)) continue
      if (found !== undefined) return undefined
      found = id
      if (!only) break
    }
    return found
  }

  return {
    /** The deal of the book, or of an earlier row, that a row tells of. */
    find(draft: DealDraft, at: Place): Known | undefined {
      const { ref, status, closed, title } = draft
      // As the book counts it: never after the day it closed.
      const opened =
        draft.opened !== null && closed !== null && draft.opened > closed ? closed : draft.opened
      const titleKey = nameKey(title)
      if (ref !== null) {
        const found = byRef.get(ref) as Known | undefined
        if (found) return found
        const own = ofNumber(ref, titleKey)
        if (own !== null) return ofClient.get(own, at.client) as Known | undefined
      }
      const same = rowsOf.get(tellsApart(draft, at))
      if (same !== undefined) return byId.get(same) as Known | undefined
      const told = { ...at, title: titleKey, ref, last, status, opened, closed }
      const id = free(alike.iterate(told), false) ?? free(others.iterate(told), true)
      return id === undefined ? undefined : (byId.get(id) as Known)
    },
    /** Keeps which deal a row was, once it is written. */
    keep(draft: DealDraft, at: Place, id: number): void {
      taken.add(id)
      if (draft.ref === null) rowsOf.set(tellsApart(draft, at), id)
    },
  }
}
