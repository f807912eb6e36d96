import type { Insertable } from 'kysely'
import type { PaymentsTable } from '../../book/schema/money.ts'
import type { Rate } from '../../domain/rate.ts'
import { type FileRow, fileColumns } from '../../records/rows/file-row.ts'
import type { PaymentDraft } from './draft.ts'

/** A payment of a file in the columns of the book. */
export function paymentRow(
  draft: PaymentDraft,
  about: { clientId: number; accountId: number | null; rate: Rate | null },
  origin: FileRow,
): Insertable<PaymentsTable> {
  return {
    client_id: about.clientId,
    kind: draft.kind,
    paid_on: draft.on,
    amount: draft.amount,
    currency: draft.currency,
    rate: about.rate,
    bank_account_id: about.accountId,
    method: draft.method,
    note: draft.note,
    ref: draft.ref,
    ...fileColumns(origin),
  }
}
