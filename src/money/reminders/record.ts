import type { Db } from '../../book/store/db.ts'
import { addInteraction } from '../../records/interactions.ts'
import type { Moment } from '../../records/moment.ts'
import type { LetterOfReminders } from './letters.ts'

/**
 * Writes down that a letter with reminders went: a row for each invoice and level, of which the book has only one, and
 * an interaction with the client.
 * @param how where it went: the address and the mail in the outbox, or a file.
 */
export async function recordReminders(
  db: Db,
  { clientId, level, reminders }: LetterOfReminders,
  how: { to: string; mail: string | null },
  moment: Moment,
): Promise<void> {
  for (const { invoiceId, dueOn, open, interest } of reminders) {
    await db
      .insertInto('reminders')
      .values({
        invoice_id: invoiceId,
        due_on: dueOn,
        level,
        at: moment.today,
        open,
        interest,
        message_id: how.mail,
      })
      .execute()
  }
  const [first] = reminders
  const numbers = reminders.map(({ number }) => number).join(', ')
  await addInteraction(
    db,
    {
      kind: 'mailing',
      clientId,
      dealId: reminders.length === 1 ? (first?.dealId ?? null) : null,
      ownerId: first?.ownerId ?? null,
      direction: 'out',
      result: null,
      text: `Reminder, level ${level}, of ${numbers} ${how.to}`,
    },
    { ...moment, on: moment.today },
  )
}
