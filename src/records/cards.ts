import { sql } from 'kysely'
import { isAttempt, lastContact } from '../book/contact-made.ts'
import { nullsFirst } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { CLIENT_TEXTS, namesOf } from '../domain/text-fields.ts'
import { listDeals } from './deal-list.ts'
import { KNOWN_DAY, SHOWN_EVENT_STAGE } from './shown.ts'

/** A client with all its details. */
export async function clientCard(db: Db, id: number) {
  const client = await db
    .selectFrom('clients as c')
    .leftJoin('owners as o', 'o.id', 'c.owner_id')
    .leftJoin('sources as s', 's.id', 'c.source_id')
    .leftJoin('price_lists as l', 'l.id', 'c.price_list_id')
    .leftJoin('terms as t', 't.id', 'c.terms_id')
    .leftJoin('imports as i', 'i.id', 'c.import_id')
    .select([
      'c.id',
      'c.ref',
      'c.name',
      'c.kind',
      ...namesOf(CLIENT_TEXTS, 'word', 'personal').map((name) => `c.${name}` as const),
      'c.consent',
      ...namesOf(CLIENT_TEXTS, 'prose').map((name) => `c.${name}` as const),
      'c.added_on',
      'o.name as owner',
      's.name as source',
      'l.name as price_list',
      't.name as terms',
      'i.file as file',
      'c.import_row as row',
      sql<Day | null>`${sql.raw(lastContact('c.id'))}`.as('last_contact'),
    ])
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow()
  const aliases = await db
    .selectFrom('client_aliases')
    .select(['kind', 'value'])
    .where('client_id', '=', id)
    .orderBy('id')
    .execute()
  const points = await db
    .selectFrom('contact_points as p')
    .leftJoin('contacts as k', 'k.id', 'p.contact_id')
    .select(['p.kind', 'p.value', 'k.name as contact', 'k.role as role'])
    .where('p.client_id', '=', id)
    .orderBy('p.id')
    .execute()
  const contacts = await db
    .selectFrom('contacts')
    .select(['name', 'role'])
    .where('client_id', '=', id)
    .orderBy('id')
    .execute()
  const categories = await db
    .selectFrom('client_categories as k')
    .innerJoin('categories as c', 'c.id', 'k.category_id')
    .select('c.name')
    .where('k.client_id', '=', id)
    .orderBy('c.name_key')
    .execute()
  const properties = await db
    .selectFrom('client_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['p.name', 'v.value'])
    .where('v.client_id', '=', id)
    .orderBy('p.name_key')
    .execute()
  const deals = await listDeals(db, { clientId: id })
  const attempts = await attemptsSince(db, id, client.last_contact)
  return {
    client: { ...client, attempts },
    aliases,
    points,
    contacts,
    categories,
    properties,
    deals,
  }
}

/** How many attempts to reach a client failed, since a day or ever. */
async function attemptsSince(db: Db, clientId: number, day: Day | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM interactions AS i
    WHERE i.client_id = ${clientId} AND i.at > ${day ?? ''}
      AND ${sql.raw(isAttempt('i'))}`.execute(db)
  return rows[0]?.n ?? 0
}

/** The interactions with a client, or about a deal, newest first; on a day, those without a time before the others. */
export function interactionsOf(db: Db, of: 'client_id' | 'deal_id', id: number) {
  return db
    .selectFrom('interactions as i')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .select([
      'i.id',
      'i.at',
      'i.time',
      'i.minutes',
      'i.kind',
      'i.direction',
      'i.result',
      'i.text',
      'i.deal_id as deal',
      'o.name as owner',
    ])
    .where(`i.${of}`, '=', id)
    .orderBy('i.at', 'desc')
    .orderBy(nullsFirst(sql.ref('i.time'), 'desc'))
    .orderBy('i.id', 'desc')
    .execute()
}

/** What happened to a deal, earliest first. */
export function dealEvents(db: Db, id: number) {
  return db
    .selectFrom('events as e')
    .innerJoin('deals as d', 'd.id', 'e.deal_id')
    .leftJoin('stages as s', 's.id', 'e.stage_id')
    .leftJoin('reasons as r', 'r.id', 'e.reason_id')
    .select([
      'e.id',
      KNOWN_DAY.as('at'),
      'e.kind',
      SHOWN_EVENT_STAGE.as('stage'),
      'r.name as reason',
      'e.amount',
      'e.cost',
      'e.currency',
      'e.rate',
      'e.expected_close',
      'e.chance',
      'e.note',
      'e.recorded_at',
    ])
    .where('e.deal_id', '=', id)
    .orderBy('e.at')
    .orderBy('e.id')
    .execute()
}
