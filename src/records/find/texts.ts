import { sql } from 'kysely'
import { valuesOf } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { lookedThrough } from '../../book/store/search.ts'
import type { Day } from '../../domain/day.ts'
import { CLIENT_TEXTS, DEAL_TEXTS, namesOf, wordFor } from '../../domain/text-fields.ts'
import { KNOWN_OPENING } from '../shown.ts'
import type { FoundKind, IndexedKind } from './candidates.ts'

/** A text of a record: `rank` is 0 for its name, 1 for people and addresses, 2 for all else. */
export interface FieldText {
  field: string
  text: string
  rank: 0 | 1 | 2
}

/** A record with everything that is looked through. */
export interface RecordTexts {
  kind: FoundKind
  id: number
  clientId: number | null
  client: string | null
  day: Day | null
  fields: FieldText[]
}

/** A client of which only the name is searched. */
export function nameOnly({ id, name }: { id: number; name: string }): RecordTexts {
  const fields: FieldText[] = [{ field: 'name', text: name, rank: 0 }]
  return { kind: 'client', id, clientId: id, client: name, day: null, fields }
}

function fieldText(field: string, rank: 0 | 1 | 2, text: string | null): FieldText[] {
  return text === null || text === '' ? [] : [{ field, text, rank }]
}

/** The part of a column that is searched. */
function begun(column: string) {
  return sql<string>`${sql.raw(lookedThrough(column))}`
}

function begunOrNull(column: string) {
  return sql<string | null>`${sql.raw(lookedThrough(column))}`
}

function grouped<T>(rows: T[], key: (row: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

const CLIENT_PROSE = namesOf(CLIENT_TEXTS, 'prose', 'personal')
const DEAL_PROSE = namesOf(DEAL_TEXTS, 'prose')

async function clients(db: Db, ids: number[]): Promise<RecordTexts[]> {
  const rows = await db
    .selectFrom('clients')
    .select(['id', 'name', 'ref', ...CLIENT_PROSE.map((name) => begunOrNull(name).as(name))])
    .where('id', 'in', valuesOf(ids))
    .execute()
  const aliases = await db
    .selectFrom('client_aliases')
    .select(['client_id', 'kind', 'value'])
    .where('client_id', 'in', valuesOf(ids))
    .execute()
  const contacts = await db
    .selectFrom('contacts')
    .select(['client_id', 'name', 'role', begunOrNull('note').as('note')])
    .where('client_id', 'in', valuesOf(ids))
    .execute()
  const points = await db
    .selectFrom('contact_points')
    .select(['client_id', 'kind', 'value', 'key'])
    .where('client_id', 'in', valuesOf(ids))
    .execute()
  const properties = await db
    .selectFrom('client_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['v.client_id', 'p.name', begun('v.value').as('value')])
    .where('v.client_id', 'in', valuesOf(ids))
    .execute()
  const others = grouped(aliases, (row) => row.client_id)
  const people = grouped(contacts, (row) => row.client_id)
  const reach = grouped(points, (row) => row.client_id)
  const values = grouped(properties, (row) => row.client_id)
  return rows.map(({ id, name, ref, ...prose }) => ({
    kind: 'client',
    id,
    clientId: id,
    client: name,
    day: null,
    fields: [
      ...fieldText('name', 0, name),
      ...fieldText('ref', 0, ref),
      ...(others.get(id) ?? []).flatMap((other) => fieldText(other.kind, 0, other.value)),
      ...(people.get(id) ?? []).flatMap((person) => [
        ...fieldText('contact', 1, [person.name, person.role].filter(Boolean).join(', ')),
        ...fieldText('note', 2, person.note),
      ]),
      ...(reach.get(id) ?? []).flatMap((point) => [
        ...fieldText(point.kind, 1, point.value),
        ...fieldText(point.kind, 1, point.key === point.value ? null : point.key),
      ]),
      ...CLIENT_PROSE.flatMap((field) => fieldText(wordFor(field), 2, prose[field])),
      ...(values.get(id) ?? []).flatMap((value) => fieldText(value.name, 2, value.value)),
    ],
  }))
}

async function deals(db: Db, ids: number[]): Promise<RecordTexts[]> {
  const rows = await db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .select(['d.id', 'd.client_id', 'c.name as client', 'd.title', 'd.ref'])
    .select(DEAL_PROSE.map((name) => begunOrNull(`d.${name}`).as(name)))
    .select(KNOWN_OPENING.as('opened_on'))
    .where('d.id', 'in', valuesOf(ids))
    .execute()
  const events = await db
    .selectFrom('events')
    .select(['deal_id', begunOrNull('note').as('note')])
    .where('deal_id', 'in', valuesOf(ids))
    .where('note', 'is not', null)
    .execute()
  const properties = await db
    .selectFrom('deal_properties as v')
    .innerJoin('properties as p', 'p.id', 'v.property_id')
    .select(['v.deal_id', 'p.name', begun('v.value').as('value')])
    .where('v.deal_id', 'in', valuesOf(ids))
    .execute()
  const notes = grouped(events, (row) => row.deal_id)
  const values = grouped(properties, (row) => row.deal_id)
  return rows.map((row) => ({
    kind: 'deal',
    id: row.id,
    clientId: row.client_id,
    client: row.client,
    day: row.opened_on,
    fields: [
      ...fieldText('title', 0, row.title),
      ...fieldText('ref', 0, row.ref),
      ...DEAL_PROSE.flatMap((field) => fieldText(field, 2, row[field])),
      ...(notes.get(row.id) ?? []).flatMap(({ note }) => fieldText('note', 2, note)),
      ...(values.get(row.id) ?? []).flatMap((value) => fieldText(value.name, 2, value.value)),
    ],
  }))
}

async function interactions(db: Db, ids: number[]): Promise<RecordTexts[]> {
  const rows = await db
    .selectFrom('interactions as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .select(['i.id', 'i.client_id', 'c.name as client', 'i.kind', 'i.at'])
    .select(begunOrNull('i.text').as('text'))
    .where('i.id', 'in', valuesOf(ids))
    .execute()
  return rows.map((row) => ({
    kind: 'interaction',
    id: row.id,
    clientId: row.client_id,
    client: row.client,
    day: row.at,
    fields: fieldText(row.kind, 2, row.text),
  }))
}

async function tasks(db: Db, ids: number[]): Promise<RecordTexts[]> {
  const rows = await db
    .selectFrom('tasks as t')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
    .leftJoin('clients as c', (join) =>
      join.on((eb) => eb('c.id', '=', eb.fn.coalesce('t.client_id', 'd.client_id'))),
    )
    .select(['t.id', 'c.id as client_id', 'c.name as client', 't.due'])
    .select([begun('t.text').as('text'), begunOrNull('t.result').as('result')])
    .where('t.id', 'in', valuesOf(ids))
    .execute()
  return rows.map((row) => ({
    kind: 'task',
    id: row.id,
    clientId: row.client_id,
    client: row.client,
    day: row.due,
    fields: [...fieldText('text', 2, row.text), ...fieldText('result', 2, row.result)],
  }))
}

const LOAD = { client: clients, deal: deals, interaction: interactions, task: tasks }

/** Reads the texts of records; deleted ones are left out. */
export async function loadTexts(db: Db, kind: IndexedKind, ids: number[]): Promise<RecordTexts[]> {
  return ids.length === 0 ? [] : LOAD[kind](db, ids)
}
