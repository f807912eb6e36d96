import type { Store } from '../store/store.ts'

/** Rows that belong to a client, or once did: `owned`. Rebuilt at every erasure. */
const OWNED = `
  CREATE TEMP TABLE IF NOT EXISTS owned
    (table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id));
  DELETE FROM owned;`

const owned = (table: string): string => `(SELECT row_id FROM owned WHERE table_name = '${table}')`

/** Columns by which a row belongs to another, and the other's table. */
const PARENTS = {
  client_id: 'clients',
  deal_id: 'deals',
  contact_id: 'contacts',
  invoice_id: 'invoices',
} as const

/** The tables whose rows belong to a client, by the column that says so. */
export function tablesWith(store: Store, column: string): string[] {
  return store.journaledTables().filter((table) => store.columnsOf(table).includes(column))
}

function collectDetails(store: Store): void {
  for (const [column, parent] of Object.entries(PARENTS)) {
    for (const table of tablesWith(store, column)) {
      store.exec(`INSERT INTO owned
        SELECT '${table}', id FROM ${table} WHERE ${column} IN ${owned(parent)}
        ON CONFLICT DO NOTHING`)
    }
    store.exec(`INSERT INTO owned
      SELECT table_name, row_id FROM journal WHERE before ->> '${column}' IN ${owned(parent)}
      ON CONFLICT DO NOTHING`)
  }
}

// Clients that are only in the journal any more: merged into this one, or the same person, removed
// and brought in again.
const FORMER = `
  INSERT INTO owned
  SELECT 'clients', former.id FROM (
    SELECT j.before ->> 'client_id' AS id FROM journal AS j
    JOIN owned AS o ON o.table_name = j.table_name AND o.row_id = j.row_id
    UNION
    SELECT j.row_id FROM journal AS j WHERE j.table_name = 'clients' AND (
      j.before ->> 'name_key' IN (SELECT name_key FROM clients WHERE id IN ${owned('clients')})
      OR j.before ->> 'name_key' IN (SELECT k.before ->> 'name_key' FROM journal AS k
        WHERE k.table_name = 'clients' AND k.row_id IN ${owned('clients')}))
    UNION
    SELECT j.before ->> 'client_id' FROM journal AS j WHERE j.table_name = 'contact_points'
      AND j.before ->> 'kind' = 'email'
      AND j.before ->> 'key' IN (SELECT key FROM contact_points WHERE client_id IN ${owned('clients')})
  ) AS former
  WHERE former.id IS NOT NULL AND former.id NOT IN (SELECT id FROM clients)
  ON CONFLICT DO NOTHING`

/**
 * Collects in `owned` every row that belongs to a client, or did before it was changed or removed, including
 * those of clients that only the journal knows to have been the same.
 */
export function collectOwned(store: Store, client: number): void {
  store.exec(OWNED)
  store.prepare("INSERT INTO owned VALUES ('clients', ?)").run(client)
  const count = store.prepare('SELECT count(*) FROM owned').pluck()
  let before: unknown
  do {
    before = count.get()
    collectDetails(store)
    store.exec(FORMER)
  } while (before !== count.get())
}

// Columns, in any table, that hold what a person is known by.
const TELLING = new Set(['name', 'value', 'key', 'ref', 'title'])

/** What columns of owned rows hold, or held. */
function textsOf(store: Store, wanted: (table: string) => ReadonlySet<string>): string[] {
  const tables = store.prepare('SELECT DISTINCT table_name FROM owned').pluck().all() as string[]
  const sources = tables.flatMap((table) => {
    const columns = store.columnsOf(table).filter((column) => wanted(table).has(column))
    return columns.flatMap((column) => [
      `SELECT ${column} FROM ${table} WHERE id IN ${owned(table)}`,
      `SELECT before ->> '${column}' FROM journal
       WHERE table_name = '${table}' AND row_id IN ${owned(table)}`,
    ])
  })
  if (sources.length === 0) return []
  const texts = store.prepare(sources.join(' UNION ')).pluck().all()
  return texts.filter((text): text is string => typeof text === 'string')
}

/** The names, addresses, numbers and titles by which owned rows are or were known. */
export function tellingTexts(store: Store): string[] {
  return textsOf(store, () => TELLING)
}

// Many clients share a title such as “Annual licence”, a category or a property value.
const NAMING: Record<string, ReadonlySet<string>> = {
  clients: new Set(['name']),
  client_aliases: new Set(['value']),
  contacts: new Set(['name']),
  contact_points: new Set(['value']),
}
const NOTHING: ReadonlySet<string> = new Set()

// A reference such as “7” occurs in any text.
const REFERENCES = `
  SELECT value FROM client_aliases WHERE kind = 'ref' AND id IN ${owned('client_aliases')}
  UNION SELECT before ->> 'value' FROM journal
  WHERE table_name = 'client_aliases' AND before ->> 'kind' = 'ref'
    AND row_id IN ${owned('client_aliases')}`

/** Of these, the names and addresses of the client and its people, which can only mean them. */
export function namingTexts(store: Store): string[] {
  const references = new Set(store.prepare(REFERENCES).pluck().all())
  return textsOf(store, (table) => NAMING[table] ?? NOTHING).filter((text) => !references.has(text))
}
