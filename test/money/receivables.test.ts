import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
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
import { allocate, openOf, restOf } from '../../src/money/payments/allocate.ts'
import { addClient } from '../../src/records/clients.ts'
import { loadDebts } from '../../src/reports/receivables/load.ts'
import { day, moment, newBook, perform } from '../support/book.ts'

const TODAY = day('2026-11-28')
const START = day('2026-06-01')
const LENGTH = daysBetween(START, TODAY)
const NUMBERING = { numbering: { pattern: '{yyyy}-{nnnn}' }, book: 'EUR' }

const at = (on: Day) => moment(on, TODAY)

interface Billed {
  client: number
  amount: number
  on: Day
  due: Day
  plan?: string
}

async function bill(db: Db, { client, amount, on, due, plan }: Billed): Promise<Issued> {
  const of = { clientId: client, dealId: null, currency: 'EUR' }
  const id = await addDraft(db, of, at(on))
  const line = {
    productId: null,
    text: 'Work',
    quantity: ONE,
    unit: null,
    price: (amount * 100) as UnitPrice,
    discount: NO_DISCOUNT,
    tax: { category: 'O' as const, rate: 0 as Portion, reason: null },
  }
  await addInvoiceLine(db, { id, currency: 'EUR' }, line)
  if (plan !== undefined) await editDraft(db, id, { plan })
  const draft = await findInvoice(db, `d${id}`)
  const how = { ...NUMBERING, incomplete: true, ...(plan === undefined ? { due } : {}) }
  const { number } = await issueDraft(db, draft, how, at(on))
  return (await findInvoice(db, number)) as Issued
}

async function pay(db: Db, client: number, amount: number, on: Day, to: readonly Issued[] = []) {
  const values = { clientId: client, kind: 'in' as const, amount: amount as Money, currency: 'EUR' }
  const payment = await addPayment(db, values, 'EUR', at(on))
  const source = { kind: 'payment' as const, payment }
  if (to.length > 0) await allocate(db, source, to, { acrossClients: false })
  return payment
}

const debtsOn = async (book: Book, asOf: Day) =>
  (await loadDebts(book.db, { asOf, settings: book.settings })).debts

describe('what clients owe', () => {
  it('is the worked example, on its day and on an earlier one', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Harbour Foods', {}, {}, START)
      const due = (on: string, amount: number, by: string) =>
        bill(db, { client: 1, amount, on: day(on), due: day(by) })
      await due('2026-07-15', 238_000, '2026-08-15')
      await due('2026-07-30', 59_500, '2026-08-30')
      const paid = await due('2026-08-30', 38_000, '2026-09-30')
      const a = await due('2026-10-01', 1_428_000, '2026-10-31')
      await due('2026-10-29', 119_000, '2026-11-28')
      await pay(db, 1, 38_000, day('2026-09-30'), [paid])
      await pay(db, 1, 500_000, day('2026-11-05'), [a])
      await creditInvoice(db, paid, {}, NUMBERING, at(day('2026-11-10')))
      await pay(db, 1, 20_000, day('2026-11-20'))
    })
    expect((await debtsOn(book, TODAY)).get(1)).toEqual({
      not_due: 119_000,
      d1_30: 928_000,
      d31_60: 0,
      d61_90: 59_500,
      d90_plus: 238_000,
      unallocated: 58_000,
    })
    expect((await debtsOn(book, day('2026-11-01'))).get(1)).toMatchObject({
      not_due: 119_000,
      d1_30: 1_428_000,
      unallocated: 0,
    })
  })

  it('is late by the days of instalments, the first of which is paid first', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Harbour Foods', {}, {}, START)
      const plan = '30% at once, 30% 30d, 40% 60d'
      const on = day('2026-09-20')
      const invoice = await bill(db, { client: 1, amount: 100_000, on, due: on, plan })
      await pay(db, 1, 35_000, day('2026-09-21'), [invoice])
    })
    // 25,000 of the second are 39 days late on the 28th of November; the third was due nine days ago.
    expect((await debtsOn(book, TODAY)).get(1)).toMatchObject({ d31_60: 25_000, d1_30: 40_000 })
    expect((await debtsOn(book, day('2026-10-20'))).get(1)).toMatchObject({ not_due: 65_000 })
  })
})

interface Happening {
  kind: 'bill' | 'pay' | 'pay some' | 'credit' | 'void' | 'refund' | 'write-off'
  client: number
  amount: number
  day: number
  days: number
  of: number
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(
    'bill',
    'bill',
    'bill',
    'pay',
    'pay',
    'pay some',
    'credit',
    'void',
    'refund',
    'write-off',
  ),
  client: fc.integer({ min: 1, max: 3 }),
  amount: fc.integer({ min: 1, max: 5000 }),
  day: fc.integer({ min: 0, max: LENGTH }),
  days: fc.integer({ min: 0, max: 120 }),
  of: fc.integer({ min: 0, max: 30 }),
})

/** What is dated, in plain lists of this test. */
interface Ledger {
  invoices: {
    id: number
    client: number
    on: Day
    due: Day
    gross: number
    voided: Day | null
    credit: boolean
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

async function ledgerOf({ db }: Book): Promise<Ledger> {
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

/** The definition, by loops over everything. */
function owedBy({ invoices, payments, allocations }: Ledger, client: number, asOf: Day) {
  const debt = { not_due: 0, d1_30: 0, d31_60: 0, d61_90: 0, d90_plus: 0, unallocated: 0 }
  for (const invoice of invoices) {
    if (invoice.client !== client || invoice.on > asOf) continue
    if (invoice.voided !== null && invoice.voided <= asOf) continue
    let left = invoice.gross
    for (const one of allocations) {
      const isOf = invoice.credit ? one.credit === invoice.id : one.invoice === invoice.id
      if (isOf && one.on <= asOf) left -= one.amount
    }
    const late = daysBetween(invoice.due, asOf)
    if (invoice.credit) debt.unallocated += left
    else if (late <= 0) debt.not_due += left
    else if (late <= 30) debt.d1_30 += left
    else if (late <= 60) debt.d31_60 += left
    else if (late <= 90) debt.d61_90 += left
    else debt.d90_plus += left
  }
  for (const payment of payments) {
    if (payment.client !== client || payment.kind !== 'in' || payment.on > asOf) continue
    debt.unallocated += payment.amount
    for (const one of allocations) {
      if (one.payment === payment.id && one.on <= asOf) debt.unallocated -= one.amount
    }
  }
  return debt
}

/** Lets one thing happen, if it can. */
async function happen(db: Db, one: Happening, issued: Issued[]): Promise<void> {
  const { kind, client, amount } = one
  const on = addDays(START, one.day)
  const invoice = issued[one.of % Math.max(1, issued.length)]
  if (kind === 'bill') {
    const last = issued.at(-1)?.issued_on ?? START
    const later = on > last ? on : last
    issued.push(await bill(db, { client, amount, on: later, due: addDays(later, one.days) }))
    return
  }
  if (kind === 'pay some' || !invoice) {
    await pay(db, client, amount, on)
    return
  }
  const late = on > invoice.issued_on ? on : invoice.issued_on
  const open =
    (await findInvoice(db, invoice.number)).voided_on === null ? await openOf(db, invoice) : 0
  if (kind === 'pay' && open > 0) await pay(db, invoice.client_id, amount, on, [invoice])
  if (kind === 'write-off' && open > 0) {
    await settleWithout(db, invoice, { kind }, 'EUR', at(late))
  }
  if (kind === 'void' && open === invoice.gross) await voidInvoice(db, invoice, 'wrong', at(late))
  if (kind === 'refund') {
    const payments = await db
      .selectFrom('payments')
      .selectAll()
      .where('client_id', '=', client)
      .where('kind', '=', 'in')
      .execute()
    const rests = await Promise.all(
      payments.map((payment) => restOf(db, { kind: 'payment', payment })),
    )
    const rest = rests.reduce((sum, left) => sum + left, 0)
    const back = Math.min(rest, amount) as Money
    if (back > 0)
      await refund(db, { clientId: client, amount: back, currency: 'EUR' }, 'EUR', at(TODAY))
  }
}

describe('receivables of any book on any day', () => {
  it('are what loops over everything find; buckets less what is unallocated is the balance, and nothing is settled beyond what it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: LENGTH }), { minLength: 3, maxLength: 3 }),
        async (all, days) => {
          const book = newBook()
          await perform(book, async (db) => {
            for (const name of ['Alpha', 'Beta', 'Gamma']) await addClient(db, name, {}, {}, START)
            const issued: Issued[] = []
            for (const one of all) await happen(db, one, issued)
            const [first] = issued
            if (first && (await findInvoice(db, first.number)).voided_on === null) {
              await creditInvoice(db, first, {}, NUMBERING, at(TODAY))
            }
          })
          const ledger = await ledgerOf(book)
          for (const asOf of [...days.map((count) => addDays(START, count)), TODAY]) {
            const debts = await debtsOn(book, asOf)
            for (const client of [1, 2, 3]) {
              const owed = owedBy(ledger, client, asOf)
              const isNothing = Object.values(owed).every((part) => part === 0)
              expect(debts.get(client) ?? owed).toEqual(owed)
              expect(debts.has(client) || isNothing).toBe(true)
            }
          }
          expect(await examineBook(book)).toEqual([])
          book.close()
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)
})
