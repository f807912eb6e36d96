import type { Selectable, Updateable } from 'kysely'
import type { InteractionsTable } from '../book/schema/work.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName, tidyText } from '../domain/name.ts'
import type { Named } from './lookup.ts'
import { type Moment, requirePast } from './moment.ts'
import { interactionRow, type NewInteraction } from './rows/interaction.ts'

/**
 * Writes down an interaction. Returns its number.
 * @throws Fault `usage` if the day is still to come, or the deal is another client's.
 */
export async function addInteraction(
  db: Db,
  interaction: NewInteraction,
  moment: Moment,
): Promise<number> {
  const { clientId, dealId } = interaction
  if (dealId !== null) await requireOwnDeal(db, clientId, dealId)
  const { id } = await db
    .insertInto('interactions')
    .values(interactionRow(interaction, moment))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * The person at a client that a text names, by name or by a unique part of it.
 * @param unknown what to do if there is none: a person who is to be removed is not to be added first.
 * @throws Fault `not-found` if none or several match.
 */
export async function findContact(
  db: Db,
  clientId: number,
  text: string,
  unknown: 'add' | 'see' = 'add',
): Promise<Named> {
  const contacts = await db
    .selectFrom('contacts')
    .select(['id', 'name', 'name_key as key'])
    .where('client_id', '=', clientId)
    .execute()
  const key = nameKey(text)
  const exact = contacts.filter((contact) => contact.key === key)
  const found = exact.length > 0 ? exact : contacts.filter((contact) => contact.key.includes(key))
  const [contact] = found
  if (contact && found.length === 1) return contact
  if (!contact) {
    const hint =
      unknown === 'add'
        ? `add the person: funnel contact add ${clientId} "${tidyName(text)}"`
        : `see: funnel contact list ${clientId}`
    throw new Fault('not-found', `the client has no contact “${text}”`, hint)
  }
  const names = found.map(({ name }) => name).join(', ')
  throw new Fault('not-found', `“${text}” fits more than one contact: ${names}`)
}

/** @throws Fault `usage` if the deal is another client's. @param way how that client is named. */
async function requireOwnDeal(
  db: Db,
  clientId: number,
  dealId: number,
  way = 'funnel log …',
): Promise<void> {
  const deal = await db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .select(['c.id as clientId', 'c.name as client', 'd.title as title'])
    .where('d.id', '=', dealId)
    .executeTakeFirstOrThrow()
  if (deal.clientId === clientId) return
  throw new Fault(
    'usage',
    `deal ${dealId} (${deal.title}) is a deal with ${deal.client}`,
    `name that client: ${way} ${deal.clientId}`,
  )
}

/** @throws Fault `usage` if that is not a number, `not-found` if no interaction has it. */
export async function findInteraction(
  db: Db,
  text: string,
): Promise<Selectable<InteractionsTable>> {
  const hint = 'see: funnel interaction list'
  if (!/^\d{1,15}$/.test(text.trim())) {
    throw new Fault('usage', `“${text}” is not the number of an interaction`, hint)
  }
  const found = await db
    .selectFrom('interactions')
    .selectAll()
    .where('id', '=', Number(text))
    .executeTakeFirst()
  if (!found) throw new Fault('not-found', `there is no interaction ${text.trim()}`, hint)
  return found
}

/** What goes with an interaction that is moved to another client, and what of it cannot. */
interface Moved {
  /** The person of the same name there, and the deal if it is that client's. */
  contactId: number | null
  dealId: number | null
  /** `Kai Lund`, `deal 3 (Cold store)`: of the client that it is taken from. */
  dropped: string[]
}

/** What of an interaction goes with it to another client. */
export async function movedTo(
  db: Db,
  { contact_id, deal_id }: Selectable<InteractionsTable>,
  clientId: number,
): Promise<Moved> {
  const person = await db
    .selectFrom('contacts')
    .select(['name', 'name_key as key'])
    .where('id', '=', contact_id ?? 0)
    .executeTakeFirst()
  const there = await db
    .selectFrom('contacts')
    .select('id')
    .where('client_id', '=', clientId)
    .where('name_key', '=', person?.key ?? '')
    .executeTakeFirst()
  const deal = await db
    .selectFrom('deals')
    .select(['id', 'title', 'client_id'])
    .where('id', '=', deal_id ?? 0)
    .executeTakeFirst()
  const isOwn = deal?.client_id === clientId
  return {
    contactId: there?.id ?? null,
    dealId: deal && isOwn ? deal.id : null,
    dropped: [
      ...(person && !there ? [person.name] : []),
      ...(deal && !isOwn ? [`deal ${deal.id} (${deal.title})`] : []),
    ],
  }
}

/**
 * Corrects an interaction; what is left out stays.
 * @throws Fault `usage` if its day is still to come, or the deal is another client's.
 */
export async function editInteraction(
  db: Db,
  { id, client_id: clientId }: Selectable<InteractionsTable>,
  changes: Updateable<InteractionsTable>,
  moment: Moment,
): Promise<void> {
  if (changes.at !== undefined) requirePast({ ...moment, on: changes.at })
  if (changes.deal_id != null) {
    const way = `funnel interaction edit ${id} --client`
    await requireOwnDeal(db, changes.client_id ?? clientId, changes.deal_id, way)
  }
  const text = changes.text == null ? {} : { text: tidyText(changes.text) || null }
  await db
    .updateTable('interactions')
    .set({ ...changes, ...text })
    .where('id', '=', id)
    .execute()
}

/** Removes an interaction. */
export async function deleteInteraction(db: Db, id: number): Promise<void> {
  await db.deleteFrom('interactions').where('id', '=', id).execute()
}
