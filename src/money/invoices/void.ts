import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import { type Moment, requirePast } from '../../records/moment.ts'
import { makeFinal } from '../final.ts'
import { requireNotDeducted } from './deductions.ts'
import { invoiceName, type Issued } from './find.ts'
import { allocatedOf } from './issue.ts'
import { settleFinal } from './parts.ts'

/** @throws Fault `failed` if an invoice was voided. */
export function requireStanding(invoice: Issued): void {
  if (invoice.voided_on === null) return
  throw new Fault(
    'failed',
    `${invoiceName(invoice)} was voided on ${invoice.voided_on}`,
    'issue another',
  )
}

/** @throws Fault `failed` if it is a credit note, or something settles it. */
async function requireUnsettled(db: Db, invoice: Issued): Promise<void> {
  const { id, kind, number, client_id: client } = invoice
  const name = invoiceName(invoice)
  if (kind === 'credit') {
    const hint = `bill it again instead: funnel invoice add ${client}, then funnel invoice issue`
    throw new Fault('failed', `${name} is a credit note, and those are not voided`, hint)
  }
  if ((await allocatedOf(db, 'invoice_id', id)) === 0) return
  const hint = `correct it with a credit note: funnel invoice credit ${number}`
  throw new Fault('failed', `${name} is paid or credited, in part or in full`, hint)
}

/**
 * Voids an invoice that was issued by mistake: from a day on nothing is owed on it; its number stays taken. It cannot
 * be undone.
 * @throws Fault `failed` if it was voided, something settles it, or a final invoice takes it off; `usage` for a day before it was issued.
 */
export async function voidInvoice(
  db: Db,
  invoice: Issued,
  reason: string,
  moment: Moment,
): Promise<void> {
  requirePast(moment)
  requireStanding(invoice)
  await requireUnsettled(db, invoice)
  await requireNotDeducted(db, invoice)
  const { on, recordedAt } = moment
  const name = invoiceName(invoice)
  if (on < invoice.issued_on) {
    const message = `${name} was issued on ${invoice.issued_on}, after ${on}`
    throw new Fault('usage', message, 'give a later day')
  }
  await db.updateTable('invoices').set({ voided_on: on }).where('id', '=', invoice.id).execute()
  await db
    .insertInto('invoice_events')
    .values({
      invoice_id: invoice.id,
      kind: 'voided',
      at: on,
      until: null,
      note: tidyName(reason) || null,
      recorded_at: recordedAt,
    })
    .execute()
  await settleFinal(db, invoice)
  await makeFinal(
    db,
    `${name} was voided`,
    'make another: funnel invoice add CLIENT, then funnel invoice issue',
  )
}
