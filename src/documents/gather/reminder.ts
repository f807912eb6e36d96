import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { currencyDigits, type Money } from '../../domain/money.ts'
import type { Settings } from '../../domain/settings.ts'
import { loadBuyer } from '../../money/invoices/freeze.ts'
import { mailAddresses } from '../../money/letters/address.ts'
import type { LetterOfReminders } from '../../money/reminders/letters.ts'
import type { Paper } from '../paper.ts'
import { languageOf } from './invoice.ts'

/** A letter with reminders as a paper: with the client as it is now, and what is late on a day. */
export async function reminderPaper(
  db: Db,
  letter: LetterOfReminders,
  settings: Settings,
  on: Day,
): Promise<Paper> {
  const { clientId, level, currency, seller, reminders, open, interest } = letter
  const language = await languageOf(db, clientId, settings.documentLanguage)
  const addresses = await mailAddresses(db, [clientId])
  const [{ reference }] = reminders
  const asked = (open + interest) as Money
  return {
    kind: 'reminder',
    language,
    number: null,
    version: null,
    on,
    validUntil: null,
    currency: { code: currency, digits: currencyDigits(currency) },
    seller,
    buyer: await loadBuyer(db, clientId),
    contact: null,
    email: addresses.get(clientId) ?? null,
    subject: null,
    note: null,
    lines: [],
    totals: { net: asked, tax: 0 as Money, gross: asked, taxes: [] },
    part: null,
    deductions: [],
    corrects: null,
    orderRef: null,
    buyerRef: null,
    service: { from: null, to: null },
    dueOn: null,
    parts: [],
    early: null,
    open: asked,
    reference:
      reminders.length === 1 ? reference : reminders.map(({ number }) => number).join(', '),
    reminder: {
      level,
      levels: settings.reminders.days.length,
      invoices: reminders.map(({ number, issuedOn, dueOn, late, open: left }) => ({
        number,
        issuedOn,
        dueOn,
        late,
        open: left,
      })),
      interest,
      rate: settings.lateInterest,
    },
    body: null,
  }
}
