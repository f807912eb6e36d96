import fc from 'fast-check'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts'
import { NO_DISCOUNT, ONE, type Portion, type UnitPrice } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import { creditInvoice } from '../../src/money/invoices/credit.ts'
import { addDraft, editDraft } from '../../src/money/invoices/draft.ts'
import { findInvoice, isIssued, type Issued } from '../../src/money/invoices/find.ts'
import { issueDraft } from '../../src/money/invoices/issue.ts'
import { addInvoiceLine } from '../../src/money/invoices/lines.ts'
import { voidInvoice } from '../../src/money/invoices/void.ts'
import { addPayment, refund, settleWithout } from '../../src/money/payments/add.ts'
import { allocate, openOf, restOf, type Source } from '../../src/money/payments/allocate.ts'
import { day, moment } from './book.ts'

/** The day on which these books are kept, and the first on which anything happens in them. */
export const TODAY = day('2026-11-28')
export const START = day('2026-06-01')
export const LENGTH = daysBetween(START, TODAY)
export const NUMBERING = { numbering: { pattern: '{yyyy}-{nnnn}' }, book: 'EUR' }

export const at = (on: Day) => moment(on, TODAY)

/** An invoice of amounts without tax, or of nets with tax in percent; in cents. */
interface Billed {
  client: number
  amount?: number
  taxed?: readonly (readonly [net: number, percent: number])[]
  currency?: string
  on: Day
  due: Day
  plan?: string
}

/** Issues an invoice. */
export async function bill(db: Db, billed: Billed): Promise<Issued> {
  const { client, amount = 0, on, due, plan, currency = 'EUR' } = billed
  const of = { clientId: client, dealId: null, currency }
  const id = await addDraft(db, of, at(on))
  for (const [net, percent] of billed.taxed ?? [[amount, 0]]) {
    await addInvoiceLine(
      db,
      { id, currency },
      {
        productId: null,
        text: 'Work',
        quantity: ONE,
        unit: null,
        price: (net * 100) as UnitPrice,
        discount: NO_DISCOUNT,
        tax: {
          category: percent === 0 ? 'O' : 'S',
          rate: (percent * 10_000) as Portion,
          reason: null,
        },
      },
    )
  }
  if (plan !== undefined) await editDraft(db, id, { plan })
  const draft = await findInvoice(db, `d${id}`)
  const how = { ...NUMBERING, incomplete: true, ...(plan === undefined ? { due } : {}) }
  const { number } = await issueDraft(db, draft, how, at(on))
  return (await findInvoice(db, number)) as Issued
}

/** Enters a payment, and settles invoices with it. */
export async function pay(
  db: Db,
  client: number,
  amount: number,
  on: Day,
  to: readonly Issued[] = [],
  currency = to[0]?.currency ?? 'EUR',
) {
  const values = { clientId: client, kind: 'in' as const, amount: amount as Money, currency }
  const payment = await addPayment(db, values, 'EUR', at(on))
  const source = { kind: 'payment' as const, payment }
  if (to.length > 0) await allocate(db, source, to, { acrossClients: true })
  return payment
}

/** Something that may happen in a random book. */
export interface Happening {
  kind:
    | 'bill'
    | 'pay'
    | 'pay some'
    | 'use'
    | 'credit'
    | 'void'
    | 'refund'
    | 'write-off'
    | 'discount'
    | 'fee'
  client: number
  amount: number
  day: number
  days: number
  of: number
  /** Is it in dollars, or does a client pay for another? */
  abroad: boolean
}

const happeningWith = (abroad: fc.Arbitrary<boolean>): fc.Arbitrary<Happening> =>
  fc.record({
    kind: fc.constantFrom(
      'bill',
      'bill',
      'bill',
      'pay',
      'pay',
      'pay some',
      'use',
      'credit',
      'void',
      'refund',
      'write-off',
      'discount',
      'fee',
    ),
    client: fc.integer({ min: 1, max: 3 }),
    amount: fc.integer({ min: 1, max: 5000 }),
    day: fc.integer({ min: 0, max: LENGTH }),
    days: fc.integer({ min: 0, max: 120 }),
    of: fc.integer({ min: 0, max: 30 }),
    abroad,
  })

/** Anything that may happen in euros; and in dollars too, with clients that pay for others. */
export const happening = happeningWith(fc.constant(false))
export const happeningAbroad = happeningWith(fc.boolean())

/** What is dated, in plain lists. */
export interface Ledger {
  invoices: {
    id: number
    client: number
    on: Day
    due: Day
    gross: number
    voided: Day | null
    credit: boolean
    /** The invoice that a credit note corrects. */
    corrects: number | null
  }[]
  payments: { id: number; client: number; on: Day; amount: number; kind: string }[]
  allocations: {
    payment: number | null
    credit: number | null
    invoice: number | null
    on: Day
    amount: number
  }[]
}

/** The whole of a book’s money in plain lists. */
export async function ledgerOf({ db }: Book): Promise<Ledger> {
  const invoices = await db.selectFrom('invoices').selectAll().execute()
  const payments = await db.selectFrom('payments').selectAll().execute()
  const allocations = await db.selectFrom('allocations').selectAll().execute()
  return {
    invoices: invoices.filter(isIssued).map((one) => ({
      id: one.id,
      client: one.client_id,
      on: one.issued_on,
      due: one.due_on,
      gross: one.gross,
      voided: one.voided_on,
      credit: one.kind === 'credit',
      corrects: one.corrects_id,
    })),
    payments: payments.map((one) => ({ ...one, client: one.client_id, on: one.paid_on })),
    allocations: allocations.map((one) => ({
      payment: one.payment_id,
      credit: one.credit_id,
      invoice: one.invoice_id,
      on: one.at,
      amount: one.amount,
    })),
  }
}

/** The day of the last number: a later number cannot have an earlier day. */
async function lastIssued(db: Db): Promise<Day> {
  const { last } = await db
    .selectFrom('invoices')
    .select(({ fn }) => fn.max('issued_on').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? START
}

/** Money of a client that settles nothing yet. */
async function unusedOf(db: Db, client: number, currency: string): Promise<Source[]> {
  const credits = await db
    .selectFrom('invoices')
    .selectAll()
    .where('client_id', '=', client)
    .where('currency', '=', currency)
    .where('kind', '=', 'credit')
    .where('settled_on', 'is', null)
    .execute()
  const payments = await db
    .selectFrom('payments')
    .selectAll()
    .where('client_id', '=', client)
    .where('currency', '=', currency)
    .where('kind', '=', 'in')
    .where('settled_on', 'is', null)
    .execute()
  return [
    ...credits.filter(isIssued).map((credit): Source => ({ kind: 'credit', credit })),
    ...payments.map((payment): Source => ({ kind: 'payment', payment })),
  ]
}

async function isCredited(db: Db, { id }: Issued): Promise<boolean> {
  const found = await db
    .selectFrom('invoices')
    .select('id')
    .where('corrects_id', '=', id)
    .executeTakeFirst()
  return found !== undefined
}

/** What gives a number. */
const NUMBERED: ReadonlySet<Happening['kind']> = new Set(['bill', 'credit'])

const later = (a: Day, b: Day): Day => (a > b ? a : b)

/** Lets one thing happen, if it can. @param issued the invoices so far. */
async function happen(db: Db, one: Happening, issued: Issued[]): Promise<void> {
  const { kind, client, amount } = one
  const currency = one.abroad ? 'USD' : 'EUR'
  const on = addDays(START, one.day)
  const invoice = issued[one.of % Math.max(1, issued.length)]
  if (kind === 'bill') {
    const taxed: [number, number][] = [[amount, 19]]
    if (one.of % 2 === 1) taxed.push([1 + ((amount * 7) % 900), 7])
    if (one.of % 3 === 0) taxed.push([amount + 1, 0])
    const billedOn = later(on, await lastIssued(db))
    const due = addDays(billedOn, one.days)
    // Some in dollars are paid in three parts, which are not whole in euros.
    const plan = one.abroad && one.of % 2 === 0 ? { plan: '30% at once, 30% 20d, 40% 60d' } : {}
    issued.push(await bill(db, { client, taxed, on: billedOn, due, currency, ...plan }))
    return
  }
  if (kind === 'pay some' || !invoice) {
    await pay(db, client, amount, on, [], currency)
    return
  }
  const { voided_on: voidedOn } = await findInvoice(db, invoice.number)
  const since = later(on, invoice.issued_on)
  const open = voidedOn === null ? await openOf(db, invoice) : 0
  const payer = one.abroad ? client : invoice.client_id
  if (kind === 'pay' && open > 0) await pay(db, payer, amount, on, [invoice])
  if (kind === 'use' && open > 0) {
    const [source] = await unusedOf(db, invoice.client_id, invoice.currency)
    if (source) await allocate(db, source, [invoice], { acrossClients: false })
  }
  if ((kind === 'write-off' || kind === 'discount' || kind === 'fee') && open > 0) {
    const off = Math.min(open, amount) as Money
    await settleWithout(db, invoice, { kind, amount: off }, 'EUR', at(since))
  }
  if (kind === 'void' && open === invoice.gross) await voidInvoice(db, invoice, 'wrong', at(since))
  if (kind === 'credit' && voidedOn === null && !(await isCredited(db, invoice))) {
    const lines = one.of % 2 === 0 ? {} : { lines: ['1'] }
    await creditInvoice(db, invoice, lines, NUMBERING, at(later(since, await lastIssued(db))))
  }
  if (kind === 'refund') {
    const sources = await unusedOf(db, client, currency)
    const rests = await Promise.all(sources.map((source) => restOf(db, source)))
    const rest = rests.reduce((sum, left) => sum + left, 0)
    const back = Math.min(rest, amount) as Money
    const of = { clientId: client, amount: back, currency }
    if (back > 0) await refund(db, of, 'EUR', at(TODAY))
  }
}

/** Lets things happen in the book, as far as they can; those that give a number in the order of their days. */
export async function happenAll(db: Db, all: readonly Happening[]): Promise<Issued[]> {
  const issued: Issued[] = []
  const days = all
    .filter(({ kind }) => NUMBERED.has(kind))
    .map((one) => one.day)
    .toSorted((a, b) => a - b)
  for (const one of all) {
    const its = NUMBERED.has(one.kind) ? (days.shift() ?? 0) : one.day
    await happen(db, { ...one, day: its }, issued)
  }
  return issued
}
