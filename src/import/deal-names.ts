import { unindexed } from '../book/store/sql.ts'
import type { Store } from '../book/store/store.ts'
import type { ProcessKind } from '../book/schema/processes.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import { byMadeRef } from './made-refs.ts'
import { nearestNames } from './names.ts'
import { titledDeals } from './titled-deals.ts'

/** How a row names the deal that it belongs to. */
export interface DealName {
  ref: string | null
  title: string | null
}

/** A deal that a row names, and where it stands. */
export interface NamedDeal {
  id: number
  client_id: number
  title: string
  closed_on: Day | null
  stage_id: number | null
  stage_since: Day
  process_id: number
  process: string
  kind: ProcessKind
}

const DEALS = `SELECT d.id, d.client_id, d.title, d.closed_on, d.stage_id, d.stage_since,
    p.id AS process_id, p.name AS process, p.kind
  FROM deals d JOIN processes p ON p.id = d.process_id`

/** How many deals before and after an unknown one, in alphabetical order, are searched for the nearest. */
const NEIGHBOURS = 25

/**
 * Names of deals near an unknown one, to be added to a message; empty if there are none.
 * `either` is for a column that may contain references or titles.
 */
export function nearestDeals(store: Store) {
  // With the client in a condition of its own, only that client's deals are read.
  const neighbourQuery = (name: string, key: string, sign: string, order: string, whose: string) =>
    store
      .prepare(
        `SELECT ${name} FROM deals WHERE ${key} ${sign} :key ${whose}
         ORDER BY ${key} ${order} LIMIT ${NEIGHBOURS}`,
      )
      .pluck()
  const around = (name: string, key: string, whose: string) => [
    neighbourQuery(name, key, '<', 'DESC', whose),
    neighbourQuery(name, key, '>', 'ASC', whose),
  ]
  const own = 'AND client_id = :client'
  const ofAll = { title: around('title', 'title_key', ''), ref: around('ref', 'ref', '') }
  const ofClient = {
    title: around('title', unindexed('title_key'), own),
    ref: around('ref', unindexed('ref'), own),
  }
  const neighbours = (by: 'title' | 'ref', text: string, client: number | null): string[] => {
    const key = by === 'title' ? nameKey(text) : text
    const sides = client === null ? ofAll[by] : ofClient[by]
    const given = client === null ? { key } : { key, client }
    return sides.flatMap((side) => side.all(given) as string[])
  }
  return (by: 'title' | 'ref' | 'either', text: string, client: number | null): string => {
    const names =
      by === 'either'
        ? [...neighbours('title', text, client), ...neighbours('ref', text, client)]
        : neighbours(by, text, client)
    return nearestNames([...new Set(names)], text)
  }
}

/**
 * Finds the deals that rows name: by reference, then by title among the client's deals, or among all
 * if the row names no client. A title does not lead to a deal with another reference.
 */
export function dealNames(store: Store) {
  const byRef = store.prepare(`${DEALS} WHERE d.ref = ?`)
  const byId = store.prepare(`${DEALS} WHERE d.id = ?`)
  const byTitle = titledDeals(store)
  const ofNumber = byMadeRef(store, 'deals')
  const near = nearestDeals(store)

  /** @throws Fault `usage` if none matches, or two have the title. */
  return ({ ref, title }: DealName, client: () => number | null): NamedDeal | null => {
    const given = title ?? ref
    if (given === null) return null
    const found = ref === null ? undefined : (byRef.get(ref) as NamedDeal | undefined)
    if (found) return found
    const key = title === null ? '' : nameKey(title)
    const own = ofNumber(ref, key)
    if (own !== null) return byId.get(own) as NamedDeal
    const owner = client()
    const only = title === null ? null : byTitle({ title, ref, client: owner })
    if (only !== null) return byId.get(only) as NamedDeal
    const what = [
      ...(ref === null ? [] : [`the reference “${ref}”`]),
      ...(title === null ? [] : [`the title “${title}”`]),
    ].join(' or ')
    const nearest = near(title === null ? 'ref' : 'title', given, owner)
    throw new Fault('usage', `the book has no deal with ${what}${nearest}`)
  }
}
