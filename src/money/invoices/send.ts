import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { addInteraction } from '../../records/interactions.ts'
import type { Moment } from '../../records/moment.ts'
import { invoiceName, type Issued } from './find.ts'
import { requireStanding } from './void.ts'

/** When an invoice was sent last; null if it was not. */
async function lastSent(db: Db, id: number): Promise<{ at: Day; note: string | null } | null> {
  const found = await db
    .selectFrom('invoice_events')
    .select(['at', 'note'])
    .where('invoice_id', '=', id)
    .where('kind', '=', 'sent')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

/**
 * Can an invoice be sent?
 * @param again also if it was sent before.
 * @throws Fault `failed` if it was voided, came from another program without what it says, or was sent before.
 */
export async function requireSendable(db: Db, invoice: Issued, again: boolean): Promise<void> {
  requireStanding(invoice)
  const name = invoiceName(invoice)
  if (invoice.buyer === null || invoice.seller === null) {
    const hint = 'send the paper of the program that it came from'
    throw new Fault('failed', `${name} was imported, and the book has only its amounts`, hint)
  }
  const sent = await lastSent(db, invoice.id)
  if (sent === null || again) return
  const to = sent.note === null ? '' : ` ${sent.note}`
  const hint = `to send it once more: funnel invoice send ${invoice.number} --again`
  throw new Fault('failed', `${name} was sent on ${sent.at}${to}`, hint)
}

/**
 * Writes down that an invoice was sent, in its history and in that of its client.
 * @param to where to, in words that follow `sent`: `to ann@example.com`.
 * @param mail the mail in the outbox; null for a file.
 */
export async function recordSent(
  db: Db,
  invoice: Issued,
  { to, mail }: { to: string; mail: string | null },
  moment: Moment,
): Promise<void> {
  await db
    .insertInto('invoice_events')
    .values({
      invoice_id: invoice.id,
      kind: 'sent',
      at: moment.today,
      until: null,
      note: to,
      recorded_at: moment.recordedAt,
      message_id: mail,
    })
    .execute()
  const name = invoiceName(invoice)
  await addInteraction(
    db,
    {
      kind: 'mailing',
      clientId: invoice.client_id,
      dealId: invoice.deal_id,
      ownerId: invoice.owner_id,
      direction: 'out',
      result: null,
      text: `Sent ${name} ${to}`,
    },
    { ...moment, on: moment.today },
  )
}
