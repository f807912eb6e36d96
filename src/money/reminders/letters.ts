import type { Db } from '../../book/store/db.ts'
import type { Money } from '../../domain/money.ts'
import { loadSeller, type Seller } from '../invoices/freeze.ts'
import type { DueReminder } from './due.ts'

/** What one letter is about: the invoices of a client for which the same level is due, to be paid to the same account. */
export interface LetterOfReminders {
  clientId: number
  client: string
  level: number
  currency: string
  seller: Seller
  reminders: [DueReminder, ...DueReminder[]]
  open: Money
  interest: Money
}

/** What a letter is about, for the mail: always the same for the same level of the same invoices. */
export function letterSubject({ level, reminders }: LetterOfReminders): string {
  return `reminder ${level} ${reminders.map(({ number, dueOn }) => `${number} ${dueOn}`).join(' ')}`
}

const sum = (amounts: readonly number[]): Money =>
  amounts.reduce((all, one) => all + one, 0) as Money

/**
 * The letters for reminders that are due: one for each client, level, currency and account to pay to, and no client
 * gets two of them on a day but for these reasons.
 */
export async function reminderLetters(
  db: Db,
  due: readonly DueReminder[],
): Promise<LetterOfReminders[]> {
  const groups = new Map<string, { seller: Seller; reminders: [DueReminder, ...DueReminder[]] }>()
  const now = new Map<string, Seller>()
  // An invoice from another program does not say who billed it.
  const sellerNow = async (currency: string): Promise<Seller> => {
    const known = now.get(currency)
    if (known) return known
    const { seller } = await loadSeller(db, { bank_account_id: null, currency })
    now.set(currency, seller)
    return seller
  }
  for (const reminder of due) {
    const { clientId, level, currency } = reminder
    const seller =
      reminder.seller === null ? await sellerNow(currency) : (JSON.parse(reminder.seller) as Seller)
    const { iban, bic, number, sort_code: sortCode } = seller.account ?? {}
    const account = [iban, bic, number, sortCode, seller.account && seller.name]
    const key = JSON.stringify([clientId, level, currency, account])
    const group = groups.get(key)
    if (group) group.reminders.push(reminder)
    else groups.set(key, { seller, reminders: [reminder] })
  }
  return [...groups.values()].map(({ seller, reminders }) => {
    const [{ clientId, client, level, currency }] = reminders
    return {
      clientId,
      client,
      level,
      currency,
      seller,
      reminders,
      open: sum(reminders.map((one) => one.open)),
      interest: sum(reminders.map((one) => one.interest)),
    }
  })
}
