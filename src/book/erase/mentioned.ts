import type { Store } from '../store/store.ts'
import { mentions } from '../../domain/mention.ts'

/** A place where an erased client is still named. */
export interface Mention {
  /** What it is: client, deal, interaction, task, segment, report, import profile, imported file … */
  kind: string
  /** Its number, or its name if it goes by one. */
  id: number | string
  /** The client it belongs to, if any. */
  client: string | null
}

/** What people call the rows of a table, and the column that identifies one. */
const RECORDS: Record<string, [kind: string, by: string]> = {
  clients: ['client', 'id'],
  client_aliases: ['client', 'client_id'],
  client_properties: ['client', 'client_id'],
  contacts: ['client', 'client_id'],
  contact_points: ['client', 'client_id'],
  deals: ['deal', 'id'],
  deal_properties: ['deal', 'deal_id'],
  events: ['deal', 'deal_id'],
  interactions: ['interaction', 'id'],
  tasks: ['task', 'id'],
  segments: ['segment', 'name'],
  report_variants: ['report', 'name'],
  import_profiles: ['import profile', 'name'],
  imports: ['imported file', 'file'],
  categories: ['category', 'name'],
  properties: ['property', 'name'],
  owners: ['owner', 'name'],
  sources: ['source', 'name'],
  reasons: ['reason', 'name'],
  stages: ['stage', 'name'],
  processes: ['process', 'name'],
  settings: ['setting', 'key'],
}
const HASHED = 'erased_keys'

/** Columns that hold another one, folded. */
const REPEATING = /(?:^|_)key$/

/** Which client a record belongs to, by its kind: SQL for the client's number. */
const CLIENT_OF: Record<string, string> = {
  deal: 'SELECT c.name FROM deals AS d JOIN clients AS c ON c.id = d.client_id WHERE d.id = ?',
  interaction:
    'SELECT c.name FROM interactions AS i JOIN clients AS c ON c.id = i.client_id WHERE i.id = ?',
  task: 'SELECT c.name FROM tasks AS t JOIN clients AS c ON c.id = t.client_id WHERE t.id = ?',
}

/** The columns of a table that hold texts written by people. */
function textsIn(store: Store, table: string): string[] {
  const columns = store.textColumnsOf(table)
  return table === 'settings' ? columns : columns.filter((name) => !REPEATING.test(name))
}

/** The rows of a table that name somebody, as people know them. */
function rowsNaming(
  store: Store,
  table: string,
  by: string,
  isNamed: (text: string) => boolean,
): (number | string)[] {
  const columns = textsIn(store, table)
  if (columns.length === 0) return []
  const found: (number | string)[] = []
  const rows = store.prepare(`SELECT ${by}, ${columns.join(', ')} FROM ${table} ORDER BY id`).raw()
  for (const [id, ...texts] of rows.iterate() as Iterable<unknown[]>) {
    const isHere = texts.some((text) => typeof text === 'string' && isNamed(text))
    if (isHere) found.push(id as number | string)
  }
  return found
}

/** Operations for which the history keeps an earlier text with the name, such as an edited note. */
function operationsNaming(store: Store, isNamed: (text: string) => boolean): number[] {
  const rows = store
    .prepare('SELECT operation_id, before FROM journal WHERE before IS NOT NULL ORDER BY id')
    .raw()
  const found: number[] = []
  for (const [id, before] of rows.iterate() as Iterable<[number, string]>) {
    const values = Object.values(JSON.parse(before) as Record<string, unknown>)
    if (values.some((text) => typeof text === 'string' && isNamed(text))) found.push(id)
  }
  return found
}

/**
 * Where somebody is still named in a book after being erased: in other records, in saved segments, reports
 * and profiles, in file names, and in the history of other records.
 * @param client the number of the client; its own record is not searched.
 * @param known the names, addresses and numbers of the client and its people.
 */
export function stillNamed(store: Store, client: number, known: readonly string[]): Mention[] {
  const isNamed = mentions(known)
  const found = new Map<string, Mention>()
  const add = (kind: string, id: number | string): void => {
    if (kind === 'client' && id === client) return
    const of =
      kind in CLIENT_OF
        ? store
            .prepare(CLIENT_OF[kind] ?? '')
            .pluck()
            .get(id)
        : null
    found.set(`${kind} ${id}`, { kind, id, client: (of as string | undefined) ?? null })
  }
  for (const table of store.journaledTables()) {
    if (table === HASHED) continue
    const [kind, by] = RECORDS[table] ?? [table, 'id']
    for (const id of rowsNaming(store, table, by, isNamed)) add(kind, id)
  }
  for (const id of operationsNaming(store, isNamed)) add('operation', id)
  return [...found.values()]
}
