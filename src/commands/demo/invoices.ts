import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { Currency } from '../../domain/money.ts'
import { type Random, seededRandom } from '../../domain/random.ts'
import { draftOfDeal } from '../../money/invoices/draft.ts'
import { findDraft, findIssued } from '../../money/invoices/find.ts'
import { issueDraft } from '../../money/invoices/issue.ts'
import { addPayment } from '../../money/payments/add.ts'
import { allocate } from '../../money/payments/allocate.ts'
import { addAccount } from '../../records/firm/bank-accounts.ts'
import { setCompany } from '../../records/firm/company.ts'
import type { Moment } from '../../records/moment.ts'

const DAYS_BACK = 365
const SEED = 7

/** How many days after an invoice it is paid: most by the due day, a quarter of them late. */
function daysToPay(random: Random): number {
  const isLate = random() < 0.25
  return Math.round(isLate ? 31 + random() * 60 : 12 + random() * 18)
}

interface Billing {
  db: Db
  book: Currency
  pattern: string
  moment: Moment
  accountId: number
}

async function bill({ db, book, pattern, moment }: Billing, deal: number, on: Day) {
  const id = await draftOfDeal(db, deal, book, {}, { ...moment, on })
  const draft = await findDraft(db, `d${id}`)
  const how = { numbering: { pattern }, book: book.code, incomplete: true }
  const { number } = await issueDraft(db, draft, how, { ...moment, on })
  return findIssued(db, number)
}

/** Bills the deals that were won in the last year; most of them have been paid. */
export async function billDeals(
  db: Db,
  { currency: book, invoiceNumber: pattern }: { currency: Currency; invoiceNumber: string },
  moment: Moment,
): Promise<void> {
  await setCompany(db, {
    name: 'Polar Cooling',
    street: 'Hafenstraße 12',
    postcode: '20457',
    town: 'Hamburg',
    country: 'DE',
    tax_number: '27/123/45678',
  })
  const account = { iban: 'DE89370400440532013000', currency: book.code }
  const { id: accountId } = await addAccount(db, 'House bank', account, true)
  const won = await db
    .selectFrom('deals')
    .select(['id', 'closed_on'])
    .where('status', '=', 'won')
    .where('closed_on', '>=', addDays(moment.today, -DAYS_BACK))
    .where('amount', 'is not', null)
    .orderBy('closed_on')
    .orderBy('id')
    .execute()
  const billing = { db, book, pattern, moment, accountId }
  const random = seededRandom(SEED)
  for (const { id, closed_on: closedOn } of won) {
    const on = closedOn ?? moment.today
    const invoice = await bill(billing, id, on)
    const paidOn = addDays(on, daysToPay(random))
    const forgets = random() < 0.1
    if (forgets || paidOn > moment.today) continue
    const { client_id: clientId, gross: amount, currency } = invoice
    const values = {
      clientId,
      kind: 'in' as const,
      amount,
      currency,
      accountId,
      method: 'transfer',
    }
    const payment = await addPayment(db, values, book.code, { ...moment, on: paidOn })
    await allocate(db, { kind: 'payment', payment }, [invoice], { acrossClients: false })
  }
}
