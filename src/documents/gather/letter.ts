import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import { loadBuyer, loadSeller } from '../../money/invoices/freeze.ts'
import { mailAddresses } from '../../money/letters/address.ts'
import type { Paper } from '../paper.ts'
import { languageOf } from './invoice.ts'

const NOTHING = 0 as Money

/** What a letter says. */
export interface LetterValues {
  clientId: number
  /** Who is written to at the client; null is nobody in particular. */
  contact: string | null
  subject: string
  body: string
}

/** A letter to a client as a paper, in the language that the client is written to in. @param usual that of the book. */
export async function letterPaper(
  db: Db,
  { clientId, contact, subject, body }: LetterValues,
  { currency, usual, on }: { currency: Paper['currency']; usual: string; on: Day },
): Promise<Paper> {
  const { seller } = await loadSeller(db, { bank_account_id: null, currency: currency.code })
  return {
    kind: 'letter',
    language: await languageOf(db, clientId, usual),
    number: null,
    version: null,
    on,
    validUntil: null,
    currency,
    seller,
    buyer: await loadBuyer(db, clientId),
    contact,
    email: (await mailAddresses(db, [clientId])).get(clientId) ?? null,
    subject,
    note: null,
    lines: [],
    totals: { net: NOTHING, tax: NOTHING, gross: NOTHING, taxes: [] },
    part: null,
    deductions: [],
    corrects: null,
    orderRef: null,
    buyerRef: null,
    service: { from: null, to: null },
    dueOn: null,
    parts: [],
    early: null,
    open: NOTHING,
    reference: null,
    reminder: null,
    body,
  }
}
