import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import type { Book } from '../../src/book/open.ts'
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts'
import { creditInvoice } from '../../src/money/invoices/credit.ts'
import { addClient } from '../../src/records/clients.ts'
import { loadDebts } from '../../src/reports/receivables/load.ts'
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
            await happenAll(db, all)
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
