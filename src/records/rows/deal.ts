import type { Insertable } from 'kysely'
import { stateColumns } from '../../book/projection.ts'
import type { DealsTable } from '../../book/schema/deals.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { DEAL_TEXTS, type DealTexts, perField, tidied } from '../../domain/text-fields.ts'
import type { DealState } from '../../domain/deal-state.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** What a deal is beyond its events; a text that is left out is not known. */
export interface DealColumns extends Partial<DealTexts> {
  ref: string | null
  clientId: number
  processId: number
  title: string
  sourceId: number | null
  /** Its contact: a person at the client. */
  contactId?: number | null
  /** Did it come with an outcome, and without the stages on the way to it? */
  outcomeOnly?: boolean
  /** False for one that came as won, and names no stage. */
  stageKnown?: boolean
  origin?: FileRow
}

/**
 * A deal in the columns of the book.
 * @param state where it stands after its events.
 * @param digits decimals of the book's currency.
 */
export function dealRow(
  deal: DealColumns,
  state: DealState,
  digits: number,
): Insertable<DealsTable> {
  const title = tidyName(deal.title)
  return {
    ref: deal.ref,
    client_id: deal.clientId,
    process_id: deal.processId,
    title,
    title_key: nameKey(title),
    ...perField(DEAL_TEXTS, (name, field) => tidied(field, deal[name])),
    source_id: deal.sourceId,
    contact_id: deal.contactId ?? null,
    outcome_only: deal.outcomeOnly ? 1 : 0,
    stage_known: deal.stageKnown === false ? 0 : 1,
    ...fileColumns(deal.origin),
    ...stateColumns(state, digits),
  }
}

/** A tag of a deal in the columns of the book. */
export function dealTagRow(dealId: number, categoryId: number) {
  return { deal_id: dealId, category_id: categoryId }
}

/** A value that a deal has beyond its fields, in the columns of the book. */
export function dealPropertyRow(dealId: number, propertyId: number, value: string) {
  return { deal_id: dealId, property_id: propertyId, value }
}
