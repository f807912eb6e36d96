import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { fillText, usualText } from '../../domain/invoices/reminder-texts.ts'
import { percentText } from '../../domain/lines/scaled.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import type { Settings } from '../../domain/settings.ts'
import { counted } from '../../domain/text.ts'
import { loadSeller, type Seller } from '../invoices/freeze.ts'
import { ledgerLine } from '../letters/columns.ts'
import { type LetterText, paymentLines } from '../letters/invoice-letter.ts'
import type { DueReminder } from './due.ts'

/** One letter: the invoices of a client for which the same level is due, to be paid to the same account. */
export interface ReminderLetter extends LetterText {
  clientId: number
  client: string
  level: number
  currency: string
  reminders: DueReminder[]
  open: Money
  interest: Money
}

/** What a letter is about, for the mail: always the same for the same level of the same invoices. */
export function letterSubject({ level, reminders }: ReminderLetter): string {
  return `reminder ${level} ${reminders.map(({ number, dueOn }) => `${number} ${dueOn}`).join(' ')}`
}

const sum = (amounts: readonly number[]): Money =>
  amounts.reduce((all, one) => all + one, 0) as Money

/** The text in use for a level. */
export function textFor(
  level: number,
  { reminders, reminderTexts }: Pick<Settings, 'reminders' | 'reminderTexts'>,
): string {
  return reminderTexts[level] ?? usualText(level, reminders.days.length)
}

function write(
  reminders: readonly [DueReminder, ...DueReminder[]],
  seller: Seller,
  on: Day,
  settings: Settings,
): ReminderLetter {
  const [{ clientId, client, level, currency: code, reference }] = reminders
  const currency = { ...settings.currency, code, digits: currencyDigits(code) }
  const money = (minor: number): string => `${formatMoney(minor, currency, true)} ${code}`
  const [open, interest] = [
    sum(reminders.map((one) => one.open)),
    sum(reminders.map((one) => one.interest)),
  ]
  const numbers = reminders.map(({ number }) => number)
  const list = reminders
    .map(({ number, dueOn, late, open: left }) =>
      ledgerLine(`${number}, due ${dueOn}, ${counted(late, 'day')} late`, money(left)),
    )
    .join('\n')
  const total = reminders.length > 1 ? `\n${ledgerLine('Together', money(open))}` : ''
  const { lateInterest: rate } = settings
  const { subject, body } = fillText(textFor(level, settings), {
    client,
    numbers: `${numbers.length === 1 ? 'invoice' : 'invoices'} ${numbers.join(', ')}`,
    invoices: list + total,
    total: money(open + interest),
    interest:
      rate === null || interest === 0
        ? ''
        : `Late interest at ${percentText(rate)} a year until ${on}: ${money(interest)}.`,
    pay: paymentLines(seller, reminders.length === 1 ? reference : numbers.join(', ')),
    company: seller.name ?? '',
    today: on,
  })
  return {
    clientId,
    client,
    level,
    currency: code,
    reminders: [...reminders],
    open,
    interest,
    subject,
    text: `${body}\n`,
  }
}

/**
 * The letters for reminders that are due: one for each client, level, currency and account to pay to, and no client
 * gets two of them on a day but for these reasons.
 */
export async function reminderLetters(
  db: Db,
  due: readonly DueReminder[],
  on: Day,
  settings: Settings,
): Promise<ReminderLetter[]> {
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
    const account = paymentLines(seller, null)
    const key = JSON.stringify([clientId, level, currency, account])
    const group = groups.get(key)
    if (group) group.reminders.push(reminder)
    else groups.set(key, { seller, reminders: [reminder] })
  }
  return [...groups.values()].map(({ seller, reminders }) => write(reminders, seller, on, settings))
}
