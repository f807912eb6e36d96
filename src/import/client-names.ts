import type { Store } from '../book/store/store.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import { nearestNames } from './names.ts'
import type { Origin } from './outcome.ts'

/** How a row names the client that it belongs to. */
export interface ClientName {
  ref: string | null
  name: string | null
}

/** Adds a client that a row names and the book lacks. Returns its number. */
export type AddClient = (client: { ref: string | null; name: string }, origin: Origin) => number

/** How many names before and after an unknown one, in alphabetical order, are searched for the nearest. */
const NEIGHBOURS = 25
/** How many clients found are kept in memory. */
const MOST_KEPT = 20_000

function neighbours(store: Store): (name: string) => string[] {
  const side = (sign: string, order: string) =>
    store
      .prepare(
        `SELECT name FROM clients WHERE name_key ${sign} ? ORDER BY name_key ${order} LIMIT ${NEIGHBOURS}`,
      )
      .pluck()
  const before = side('<', 'DESC')
  const after = side('>', 'ASC')
  return (name) => {
    const key = nameKey(name)
    return [...before.all(key), ...after.all(key)] as string[]
  }
}

/**
 * Finds the clients that rows of deals and interactions name: by reference, then by name.
 * @param create adds a client if the book has none of the name.
 */
export function clientNames(store: Store, create: AddClient | null) {
  // Names and references of clients that were merged into another lead to that one.
  const taken = (kind: 'ref' | 'name'): string =>
    `SELECT c.id FROM client_aliases a JOIN clients c ON c.id = a.client_id
     WHERE a.kind = '${kind}' AND a.key = :key`
  const byRef = store
    .prepare(`SELECT id FROM clients WHERE ref = :key UNION ALL ${taken('ref')} LIMIT 1`)
    .pluck()
  // Two references are two clients, even if they have the same name.
  const ownRef = '(:ref IS NULL OR ref IS NULL)'
  // A client may match twice, by its name and by one that it took over: of three, two are different.
  const byKey = store
    .prepare(
      `SELECT id FROM clients WHERE name_key = :key AND ${ownRef}
       UNION ALL ${taken('name')} AND ${ownRef} LIMIT 3`,
    )
    .pluck()
  const near = neighbours(store)

  const missing = ({ ref, name }: ClientName): Fault => {
    const what = [
      ...(ref === null ? [] : [`the reference “${ref}”`]),
      ...(name === null ? [] : [`the name “${name}”`]),
    ].join(' or ')
    const nearest = name === null ? '' : nearestNames(near(name), name)
    return new Fault(
      'usage',
      `the book has no client of ${what}${nearest} (--create clients adds it)`,
    )
  }

  /** Clients found by their names alone: consecutive rows often name only a few. */
  const found = new Map<string, number>()
  const keep = (key: string, id: number): number => {
    if (found.size >= MOST_KEPT) found.clear()
    found.set(key, id)
    return id
  }

  const look = (client: ClientName, key: string, origin: Origin): number => {
    const { ref, name } = client
    const own = ref === null ? undefined : (byRef.get({ key: ref }) as number | undefined)
    if (own !== undefined) return own
    const named = new Set(key === '' ? [] : (byKey.all({ key, ref }) as number[]))
    const [only] = named
    if (named.size > 1) {
      throw new Fault(
        'usage',
        `the book has several clients “${name}”; a reference tells them apart`,
      )
    }
    if (only !== undefined) return ref === null ? keep(key, only) : only
    const shown = name ?? ref
    if (shown === null) throw new Fault('usage', 'the row names no client')
    if (!create) throw missing(client)
    // From now on it answers to the name too.
    found.delete(nameKey(shown))
    return create({ ref, name: shown }, origin)
  }
  return Object.assign(
    /** @throws Fault `usage` if none matches, or two have the name. */
    (client: ClientName, origin: Origin): number => {
      const key = client.name === null ? '' : nameKey(client.name)
      const kept = client.ref === null ? found.get(key) : undefined
      return kept ?? look(client, key, origin)
    },
    {
      /** Forgets the clients found, after some that were added have been taken back. */
      forget: () => found.clear(),
    },
  )
}
