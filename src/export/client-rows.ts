import type { ClientRecord } from '../domain/client-record.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { clientColumns, clientRows } from '../import/own-export/client-rows.ts'
import { column } from './columns.ts'

/** Clients as a table with the columns that the import reads: its fields, then the properties by name. */
export function clientTable(
  clients: AsyncIterable<ClientRecord>,
  properties: readonly string[],
): LongTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const client of clients) yield* clientRows(client, properties)
  }
  const columns = clientColumns(properties).map((key) => column(key))
  return { name: 'clients', columns, currency: null, rows: rows() }
}
