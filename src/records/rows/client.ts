import type { Insertable, Updateable } from 'kysely'
import type { ClientKind, ClientsTable, Consent } from '../../book/schema/clients.ts'
import type { Day } from '../../domain/day.ts'
import { CLIENT_TEXTS, type ClientTexts, perField } from '../../domain/text-fields.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** A client's own values; what is left out is not known, or stays as it is. */
export interface ClientValues extends Partial<ClientTexts> {
  ref?: string | null
  kind?: ClientKind
  ownerId?: number | null
  sourceId?: number | null
  priceListId?: number | null
  termsId?: number | null
  consent?: Consent
}

/** A new client, its values tidied. */
export interface ClientColumns extends ClientValues {
  name: string
  /** What spellings of the name share. */
  key: string
  addedOn: Day
  origin?: FileRow
}

/** A client in the columns of the book. */
export function clientRow(client: ClientColumns) {
  return {
    ref: client.ref ?? null,
    kind: client.kind ?? 'company',
    name: client.name,
    name_key: client.key,
    owner_id: client.ownerId ?? null,
    source_id: client.sourceId ?? null,
    price_list_id: client.priceListId ?? null,
    terms_id: client.termsId ?? null,
    consent: client.consent ?? 'unknown',
    ...perField(CLIENT_TEXTS, (name) => client[name] ?? null),
    added_on: client.addedOn,
    ...fileColumns(client.origin),
  } satisfies Insertable<ClientsTable>
}

/** Values that a client is to have instead, in the columns of the book; what is left out stays. */
export function clientChanges({
  ownerId,
  sourceId,
  priceListId,
  termsId,
  ...same
}: ClientValues): Updateable<ClientsTable> {
  return {
    ...same,
    ...(ownerId === undefined ? {} : { owner_id: ownerId }),
    ...(sourceId === undefined ? {} : { source_id: sourceId }),
    ...(priceListId === undefined ? {} : { price_list_id: priceListId }),
    ...(termsId === undefined ? {} : { terms_id: termsId }),
  }
}
