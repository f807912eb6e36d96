import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts'
import type { Row } from '../../src/domain/table.ts'
import { creditInvoice } from '../../src/money/invoices/credit.ts'
import { voidInvoice } from '../../src/money/invoices/void.ts'
import { settleWithout } from '../../src/money/payments/add.ts'
import { addClient } from '../../src/records/clients.ts'
import { addRate } from '../../src/records/rates.ts'
import { payers } from '../../src/reports/payers/index.ts'
import {
  at,
  bill,
  happenAll,
  happening,
  type Ledger,
  ledgerOf,
  LENGTH,
  NUMBERING,
  pay,
  START,
  TODAY,
} from '../support/billing.ts'
import { day, newBook, perform } from '../support/book.ts'
import { reportOf } from '../support/reports.ts'

async function payersOf(book: Book, asOf: Day = TODAY, period = { from: null, to: null } as const) {
  const { sections, totals, notes } = await reportOf(book, payers, { asOf, period })
  const rows = sections[0]?.rows ?? []
  return { rows, totals: totals ?? {}, notes, of: (client: string) => rowOf(rows, client) }
}

const rowOf = (rows: readonly Row[], client: string): Row | undefined =>
  rows.find((row) => row.client === client)

describe('days to pay', () => {
  it('are weighted by amount: 1,000 in 20 days and 3,000 in 45 are 38.75', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Quick Pay', {}, {}, START)
      const on = day('2026-09-01')
      const one = await bill(db, { client: 1, amount: 100_000, on, due: day('2026-10-01') })
      const other = await bill(db, { client: 1, amount: 300_000, on, due: day('2026-10-01') })
      await pay(db, 1, 100_000, day('2026-09-21'), [one])
      await pay(db, 1, 300_000, day('2026-10-16'), [other])
    })
    const { of, totals } = await payersOf(book)
    // 10 days early and 15 days late: (1,000 × −10 + 3,000 × 15) / 4,000 = 8.75.
    const figures = { invoices: 2, paid: 2, days_to_pay: 38.75, days_late: 8.75, on_time: 0.5 }
    expect(of('Quick Pay')).toMatchObject({ ...figures, median_days: 20, open: 0 })
    expect(totals).toMatchObject({ ...figures, balance: 0, billed_90d: 400_000, dso: 0 })
    // The day before the second payment, that one is still waited for, and 14 days late.
    const before = await payersOf(book, day('2026-10-15'))
    expect(before.of('Quick Pay')).toMatchObject({
      paid: 1,
      days_to_pay: 20,
      median_days: 20,
      fallen_due: 2,
      on_time: 0.5,
      open: 300_000,
    })
  })

  it('count open invoices as not yet paid: their median is later than that of the paid ones', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Slow Trade', {}, {}, START)
      const on = day('2026-09-01')
      const due = day('2026-10-01')
      const first = await bill(db, { client: 1, amount: 1000, on, due })
      const second = await bill(db, { client: 1, amount: 1000, on, due })
      await bill(db, { client: 1, amount: 1000, on, due })
      await pay(db, 1, 1000, day('2026-09-11'), [first])
      await pay(db, 1, 1000, day('2026-10-21'), [second])
    })
    // After 10 days 1 of 3 is paid, after 50 days 2 of 3: half are paid by day 50.
    expect((await payersOf(book)).of('Slow Trade')).toMatchObject({ median_days: 50 })
    // On 30 September nobody knows yet: 1 of 3.
    expect((await payersOf(book, day('2026-09-30'))).of('Slow Trade')).toMatchObject({
      median_days: null,
      days_to_pay: 10,
      on_time: 1,
    })
  })

  it('take a write-off for no payment, and leave out what is voided or credited in full', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Gone Bust', {}, {}, START)
      const on = day('2026-09-01')
      const due = day('2026-10-01')
      const lost = await bill(db, { client: 1, amount: 1000, on, due })
      const wrong = await bill(db, { client: 1, amount: 2000, on, due })
      const returned = await bill(db, { client: 1, amount: 3000, on, due })
      const half = await bill(db, { client: 1, taxed: [[4000, 0]], on, due })
      await settleWithout(db, lost, { kind: 'write-off' }, 'EUR', at(day('2026-11-01')))
      await voidInvoice(db, wrong, 'wrong', at(day('2026-09-10')))
      await creditInvoice(db, returned, {}, NUMBERING, at(day('2026-09-20')))
      await creditInvoice(db, half, { amount: 1000 as never }, NUMBERING, at(day('2026-09-20')))
      await pay(db, 1, 3000, day('2026-10-01'), [half])
    })
    expect((await payersOf(book)).of('Gone Bust')).toMatchObject({
      invoices: 2,
      paid: 1,
      days_to_pay: 30,
      fallen_due: 2,
      paid_on_time: 1,
      open: 0,
    })
    // On 9 September all four stand.
    expect((await payersOf(book, day('2026-09-09'))).of('Gone Bust')).toMatchObject({
      invoices: 4,
      paid: 0,
      open: 10_000,
    })
  })

  it('leave out what was credited in full after a part of it had been paid', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Cancelled', {}, {}, START)
      const on = day('2026-09-01')
      const sold = await bill(db, { client: 1, taxed: [[3000, 0]], on, due: day('2026-10-01') })
      await pay(db, 1, 1071, on, [sold])
      await creditInvoice(db, sold, {}, NUMBERING, at(day('2026-11-01')))
    })
    const before = await payersOf(book, day('2026-10-31'))
    expect(before.of('Cancelled')).toMatchObject({ invoices: 1, open: 1929 })
    expect((await payersOf(book)).of('Cancelled')).toBeUndefined()
  })

  it('are in the book’s currency; what has no exchange rate is left out, with a note', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Overseas', {}, {}, START)
      const on = day('2026-09-01')
      await bill(db, { client: 1, amount: 100_000, currency: 'CHF', on, due: on })
      await addRate(db, { per: 'EUR', currency: 'USD', day: on, rate: '1.10' as never })
      await bill(db, { client: 1, amount: 100_000, currency: 'USD', on, due: on })
    })
    const { of, notes } = await payersOf(book)
    expect(of('Overseas')).toMatchObject({ invoices: 1, open: 90_909 })
    expect(notes.join(' ')).toContain('Not summed: 1 invoice in another currency')
  })
})

/** How the client’s invoices are paid, by loops over everything. */
function paidBy({ invoices, payments, allocations }: Ledger, client: number, asOf: Day) {
  const cases: { days: number; late: number; amount: number; paid: boolean }[] = []
  let open = 0
  for (const invoice of invoices) {
    if (invoice.client !== client || invoice.credit || invoice.on > asOf) continue
    if (invoice.voided !== null && invoice.voided <= asOf) continue
    const own = allocations.filter((one) => one.invoice === invoice.id && one.on <= asOf)
    let left = invoice.gross
    let credited = 0
    let end: Day = asOf
    let last = invoice.on
    let isLost = false
    for (const one of own.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
      left -= one.amount
      last = one.on
      if (one.credit !== null) credited += one.amount
      const payment = payments.find(({ id }) => id === one.payment)
      if (payment?.kind === 'write-off' && !isLost) {
        isLost = true
        end = one.on
      }
    }
    open += left
    const takenBack = invoices
      .filter((one) => one.corrects === invoice.id && one.on <= asOf)
      .filter((one) => one.voided === null || one.voided > asOf)
      .reduce((sum, one) => sum + one.gross, 0)
    if (credited === invoice.gross || takenBack >= invoice.gross) continue
    if (left === 0 && !isLost) end = last
    const days = daysBetween(invoice.on, end)
    const late = daysBetween(invoice.due, end)
    cases.push({ days, late, amount: invoice.gross - credited, paid: left === 0 && !isLost })
  }
  const paid = cases.filter((one) => one.paid)
  const amount = paid.reduce((sum, one) => sum + one.amount, 0)
  const mean = (of: 'days' | 'late'): number | null =>
    amount === 0 ? null : paid.reduce((sum, one) => sum + one.amount * one[of], 0) / amount
  let survival = 1
  let median: number | null = null
  for (let age = 0; age <= LENGTH && median === null; age += 1) {
    const atRisk = cases.filter(({ days }) => days >= age).length
    const events = paid.filter(({ days }) => days === age).length
    if (events > 0) survival *= 1 - events / atRisk
    if (survival <= 0.5 + 1e-9) median = age
  }
  return {
    invoices: cases.length,
    paid: paid.length,
    days_to_pay: mean('days'),
    days_late: mean('late'),
    median_days: median,
    fallen_due: cases.filter((one) => one.paid || one.late > 0).length,
    paid_on_time: paid.filter(({ late }) => late <= 0).length,
    open,
  }
}

describe('payers of any book on any day', () => {
  it('are what loops over everything find', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 8, maxLength: 40 }),
        fc.integer({ min: 0, max: LENGTH }),
        async (all, days) => {
          const book = newBook()
          await perform(book, async (db) => {
            for (const name of ['Alpha', 'Beta', 'Gamma']) await addClient(db, name, {}, {}, START)
            await happenAll(db, all)
          })
          const ledger = await ledgerOf(book)
          for (const asOf of [addDays(START, days), TODAY]) {
            const { of } = await payersOf(book, asOf)
            for (const [index, name] of ['Alpha', 'Beta', 'Gamma'].entries()) {
              const expected = paidBy(ledger, index + 1, asOf)
              const row = of(name)
              if (expected.invoices === 0) expect(row).toBeUndefined()
              else {
                const { days_to_pay: toPay, days_late: late, ...whole } = expected
                expect(row).toMatchObject(whole)
                if (toPay === null) expect(row?.days_to_pay).toBeNull()
                else expect(row?.days_to_pay).toBeCloseTo(toPay, 9)
                if (late !== null) expect(row?.days_late).toBeCloseTo(late, 9)
              }
            }
          }
          book.close()
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)
})
