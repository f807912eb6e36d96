import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import type { Moment } from '../../records/moment.ts'
import { invoiceName, type Issued } from './find.ts'
import { requireStanding } from './void.ts'

/** Why and until when an invoice is not followed up. */
export interface Hold {
  invoiceId: number
  since: Day
  until: Day | null
  reason: string | null
}

/** The holds that stand on a day, by invoice: the last word on each, if it has not ended. */
export async function holdsOn(db: Db, on: Day): Promise<Map<number, Hold>> {
  const events = await db
    .selectFrom('invoice_events')
    .select(['invoice_id', 'kind', 'at', 'until', 'note'])
    .where('kind', 'in', ['held', 'released'])
    .where('at', '<=', on)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const holds = new Map<number, Hold>()
  for (const { invoice_id: invoiceId, kind, at, until, note } of events) {
    if (kind === 'released' || (until !== null && until < on)) holds.delete(invoiceId)
    else holds.set(invoiceId, { invoiceId, since: at, until, reason: note })
  }
  return holds
}

/**
 * Keeps an invoice from being followed up: it is disputed, or the client was given time.
 * @param until the last day of it; null is until it is released.
 * @throws Fault `failed` if the invoice was voided; `usage` for a day that is past.
 */
export async function holdInvoice(
  db: Db,
  invoice: Issued,
  { until, reason }: { until: Day | null; reason: string | null },
  { on, today, recordedAt }: Moment,
): Promise<void> {
  requireStanding(invoice)
  if (until !== null && until < today) {
    throw new Fault('usage', `${until} is past (today is ${today})`, 'give a day to come')
  }
  await db
    .insertInto('invoice_events')
    .values({
      invoice_id: invoice.id,
      kind: 'held',
      at: on,
      until,
      note: tidyName(reason ?? '') || null,
      recorded_at: recordedAt,
    })
    .execute()
}

/** Lets an invoice be followed up again. @throws Fault `failed` if it is not on hold. */
export async function releaseInvoice(
  db: Db,
  invoice: Issued,
  { on, recordedAt }: Moment,
): Promise<void> {
  if (!(await holdsOn(db, on)).has(invoice.id)) {
    throw new Fault(
      'failed',
      `${invoiceName(invoice)} is not on hold`,
      'see: funnel invoice list --held',
    )
  }
  await db
    .insertInto('invoice_events')
    .values({
      invoice_id: invoice.id,
      kind: 'released',
      at: on,
      until: null,
      note: null,
      recorded_at: recordedAt,
    })
    .execute()
}
