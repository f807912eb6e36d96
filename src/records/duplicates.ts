import type { Db } from '../book/store/db.ts'
import type { ClientKind } from '../book/schema/clients.ts'
import { pairNames } from '../domain/duplicates/pair-names.ts'
import { holders, sharingHints } from '../domain/duplicates/pair-sharing.ts'
import { type Pairs, pairs } from '../domain/duplicates/pairs.ts'
import {
  contactKeys,
  numberKey,
  refKey,
  type SharedKey,
} from '../domain/duplicates/contact-keys.ts'
import { type Likeness, scorePair } from '../domain/duplicates/score.ts'

/** A client of a pair. */
interface Twin {
  id: number
  name: string
  kind: ClientKind
  region: string | null
  ref: string | null
}

/** Two clients that may be one: `a` came first. */
export interface Duplicate extends Likeness {
  a: Twin
  b: Twin
}

/** How many clients to read at once, so that a large book is never completely in memory. */
const CLIENTS_AT_ONCE = 1000

/** What some of the clients can share, each with the client's place in the list of all; in chunks. */
async function* sharable(
  db: Db,
  clients: readonly Twin[],
  places: readonly number[],
): AsyncGenerator<[place: number, what: SharedKey][]> {
  for (let first = 0; first < places.length; first += CLIENTS_AT_ONCE) {
    const chunk = places.slice(first, first + CLIENTS_AT_ONCE)
    const placeOf = new Map<number, number>()
    const found: [number, SharedKey][] = []
    for (const place of chunk) {
      const { id = 0, ref = null } = clients[place] ?? {}
      placeOf.set(id, place)
      const what = ref === null ? null : refKey(ref)
      if (what) found.push([place, what])
    }
    const ids = [...placeOf.keys()]
    const points = await db
      .selectFrom('contact_points')
      .select(['client_id', 'kind', 'value', 'key'])
      .where('client_id', 'in', ids)
      .execute()
    for (const { client_id: id, ...point } of points) {
      for (const what of contactKeys(point)) found.push([placeOf.get(id) ?? 0, what])
    }
    const properties = await db
      .selectFrom('client_properties as v')
      .innerJoin('properties as p', 'p.id', 'v.property_id')
      .select(['v.client_id as id', 'p.name', 'v.value'])
      .where('v.client_id', 'in', ids)
      .execute()
    for (const { id, name, value } of properties) {
      const what = numberKey(name, value)
      if (what) found.push([placeOf.get(id) ?? 0, what])
    }
    yield found
  }
}

/** Pairs clients that share something. Most share nothing; only what hints at sharing is kept. */
async function pairSharing(db: Db, clients: readonly Twin[], to: Pairs): Promise<void> {
  const hints = sharingHints()
  const everybody = clients.map((_, place) => place)
  for await (const some of sharable(db, clients, everybody)) {
    for (const [place, what] of some) hints.add(place, what)
  }
  const { likely, places } = hints.settle()
  const sharing = holders()
  for await (const some of sharable(db, clients, places)) {
    for (const [place, what] of some) if (likely(what)) sharing.add(place, what)
  }
  sharing.pairUp(to)
}

/**
 * Pairs of clients that are probably the same one, likeliest first. Only clients that share an address, a
 * long number, a reference (ignoring spelling) or a name (apart from a letter, a word or its legal form) are
 * compared, so that the time grows with the clients and not with their pairs.
 * @param least the least score of the pairs returned, 0…1.
 */
export async function findDuplicates(db: Db, least: number): Promise<Duplicate[]> {
  const clients: Twin[] = await db
    .selectFrom('clients')
    .select(['id', 'name', 'kind', 'region', 'ref'])
    .orderBy('id')
    .execute()
  const candidates = pairs()
  await pairSharing(db, clients, candidates)
  pairNames(
    clients.map(({ name }) => name),
    candidates,
  )
  const found: Duplicate[] = []
  candidates.each((one, other, shared) => {
    const [a, b] = [clients[one], clients[other]]
    if (!a || !b) return
    const likeness = scorePair(a, b, shared)
    if (likeness.score >= least) found.push({ a, b, ...likeness })
  })
  return found.toSorted((x, y) => y.score - x.score || x.a.id - y.a.id || x.b.id - y.b.id)
}
