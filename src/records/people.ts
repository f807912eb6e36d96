import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { Named } from './lookup.ts'

/** The people at a client, first added first. */
function peopleAt(db: Db, clientId: number) {
  return db
    .selectFrom('contacts')
    .select(['id', 'name', 'name_key as key'])
    .where('client_id', '=', clientId)
    .orderBy('id')
    .execute()
}

/**
 * The person at a client that a text names: by the whole name, or by any part that only one has.
 * @throws Fault `not-found` if nobody or several match; the hint lists the people, or says how to add one.
 */
export async function findPerson(db: Db, client: Named, text: string): Promise<number> {
  const people = await peopleAt(db, client.id)
  const key = nameKey(text)
  const exact = people.filter((person) => person.key === key)
  const found =
    exact.length > 0 ? exact : people.filter((person) => key !== '' && person.key.includes(key))
  const [only, other] = found
  if (only && (!other || exact.length > 0)) return only.id
  const at = `client ${client.id} (${client.name})`
  if (other) {
    const names = found.map(({ name }) => name).join(', ')
    throw new Fault('not-found', `“${text}” fits several people at ${at}`, `there are ${names}`)
  }
  const add = `add the person first: funnel client edit ${client.id} --contact "${text}"`
  const known = people.map(({ name }) => name).join(', ')
  const hint = known === '' ? add : `there are ${known}; or ${add}`
  throw new Fault('not-found', `“${text}” is not a person at ${at}`, hint)
}

/** The person of the same name at another client; null if it has none. */
export async function samePersonAt(
  db: Db,
  contactId: number,
  clientId: number,
): Promise<number | null> {
  const { key } = await db
    .selectFrom('contacts')
    .select('name_key as key')
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  const people = await peopleAt(db, clientId)
  return people.find((person) => person.key === key)?.id ?? null
}
