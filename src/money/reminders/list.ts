import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'

/** Reminders that went by a day, the latest first. */
export function listReminders(
  db: Db,
  {
    clientId,
    invoiceId,
    on,
  }: { clientId?: number | undefined; invoiceId?: number | undefined; on: Day },
) {
  const query = db
    .selectFrom('reminders as r')
    .innerJoin('invoices as i', 'i.id', 'r.invoice_id')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .select([
      'r.at',
      'i.number',
      'c.name as client',
      'i.client_id',
      'r.level',
      'r.due_on',
      'r.open',
      'r.interest',
      'i.currency',
      'r.message_id',
    ])
    .where('r.at', '<=', on)
    .orderBy('r.at', 'desc')
    .orderBy('r.id', 'desc')
  const ofClient = clientId === undefined ? query : query.where('i.client_id', '=', clientId)
  const wanted = invoiceId === undefined ? ofClient : ofClient.where('i.id', '=', invoiceId)
  return wanted.execute()
}
