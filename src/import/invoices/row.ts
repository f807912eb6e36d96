import type { Insertable } from 'kysely'
import type { InvoicesTable } from '../../book/schema/money.ts'
import { creditorReference } from '../../domain/invoices/reference.ts'
import { serialIn, seriesOf } from '../../domain/invoices/number.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import type { Rate } from '../../domain/rate.ts'
import { type FileRow, fileColumns } from '../../records/rows/file-row.ts'
import type { InvoiceDraft } from './draft.ts'

/** What an invoice of a file is about, and what follows from that. */
export interface InvoiceAbout {
  clientId: number
  dealId: number | null
  ownerId: number | null
  termsId: number | null
  dueOn: Day
  rate: Rate | null
  /** Who is billed, as JSON. */
  buyer: string
}

/**
 * An invoice that another program issued, in the columns of the book. A number as the book gives them takes its place
 * in the series of its day.
 * @param pattern how the book numbers invoices.
 */
export function invoiceRow(
  draft: InvoiceDraft,
  about: InvoiceAbout,
  pattern: string,
  origin: FileRow,
): Insertable<InvoicesTable> {
  const series = seriesOf(pattern, draft.issuedOn)
  const serial = serialIn(series, draft.number)
  return {
    kind: draft.kind,
    number: draft.number,
    number_key: nameKey(draft.number),
    series: serial === null ? null : series,
    serial,
    client_id: about.clientId,
    deal_id: about.dealId,
    owner_id: about.ownerId,
    currency: draft.currency,
    rate: about.rate,
    terms_id: about.termsId,
    drafted_on: draft.issuedOn,
    issued_on: draft.issuedOn,
    due_on: about.dueOn,
    voided_on: draft.voidedOn,
    net: draft.net,
    tax: draft.tax,
    gross: draft.gross,
    plan: draft.plan,
    payment_ref: creditorReference(draft.number),
    order_ref: draft.orderRef,
    buyer_ref: draft.buyerRef,
    note: draft.note,
    buyer: about.buyer,
    ref: draft.ref,
    ...fileColumns(origin),
  }
}
