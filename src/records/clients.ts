import type { Db } from '../book/store/db.ts'
import { isConstraint } from '../book/store/fault.ts'
import type { ContactPoint } from '../domain/contact-point.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName } from '../domain/name.ts'
import { CLIENT_TEXTS, givenTexts } from '../domain/text-fields.ts'
import { nameColumns } from './dictionaries.ts'
import { clientChanges, clientRow, type ClientValues } from './rows/client.ts'
import { ensureNamed, setNamedValue } from './named-details.ts'
import { categoryRow, contactRow, pointRow } from './rows/client-details.ts'

export type { ClientValues } from './rows/client.ts'

/** A person at a client. */
interface NewContact {
  name: string
  role: string | null
  points: ContactPoint[]
}

/** The details of a client. */
export interface ClientDetails {
  points: ContactPoint[]
  contacts: NewContact[]
  categories: string[]
  properties: { name: string; value: string }[]
}

/** Values as they are stored. */
function tidied(values: ClientValues): ClientValues {
  const { ref } = values
  return {
    ...values,
    ...givenTexts(CLIENT_TEXTS, values),
    ...(ref == null ? {} : { ref: tidyName(ref) || null }),
  }
}

function refTaken(error: unknown, ref: string | null | undefined): unknown {
  if (!isConstraint(error, 'UNIQUE')) return error
  const message = `there is a client with the reference “${ref}” already`
  return new Fault('usage', message, `see: funnel client show "${ref}"`, error)
}

function nameOf(text: string): { name: string; key: string } {
  const { name, name_key: key } = nameColumns(text)
  return { name, key }
}

/** Adds a client with all its details. Returns its number. */
export async function addClient(
  db: Db,
  name: string,
  values: ClientValues,
  details: Partial<ClientDetails>,
  addedOn: Day,
): Promise<number> {
  try {
    const { id } = await db
      .insertInto('clients')
      .values(clientRow({ ...tidied(values), ...nameOf(name), addedOn }))
      .returning('id')
      .executeTakeFirstOrThrow()
    await addDetails(db, id, details)
    return id
  } catch (error) {
    throw refTaken(error, values.ref)
  }
}

/** The number of a client with the same name, ignoring spelling. */
export async function sameName(db: Db, name: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('clients')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  return row?.id
}

/** Changes a client's name and own values. */
export async function editClient(
  db: Db,
  id: number,
  values: ClientValues & { name?: string },
): Promise<void> {
  const { name, ...own } = values
  const set = { ...clientChanges(tidied(own)), ...(name === undefined ? {} : nameColumns(name)) }
  if (Object.keys(set).length === 0) return
  try {
    await db.updateTable('clients').set(set).where('id', '=', id).execute()
  } catch (error) {
    throw refTaken(error, values.ref)
  }
}

/** Adds contact points, contacts, categories and properties; what is already there is not added twice. */
export async function addDetails(
  db: Db,
  clientId: number,
  details: Partial<ClientDetails>,
): Promise<void> {
  await addPoints(db, clientId, null, details.points ?? [])
  for (const contact of details.contacts ?? []) await addContact(db, clientId, contact)
  for (const name of details.categories ?? []) await addCategory(db, clientId, name)
  for (const property of details.properties ?? [])
    await setNamedValue(db, { of: 'client', id: clientId }, property)
}

async function addPoints(
  db: Db,
  clientId: number,
  contactId: number | null,
  points: ContactPoint[],
): Promise<void> {
  for (const point of points) {
    const { kind, key } = point
    const existing = await db
      .selectFrom('contact_points')
      .select('id')
      .where('client_id', '=', clientId)
      .where('kind', '=', kind)
      .where('key', '=', key)
      .executeTakeFirst()
    if (existing) continue
    await db
      .insertInto('contact_points')
      .values(pointRow(clientId, contactId, point))
      .execute()
  }
}

async function addContact(db: Db, clientId: number, contact: NewContact): Promise<void> {
  const key = nameKey(contact.name)
  const role = contact.role === null ? null : tidyName(contact.role) || null
  const existing = await db
    .selectFrom('contacts')
    .select(['id', 'role'])
    .where('client_id', '=', clientId)
    .where('name_key', '=', key)
    .executeTakeFirst()
  const id = existing?.id ?? (await insertContact(db, clientId, contact.name, role))
  if (existing && role !== null && role !== existing.role) {
    await db.updateTable('contacts').set({ role }).where('id', '=', id).execute()
  }
  await addPoints(db, clientId, id, contact.points)
}

async function insertContact(
  db: Db,
  clientId: number,
  name: string,
  role: string | null,
): Promise<number> {
  const { id } = await db
    .insertInto('contacts')
    .values(contactRow(clientId, nameColumns(name).name, role))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function addCategory(db: Db, clientId: number, name: string): Promise<void> {
  const category = await ensureNamed(db, 'categories', name)
  await db
    .insertInto('client_categories')
    .values(categoryRow(clientId, category))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The owner and the source of a client, which its deals and interactions have by default. */
export function clientDefaults(
  db: Db,
  id: number,
): Promise<{ ownerId: number | null; sourceId: number | null }> {
  return db
    .selectFrom('clients')
    .select(['owner_id as ownerId', 'source_id as sourceId'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
