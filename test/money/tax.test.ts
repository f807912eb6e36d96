import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import type { Period } from '../../src/domain/period.ts'
import { creditInvoice } from '../../src/money/invoices/credit.ts'
import type { Issued } from '../../src/money/invoices/find.ts'
import { voidInvoice } from '../../src/money/invoices/void.ts'
import { refund, settleWithout } from '../../src/money/payments/add.ts'
import { addClient } from '../../src/records/clients.ts'
import { addRate } from '../../src/records/rates.ts'
import { tax } from '../../src/reports/tax/index.ts'
import {
  at,
  bill,
  happenAll,
  happening,
  ledgerOf,
  LENGTH,
  NUMBERING,
  pay,
  START,
  TODAY,
} from '../support/billing.ts'
import { day, newBook, perform } from '../support/book.ts'
import { reportOf } from '../support/reports.ts'

type Basis = 'invoice' | 'payment'

const ALWAYS: Period = { from: null, to: null }
const within = (from: string, to: string): Period => ({ from: day(from), to: day(to) })
const SEPTEMBER = within('2026-09-01', '2026-09-30')
const OCTOBER = within('2026-10-01', '2026-10-31')
const NOVEMBER = within('2026-11-01', '2026-11-30')

/** Net and tax by the name of the rate, in cents. */
async function taxOf(book: Book, basis: Basis, period: Period = ALWAYS, asOf: Day = TODAY) {
  const { sections, totals, notes } = await reportOf(book, tax, { asOf, period, own: { basis } })
  const rows = sections[0]?.rows ?? []
  const byRate = Object.fromEntries(rows.map((row) => [row.name, [row.net, row.tax]]))
  return { byRate, totals: totals ?? {}, notes: notes.join(' ') }
}

const BILLED = day('2026-09-15')
const DUE = day('2026-10-15')

/** 100.00 at 19 % and 50.00 at 7 %: 172.50. */
const two = (db: Db): Promise<Issued> =>
  bill(db, {
    client: 1,
    taxed: [
      [10_000, 19],
      [5_000, 7],
    ],
    on: BILLED,
    due: DUE,
  })

async function bookWith(work: (db: Db) => Promise<void>): Promise<Book> {
  const book = newBook()
  await perform(book, async (db) => {
    await addClient(db, 'Harbour Foods', {}, {}, START)
    await work(db)
  })
  return book
}

describe('tax as invoiced', () => {
  it('counts on the day of the invoice; a credit note takes back on its own', async () => {
    const book = await bookWith(async (db) => {
      const invoice = await two(db)
      await creditInvoice(db, invoice, { lines: ['2'] }, NUMBERING, at(day('2026-10-05')))
    })
    expect((await taxOf(book, 'invoice', SEPTEMBER)).byRate).toEqual({
      '19%': [10_000, 1_900],
      '7%': [5_000, 350],
    })
    expect((await taxOf(book, 'invoice', OCTOBER)).byRate).toEqual({ '7%': [-5_000, -350] })
    expect((await taxOf(book, 'invoice')).totals).toEqual({
      net: 10_000,
      tax: 1_900,
      gross: 11_900,
    })
    // On the day before the credit note nobody knows of it.
    const before = await taxOf(book, 'invoice', ALWAYS, day('2026-10-04'))
    expect(before.totals).toMatchObject({ tax: 2_250 })
  })

  it('takes back a voided invoice on the day on which it was voided: an earlier month stays as it was filed', async () => {
    const book = await bookWith(async (db) => {
      await voidInvoice(db, await two(db), 'wrong client', at(day('2026-10-02')))
    })
    expect((await taxOf(book, 'invoice', SEPTEMBER)).totals).toMatchObject({ tax: 2_250 })
    expect((await taxOf(book, 'invoice', OCTOBER)).totals).toMatchObject({ tax: -2_250 })
    expect((await taxOf(book, 'invoice')).totals).toMatchObject({ tax: 0, net: 0 })
  })

  it('takes back the share of a discount that was taken, and names what was written off', async () => {
    const book = await bookWith(async (db) => {
      const invoice = await two(db)
      await pay(db, 1, 10_000, day('2026-09-20'), [invoice])
      const kind = 'discount' as const
      await settleWithout(db, invoice, { kind, amount: 345 as Money }, 'EUR', at(day('2026-10-01')))
      await settleWithout(db, invoice, { kind: 'write-off' }, 'EUR', at(day('2026-11-02')))
    })
    // 3.45 of 172.50 is a fiftieth: 2.00 + 0.38 at 19 %, 1.00 + 0.07 at 7 %.
    expect((await taxOf(book, 'invoice', OCTOBER)).byRate).toEqual({
      '19%': [-200, -38],
      '7%': [-100, -7],
    })
    const november = await taxOf(book, 'invoice', NOVEMBER)
    expect(november.totals).toEqual({ net: 0, tax: 0, gross: 0 })
    expect(november.notes).toContain('Not taken off: 69.05 EUR gross that was written off')
  })

  it('is converted at the rate that is written in the invoice', async () => {
    const book = await bookWith(async (db) => {
      const rate = { per: 'EUR', currency: 'USD', day: BILLED, rate: '1.10' as never }
      await addRate(db, rate)
      await bill(db, { client: 1, taxed: [[100_000, 19]], currency: 'USD', on: BILLED, due: DUE })
      await bill(db, {
        client: 1,
        taxed: [
          [100_000, 19],
          [5_000, 7],
        ],
        currency: 'CHF',
        on: BILLED,
        due: DUE,
      })
    })
    // 1,000.00 / 1.10 = 909.09, 190.00 / 1.10 = 172.73.
    const { byRate, notes } = await taxOf(book, 'invoice')
    expect(byRate).toEqual({ '19%': [90_909, 17_273] })
    expect(notes).toContain('Not summed: 1 document in another currency')
  })
})

describe('tax as paid', () => {
  it('is the share of each payment, and of all payments exactly that of the invoice', async () => {
    const book = await bookWith(async (db) => {
      const invoice = await two(db)
      await pay(db, 1, 5_000, day('2026-10-01'), [invoice])
      await pay(db, 1, 12_250, day('2026-11-01'), [invoice])
    })
    expect((await taxOf(book, 'payment', SEPTEMBER)).byRate).toEqual({})
    // 50.00 of 172.50: 28.9855 and 5.5072, 14.4928 and 1.0145; rounded down 0.02 short, to .9855 and .5072.
    expect((await taxOf(book, 'payment', OCTOBER)).byRate).toEqual({
      '19%': [2_899, 551],
      '7%': [1_449, 101],
    })
    expect((await taxOf(book, 'payment', NOVEMBER)).byRate).toEqual({
      '19%': [7_101, 1_349],
      '7%': [3_551, 249],
    })
    expect((await taxOf(book, 'payment')).byRate).toEqual((await taxOf(book, 'invoice')).byRate)
  })

  it('leaves out discounts and write-offs, counts a fee that was held back, and names money that settles nothing', async () => {
    const book = await bookWith(async (db) => {
      const invoice = await two(db)
      const off = (kind: 'discount' | 'fee' | 'write-off', amount: number, on: string) =>
        settleWithout(db, invoice, { kind, amount: amount as Money }, 'EUR', at(day(on)))
      await off('discount', 345, '2026-10-01')
      await off('fee', 345, '2026-10-02')
      await off('write-off', 345, '2026-10-03')
      await pay(db, 1, 30_000, day('2026-11-03'), [invoice])
    })
    expect((await taxOf(book, 'payment', OCTOBER)).byRate).toEqual({
      '19%': [200, 38],
      '7%': [100, 7],
    })
    const { byRate, notes } = await taxOf(book, 'payment')
    // 48 fiftieths: all but the discount and the write-off.
    expect(byRate).toEqual({ '19%': [9_600, 1_824], '7%': [4_800, 336] })
    // 300.00 less 172.50 × 47 / 50.
    expect(notes).toContain('Left out: 137.85 EUR of 1 payment that settles no invoice yet')
  })

  it('takes back what is refunded of a credit note, and follows credit that is used for another invoice', async () => {
    const book = await bookWith(async (db) => {
      const invoice = await two(db)
      await pay(db, 1, 17_250, day('2026-10-01'), [invoice])
      await creditInvoice(db, invoice, { lines: ['2'] }, NUMBERING, at(day('2026-10-20')))
      const back = { clientId: 1, amount: 5_350 as Money, currency: 'EUR' }
      await refund(db, back, 'EUR', at(day('2026-11-05')))
    })
    expect((await taxOf(book, 'payment', OCTOBER)).byRate).toEqual({
      '19%': [10_000, 1_900],
      '7%': [5_000, 350],
    })
    expect((await taxOf(book, 'payment', NOVEMBER)).byRate).toEqual({ '7%': [-5_000, -350] })
  })
})

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

describe('tax of any book and any period', () => {
  it('is the sum of what counts on its days; parts of a period add up to it; what is all paid is all invoiced', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 8, maxLength: 40 }),
        fc.tuple(fc.integer({ min: 0, max: LENGTH }), fc.integer({ min: 0, max: LENGTH })),
        async (all, ends) => {
          const book = newBook()
          await perform(book, async (db) => {
            for (const name of ['Alpha', 'Beta', 'Gamma']) await addClient(db, name, {}, {}, START)
            await happenAll(db, all)
          })
          const [from, to] = ends.toSorted((a, b) => a - b).map((count) => addDays(START, count))
          const period = { from: from as Day, to: to as Day }
          const { invoices, payments, allocations } = await ledgerOf(book)
          const inside = (on: Day | null): boolean =>
            on !== null && on >= period.from && on <= period.to
          const kindOf = (id: number | null): string | undefined =>
            payments.find((one) => one.id === id)?.kind
          // By invoice: the gross of what was issued, less what was voided and taken as discount.
          const invoiced = sum([
            ...invoices.map(({ on, gross, credit }) =>
              inside(on) ? (credit ? -gross : gross) : 0,
            ),
            ...invoices.map(({ voided, gross }) => (inside(voided) ? -gross : 0)),
            ...allocations.map(({ payment, on, amount }) =>
              inside(on) && kindOf(payment) === 'discount' ? -amount : 0,
            ),
          ])
          // By payment: the money that settled invoices; credit nets out, unless it was given back.
          const paid = sum(
            allocations.map(({ payment, credit, invoice, on, amount }) => {
              if (!inside(on)) return 0
              if (credit !== null) return invoice === null ? -amount : 0
              return invoice !== null && ['in', 'fee'].includes(kindOf(payment) ?? '') ? amount : 0
            }),
          )
          expect((await taxOf(book, 'invoice', period)).totals.gross).toBe(invoiced)
          expect((await taxOf(book, 'payment', period)).totals.gross).toBe(paid)
          for (const basis of ['invoice', 'payment'] as const) {
            const parts = [
              await taxOf(book, basis, { from: null, to: addDays(period.from, -1) }),
              await taxOf(book, basis, period),
              await taxOf(book, basis, { from: addDays(period.to, 1), to: null }),
            ]
            const whole = await taxOf(book, basis)
            for (const [rate, cells] of Object.entries(whole.byRate)) {
              const added = [0, 1].map((index) =>
                sum(parts.map(({ byRate }) => Number(byRate[rate]?.[index] ?? 0))),
              )
              expect(added).toEqual(cells)
            }
          }
          await perform(book, async (db) => {
            const open = await db
              .selectFrom('invoices')
              .selectAll()
              .where('kind', '=', 'invoice')
              .where('settled_on', 'is', null)
              .where('voided_on', 'is', null)
              .execute()
            for (const one of open) await pay(db, one.client_id, one.gross, TODAY, [one as Issued])
            const notes = await db
              .selectFrom('invoices')
              .selectAll()
              .where('kind', '=', 'credit')
              .where('settled_on', 'is', null)
              .execute()
            for (const { client_id: clientId } of notes) {
              const amount = await creditLeft(db, clientId)
              const back = { clientId, amount, currency: 'EUR' }
              if (amount > 0) await refund(db, back, 'EUR', at(TODAY))
            }
          })
          const isAllPaid = !payments.some(({ kind }) => kind === 'write-off')
          if (isAllPaid) {
            const asInvoiced = await taxOf(book, 'invoice')
            expect((await taxOf(book, 'payment')).totals).toEqual(asInvoiced.totals)
          }
          book.close()
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)
})

/** All credit of a client: what of payments and credit notes is not used. */
async function creditLeft(db: Db, client: number): Promise<Money> {
  const payments = await db
    .selectFrom('payments')
    .selectAll()
    .where('client_id', '=', client)
    .where('kind', '=', 'in')
    .execute()
  const credits = await db
    .selectFrom('invoices')
    .selectAll()
    .where('client_id', '=', client)
    .where('kind', '=', 'credit')
    .execute()
  const used = await db.selectFrom('allocations').selectAll().execute()
  const usedOf = (key: 'payment_id' | 'credit_id', id: number): number =>
    sum(used.filter((one) => one[key] === id).map(({ amount }) => amount))
  return sum([
    ...payments.map(({ id, amount }) => amount - usedOf('payment_id', id)),
    ...credits.map(({ id, gross }) => gross - usedOf('credit_id', id)),
  ]) as Money
}
