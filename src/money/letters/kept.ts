import type { Db } from '../../book/store/db.ts'

/**
 * Which of some mails the book knows of: those by which an invoice, a reminder or a proposal went. Of others the change
 * that made them did not come about.
 */
export async function knownMails(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>()
  // A few at a time: a query takes only so many values.
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500)
    for (const table of ['reminders', 'invoice_events', 'proposal_events'] as const) {
      const rows = await db
        .selectFrom(table)
        .select('message_id')
        .where('message_id', 'in', some)
        .execute()
      for (const { message_id: id } of rows) if (id !== null) known.add(id)
    }
  }
  return known
}

/** The mails about money and with proposals that went to a client. */
export async function mailsTo(db: Db, clientId: number): Promise<string[]> {
  const ids = new Set<string>()
  const theirs = db.selectFrom('invoices').select('id').where('client_id', '=', clientId)
  for (const table of ['reminders', 'invoice_events'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('message_id')
      .where('message_id', 'is not', null)
      .where('invoice_id', 'in', theirs)
      .execute()
    for (const { message_id: id } of rows) if (id !== null) ids.add(id)
  }
  const proposals = await db
    .selectFrom('proposal_events as e')
    .innerJoin('proposals as p', 'p.id', 'e.proposal_id')
    .select('e.message_id')
    .where('e.message_id', 'is not', null)
    .where('p.client_id', '=', clientId)
    .execute()
  for (const { message_id: id } of proposals) if (id !== null) ids.add(id)
  return [...ids]
}
