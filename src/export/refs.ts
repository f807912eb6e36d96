import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { MADE_REF } from '../import/made-refs.ts'

/** A record's reference as written in a file, from its number and its own reference. */
export type RefOf<T> = (id: number, ref: string | null) => T

/** Makes references from numbers, avoiding those taken. */
async function maker(db: Db, table: 'clients' | 'deals'): Promise<(id: number) => string> {
  const prefix = MADE_REF[table]
  const rows = await db.selectFrom(table).select('ref').where('ref', 'like', `${prefix}%`).execute()
  const taken = new Set(rows.map(({ ref }) => ref))
  return (id) => {
    let ref = `${prefix}${id}`
    while (taken.has(ref)) ref += '+'
    return ref
  }
}

/**
 * The references of deals. One that has none is known by its number, `deal-7`, since its history
 * and its interactions have to name it.
 */
export async function dealRefs(db: Db): Promise<RefOf<string>> {
  const make = await maker(db, 'deals')
  return (id, ref) => ref ?? make(id)
}

/**
 * The references of clients. One that has none goes by its name; if others have that name too, it is known by
 * its number, `client-7`.
 */
export async function clientRefs(db: Db): Promise<RefOf<string | null>> {
  const make = await maker(db, 'clients')
  const { rows } = await sql<{ id: number }>`
    SELECT id FROM clients WHERE ref IS NULL AND name_key IN
      (SELECT name_key FROM clients GROUP BY name_key HAVING count(*) > 1)`.execute(db)
  const namesakes = new Set(rows.map(({ id }) => id))
  return (id, ref) => ref ?? (namesakes.has(id) ? make(id) : null)
}
