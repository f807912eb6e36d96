import { createHmac } from 'node:crypto'
import type { Store } from '../store/store.ts'
import { contactKeys } from '../../domain/duplicates/contact-keys.ts'
import type { ContactPointKind } from '../../domain/contact-point.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import type { ErasedKeysTable } from '../schema/erased.ts'
import { ERASED_NAME } from './rows.ts'

type Kind = ErasedKeysTable['kind']

/** The identifying details of a client by which an erased one is remembered. */
export interface KnownBy {
  ref: string | null
  /** The client's own name, and those of people at it. */
  names: readonly string[]
  points: readonly { kind: ContactPointKind; value: string; key: string }[]
}

/** Which details match an erased client, and when it was erased. */
export interface ErasedTrace {
  by: 'reference' | 'name' | 'e-mail' | 'phone'
  on: Day
}

const WORDS = { ref: 'reference', name: 'name', email: 'e-mail', phone: 'phone' } as const

/** The keys, most telling first. A phone is its last digits, whatever country is set. */
function keysOf({ ref, names, points }: KnownBy): [Kind, string][] {
  const reach = points.flatMap((point) =>
    contactKeys(point).flatMap(({ kind, key }): [Kind, string][] =>
      kind === 'email' || kind === 'phone' ? [[kind, key]] : [],
    ),
  )
  return [
    ...reach,
    ...(ref === null ? [] : ([['ref', ref]] as [Kind, string][])),
    ...names.map((name): [Kind, string] => ['name', nameKey(name)]),
  ]
}

function hasher(store: Store): (kind: Kind, key: string) => string {
  const secret = store
    .prepare("SELECT value FROM settings WHERE key = 'erasure_secret'")
    .pluck()
    .get() as string
  return (kind, key) => createHmac('sha256', secret).update(`${kind}:${key}`).digest('hex')
}

/**
 * Remembers what a client about to be erased is known by, as hashes under a secret of the book, so that an
 * old file does not bring the person back unnoticed.
 */
export function keepErased(store: Store, id: number, today: Day): void {
  const texts = (sql: string): string[] => store.prepare(sql).pluck().all({ id }) as string[]
  const refs = texts(`SELECT ref FROM clients WHERE id = :id AND ref IS NOT NULL
    UNION SELECT value FROM client_aliases WHERE client_id = :id AND kind = 'ref'`)
  const names = texts(`SELECT name FROM clients WHERE id = :id AND name_key <> ${ERASED_NAME}
    UNION SELECT value FROM client_aliases WHERE client_id = :id AND kind = 'name'
    UNION SELECT name FROM contacts WHERE client_id = :id`)
  const points = store
    .prepare('SELECT kind, value, key FROM contact_points WHERE client_id = ?')
    .all(id) as KnownBy['points']
  const hash = hasher(store)
  const insert = store.prepare(
    `INSERT INTO erased_keys (kind, hash, erased_on) VALUES (?, ?, ?)
     ON CONFLICT (kind, hash) DO UPDATE SET erased_on = excluded.erased_on`,
  )
  const keys = [
    ...keysOf({ ref: null, names, points }),
    ...refs.map((ref) => ['ref', ref] as const),
  ]
  for (const [kind, key] of keys) insert.run(kind, hash(kind, key), today)
}

/** Checks whether a client about to be added was erased from this book before. */
export function erasedBefore(store: Store): (client: KnownBy) => ErasedTrace | null {
  const rows = store.prepare('SELECT hash, erased_on FROM erased_keys').raw().all()
  if (rows.length === 0) return () => null
  const erasedOn = new Map(rows as [string, Day][])
  const hash = hasher(store)
  return (client) => {
    for (const [kind, key] of keysOf(client)) {
      const on = erasedOn.get(hash(kind, key))
      if (on !== undefined) return { by: WORDS[kind], on }
    }
    return null
  }
}
