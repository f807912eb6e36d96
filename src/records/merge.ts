import type { Selectable } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { moveReferences } from '../book/store/references.ts'
import type { ContactPointsTable } from '../book/schema/clients.ts'
import { Fault } from '../domain/fault.ts'
import { type ClientRecord, keptLine, mergeValues } from './merge-values.ts'

/** What a merge did: rows moved by table, people joined, fields filled and fields that differed. */
export interface Merge {
  moved: Record<string, number>
  joined: string[]
  filled: string[]
  kept: string[]
}

function loadClient(db: Db, id: number): Promise<ClientRecord> {
  return db
    .selectFrom('clients as c')
    .leftJoin('owners as o', 'o.id', 'c.owner_id')
    .leftJoin('sources as s', 's.id', 'c.source_id')
    .leftJoin('price_lists as l', 'l.id', 'c.price_list_id')
    .leftJoin('terms as t', 't.id', 'c.terms_id')
    .leftJoin('imports as i', 'i.id', 'c.import_id')
    .selectAll('c')
    .select([
      'o.name as owner',
      's.name as source',
      'l.name as price_list',
      't.name as terms',
      'i.file as file',
    ])
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Joins people of the same name. Returns their names, and a line for each role that gave way. */
async function joinContacts(
  db: Db,
  into: ClientRecord,
  from: ClientRecord,
): Promise<{ joined: string[]; roles: string[]; lines: string[] }> {
  const of = (client: number) =>
    db
      .selectFrom('contacts')
      .selectAll()
      .where('client_id', '=', client)
      .orderBy('id', 'desc')
      .execute()
  const namesakes = new Map((await of(into.id)).map((contact) => [contact.name_key, contact]))
  const joined: string[] = []
  const roles: string[] = []
  const lines: string[] = []
  for (const contact of (await of(from.id)).toReversed()) {
    const same = namesakes.get(contact.name_key)
    if (!same) continue
    const role = same.role ?? contact.role
    const notes = [same.note, contact.note].filter((note) => note !== null)
    const note = [...new Set(notes)].join('\n') || null
    if (contact.role !== null && contact.role !== role) {
      roles.push(`role of ${contact.name}`)
      lines.push(keptLine(`role of ${contact.name}`, from, contact.role))
    }
    namesakes.set(contact.name_key, { ...same, role, note })
    await db.updateTable('contacts').set({ role, note }).where('id', '=', same.id).execute()
    await moveReferences(db, 'contacts', contact.id, same.id)
    await db.deleteFrom('contacts').where('id', '=', contact.id).execute()
    joined.push(contact.name)
  }
  return { joined, roles, lines }
}

type Point = Selectable<ContactPointsTable>

/** Drops addresses that `into` already has; one without a person becomes the person's. */
async function dropDoublePoints(db: Db, into: number, from: number): Promise<void> {
  const of = (client: number): Promise<Point[]> =>
    db
      .selectFrom('contact_points')
      .selectAll()
      .where('client_id', '=', client)
      .orderBy('id')
      .execute()
  const mine = await of(into)
  for (const point of await of(from)) {
    const same = mine.filter(({ kind, key }) => kind === point.kind && key === point.key)
    const double =
      same.find(({ contact_id: person }) => person === point.contact_id) ??
      same.find(({ contact_id: person }) => person === null || point.contact_id === null)
    if (!double) continue
    await db.deleteFrom('contact_points').where('id', '=', point.id).execute()
    if (double.contact_id !== null || point.contact_id === null) continue
    double.contact_id = point.contact_id
    await db
      .updateTable('contact_points')
      .set({ contact_id: point.contact_id })
      .where('id', '=', double.id)
      .execute()
  }
}

async function dropDoubleCategories(db: Db, into: number, from: number): Promise<void> {
  await db
    .deleteFrom('client_categories')
    .where('client_id', '=', from)
    .where('category_id', 'in', (eb) =>
      eb.selectFrom('client_categories').select('category_id').where('client_id', '=', into),
    )
    .execute()
}

/** Drops the accounts that `into` has paid from as well. */
async function dropDoubleAccounts(db: Db, into: number, from: number): Promise<void> {
  await db
    .deleteFrom('payer_accounts')
    .where('client_id', '=', from)
    .where('key', 'in', (eb) =>
      eb.selectFrom('payer_accounts').select('key').where('client_id', '=', into),
    )
    .execute()
}

/** Drops properties that `into` has a value for. Returns a line for each value that gave way. */
async function dropDoubleProperties(
  db: Db,
  into: ClientRecord,
  from: ClientRecord,
): Promise<{ names: string[]; lines: string[] }> {
  const double = await db
    .selectFrom('client_properties as theirs')
    .innerJoin('client_properties as mine', 'mine.property_id', 'theirs.property_id')
    .innerJoin('properties as p', 'p.id', 'theirs.property_id')
    .select(['theirs.id', 'p.name', 'theirs.value', 'mine.value as stays'])
    .where('theirs.client_id', '=', from.id)
    .where('mine.client_id', '=', into.id)
    .orderBy('theirs.id')
    .execute()
  for (const { id } of double) {
    await db.deleteFrom('client_properties').where('id', '=', id).execute()
  }
  const differing = double.filter(({ value, stays }) => value !== stays)
  return {
    names: differing.map(({ name }) => name),
    lines: differing.map(({ name, value }) => keptLine(name, from, value)),
  }
}

/** Makes `into` findable by the name and reference of `from`, and by its aliases. */
async function takeAliases(db: Db, into: ClientRecord, from: ClientRecord): Promise<void> {
  const theirs = await db
    .selectFrom('client_aliases')
    .select(['kind', 'value', 'key'])
    .where('client_id', '=', from.id)
    .orderBy('id')
    .execute()
  await db.deleteFrom('client_aliases').where('client_id', '=', from.id).execute()
  const own: typeof theirs = [{ kind: 'name', value: from.name, key: from.name_key }]
  if (from.ref !== null) own.push({ kind: 'ref', value: from.ref, key: from.ref })
  const answersTo = { name: into.name_key, ref: into.ref ?? from.ref }
  for (const alias of [...own, ...theirs].filter(({ kind, key }) => key !== answersTo[kind])) {
    await db
      .insertInto('client_aliases')
      .values({ client_id: into.id, ...alias })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/**
 * Merges one client into another: all details of `fromId` go over to `intoId`, and
 * its row is removed. Nothing is lost: a value that gives way becomes a line of the note, a name
 * or reference an alias, by which later imports find the client.
 * @throws Fault `usage` if both are the same client.
 */
export async function mergeClients(db: Db, intoId: number, fromId: number): Promise<Merge> {
  if (intoId === fromId) {
    throw new Fault(
      'usage',
      `client ${intoId} cannot be merged with itself`,
      'name two clients: funnel client duplicates lists likely pairs',
    )
  }
  const into = await loadClient(db, intoId)
  const from = await loadClient(db, fromId)
  const contacts = await joinContacts(db, into, from)
  await dropDoublePoints(db, into.id, from.id)
  await dropDoubleCategories(db, into.id, from.id)
  await dropDoubleAccounts(db, into.id, from.id)
  const properties = await dropDoubleProperties(db, into, from)
  await takeAliases(db, into, from)
  const moved = await moveReferences(db, 'clients', from.id, into.id)
  await db.deleteFrom('clients').where('id', '=', from.id).execute()
  const more = [...contacts.lines, ...properties.lines]
  const { set, filled, kept } = mergeValues(into, from, more)
  await db.updateTable('clients').set(set).where('id', '=', into.id).execute()
  return {
    moved: Object.fromEntries([...moved].filter(([, rows]) => rows > 0)),
    joined: contacts.joined,
    filled,
    kept: [...kept, ...contacts.roles, ...properties.names],
  }
}
