import { rowAdder } from '../book/store/put.ts'
import type { Store } from '../book/store/store.ts'
import { distance } from 'fastest-levenshtein'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName } from '../domain/name.ts'
import { restoreCommand } from '../records/retired.ts'
import { nameRow } from '../records/rows/name.ts'
import { processRow } from '../records/rows/process.ts'
import { productRow } from '../records/rows/product.ts'

/** What may be added to the book if a file names it and the book lacks it. */
export const CREATABLE = [
  'owners',
  'sources',
  'reasons',
  'stages',
  'processes',
  'clients',
  'products',
] as const
export type Creatable = (typeof CREATABLE)[number]

/** The dictionaries that a file may refer to. */
export type Dictionary = Exclude<Creatable, 'clients' | 'stages'>

const ONE: Record<Dictionary, string> = {
  owners: 'owner',
  sources: 'source',
  reasons: 'reason',
  processes: 'process',
  products: 'product',
}

/** How many known names a rejection lists. */
const NEAREST = 3

/** Adds a name to a dictionary; a process of which nothing more is known is a free one. */
function addName(store: Store, table: Dictionary, name: string): number {
  if (table === 'processes') return rowAdder(store, table)(processRow(name, 'free'))
  if (table === 'products') return rowAdder(store, table)(productRow(name, {}))
  return rowAdder(store, table)(nameRow(name))
}

/** Known names, those most like a text first. */
export function nearestFirst(known: readonly string[], text: string): string[] {
  const key = nameKey(text)
  return known
    .map((name) => ({ name, off: distance(nameKey(name), key) }))
    .toSorted((a, b) => a.off - b.off)
    .map(({ name }) => name)
}

/** The known names nearest to an unknown one, to be added to a message; empty if there are none. */
export function nearestNames(known: readonly string[], text: string): string {
  const near = nearestFirst(known, text).slice(0, NEAREST)
  return near.length > 0 ? `; nearest: ${near.join(', ')}` : ''
}

/** Finds the numbers of names, and adds those that may be added. */
export interface NameBook {
  /**
   * The number of a name; null if there is none.
   * @throws Fault `usage` with the nearest known names if the book lacks it.
   */
  id: (table: Dictionary, name: string | null) => number | null
  /** The number of a name that the book has; null for any other. */
  known: (table: Dictionary, name: string) => number | null
  /** The same refusal, without adding anything: for rows that name several things. */
  check: (table: Dictionary, name: string | null) => void
  /** For what is open or planned. @throws Fault `usage` if the name is retired in the book. */
  active: (table: 'owners' | 'sources', name: string | null) => void
  /** Forgets what was looked up, after names that were added have been taken back. */
  forget: () => void
}

/** A name of the book. */
interface Entry {
  id: number
  name: string
  retired: 0 | 1
}

/** The names of the book, each looked up once. */
export function nameBook(store: Store, create: ReadonlySet<Creatable>): NameBook {
  const loadedTables = new Map<Dictionary, Map<string, Entry>>()
  const entries = (table: Dictionary): Map<string, Entry> => {
    const loaded = loadedTables.get(table)
    if (loaded) return loaded
    const rows = store
      .prepare(`SELECT id, name, name_key AS key, retired FROM ${table}`)
      .all() as (Entry & {
      key: string
    })[]
    const map = new Map(rows.map(({ key, ...entry }) => [key, entry]))
    loadedTables.set(table, map)
    return map
  }
  const missing = (table: Dictionary, name: string): Fault => {
    const names = [...entries(table).values()].map((entry) => entry.name)
    const nearest = nearestNames(names, name)
    const reason = `the book has no ${ONE[table]} “${name}”${nearest} (--create ${table} adds it)`
    return new Fault('usage', reason)
  }
  return {
    check(table, text) {
      const name = text === null ? '' : tidyName(text)
      if (name === '' || create.has(table) || entries(table).has(nameKey(name))) return
      throw missing(table, name)
    },
    active(table, text) {
      const found = entries(table).get(nameKey(text ?? ''))
      if (!found?.retired) return
      const { name } = found
      const way = restoreCommand(table === 'owners' ? 'owner' : 'source', name)
      throw new Fault('usage', `the ${ONE[table]} ${name} is retired (bring it back: ${way})`)
    },
    forget: () => loadedTables.clear(),
    known: (table, name) => entries(table).get(nameKey(tidyName(name)))?.id ?? null,
    id(table, text) {
      const name = text === null ? '' : tidyName(text)
      if (name === '') return null
      const found = entries(table).get(nameKey(name))
      if (found) return found.id
      if (!create.has(table)) throw missing(table, name)
      const id = addName(store, table, name)
      entries(table).set(nameKey(name), { id, name, retired: 0 })
      return id
    },
  }
}
