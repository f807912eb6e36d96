import { sql } from 'kysely'
import { listedTexts } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'
import { nameColumns } from './dictionaries.ts'

/** The addresses of a kind that person `p` has. */
const addresses = (kind: string) =>
  listedTexts(
    sql`SELECT value FROM contact_points WHERE contact_id = p.id AND kind = ${kind} ORDER BY id`,
  )

/** The people of one client, or of all, by client and name; addresses as the JSON text of a list. */
export function listContacts(db: Db, clientId: number | null) {
  const all = db
    .selectFrom('contacts as p')
    .innerJoin('clients as c', 'c.id', 'p.client_id')
    .select(['p.id', 'p.client_id', 'c.name as client', 'p.name', 'p.role'])
    .select([
      addresses('email').$castTo<string | null>().as('emails'),
      addresses('phone').$castTo<string | null>().as('phones'),
    ])
    .orderBy('c.name_key')
    .orderBy('c.id')
    .orderBy('p.name_key')
  return (clientId === null ? all : all.where('p.client_id', '=', clientId)).execute()
}

/**
 * Renames a person, or says what they do; what is left out stays.
 * @throws Fault `usage` if the client has somebody of that name.
 */
export async function editContact(
  db: Db,
  { id, clientId }: { id: number; clientId: number },
  { name, role }: { name?: string | undefined; role?: string | null | undefined },
): Promise<void> {
  const named = name === undefined ? null : nameColumns(name)
  if (named !== null) {
    const same = await db
      .selectFrom('contacts')
      .select('id')
      .where('client_id', '=', clientId)
      .where('name_key', '=', named.name_key)
      .where('id', '<>', id)
      .executeTakeFirst()
    if (same) {
      const hint = 'if both are one person, drop one: funnel contact drop CLIENT NAME'
      throw new Fault('usage', `the client has a contact “${named.name}” already`, hint)
    }
  }
  const does = role === undefined ? {} : { role: role === null ? null : tidyName(role) || null }
  await db
    .updateTable('contacts')
    .set({ ...named, ...does })
    .where('id', '=', id)
    .execute()
}
