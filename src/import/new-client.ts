import type { Store } from '../book/store/store.ts'
import { rowAdder } from '../book/store/put.ts'
import { nameKey } from '../domain/name.ts'
import { clientRow, type ClientValues } from '../records/rows/client.ts'
import type { AddClient } from './client-names.ts'
import type { ErasedGuard } from './erased.ts'

/**
 * Adds clients that the book lacks and rows of other kinds name.
 * @param known what else is known of them: the address of who is billed.
 */
export function addClientNamed(
  store: Store,
  erased: ErasedGuard,
  known: ClientValues = {},
): AddClient {
  const add = rowAdder(store, 'clients')
  return ({ ref, name }, { today, importId, row }) => {
    erased.check({ ref, names: [name], points: [] }, row)
    const origin = { importId: importId(), row }
    return add(clientRow({ ...known, ref, name, key: nameKey(name), addedOn: today, origin }))
  }
}
