import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { contactRow } from '../../records/rows/client-details.ts'

/** The people at clients whom rows of deals name; one that the client lacks is added. */
export function dealPeople(store: Store) {
  const find = store
    .prepare('SELECT id FROM contacts WHERE client_id = ? AND name_key = ? ORDER BY id LIMIT 1')
    .pluck()
  const add = rowAdder(store, 'contacts')
  const known = (client: number, name: string): number | null =>
    (find.get(client, nameKey(name)) as number | undefined) ?? null
  return {
    known,
    id: (client: number, name: string | null): number | null =>
      name === null ? null : (known(client, name) ?? add(contactRow(client, tidyName(name), null))),
  }
}
