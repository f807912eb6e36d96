import fc from 'fast-check'
import { expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { addDays } from '../../src/domain/day.ts'
import type { Portion } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import { matchBookings, type Matching } from '../../src/money/matching/run.ts'
import { addPayment } from '../../src/money/payments/add.ts'
import { addClient } from '../../src/records/clients.ts'
import { addAccount } from '../../src/records/firm/bank-accounts.ts'
import { contents, day, moment, newBook, perform, undoLast } from '../support/book.ts'

const TODAY = day('2026-11-28')
const START = day('2026-10-01')
const SPAN = 50

interface Invoice {
  client: number
  amount: number
  day: number
  discount: number | null
}

interface Line {
  amount: number
  day: number
  client: number
  hasAccount: boolean
  hasName: boolean
  names: number[]
}

const invoice: fc.Arbitrary<Invoice> = fc.record({
  client: fc.integer({ min: 1, max: 3 }),
  // Few amounts, so that many are alike and add up to one another.
  amount: fc.integer({ min: 1, max: 12 }).map((count) => count * 10),
  day: fc.integer({ min: 0, max: SPAN }),
  discount: fc.constantFrom(null, null, 100_000),
})

const line: fc.Arbitrary<Line> = fc.record({
  amount: fc.integer({ min: -5, max: 40 }).map((count) => count * 5),
  day: fc.integer({ min: 0, max: SPAN }),
  client: fc.integer({ min: 1, max: 3 }),
  hasAccount: fc.boolean(),
  hasName: fc.boolean(),
  names: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
})

const NAMES = ['Alpha', 'Beta', 'Gamma']
const numberOf = (count: number): string => `2026-${String(count).padStart(4, '0')}`

async function fill(db: Db, invoices: Invoice[], lines: Line[], entered: Line[]): Promise<void> {
  for (const name of NAMES) await addClient(db, name, {}, {}, START)
  await addAccount(db, 'Main', { number: '1', currency: 'EUR' }, true)
  for (const [at, one] of invoices.entries()) {
    const on = addDays(START, one.day)
    await db
      .insertInto('invoices')
      .values({
        kind: 'invoice',
        number: numberOf(at + 1),
        number_key: numberOf(at + 1),
        series: '2026-{nnnn}',
        serial: at + 1,
        client_id: one.client,
        currency: 'EUR',
        drafted_on: on,
        issued_on: on,
        due_on: addDays(on, 14),
        discount: one.discount as Portion | null,
        discount_on: one.discount === null ? null : addDays(on, 20),
        net: one.amount as Money,
        tax: 0 as Money,
        gross: one.amount as Money,
      })
      .execute()
  }
  for (const [at, one] of lines.entries()) {
    await db
      .insertInto('bank_lines')
      .values({
        bank_account_id: 1,
        booked_on: addDays(START, one.day),
        amount: one.amount as Money,
        currency: 'EUR',
        party: one.hasName ? (NAMES[one.client - 1] ?? null) : null,
        party_account: one.hasAccount ? `DE${one.client}` : null,
        text: one.names.length === 0 ? null : `RG ${one.names.map(numberOf).join(', ')}`,
        dedup_key: String(at),
        nth: 1,
      })
      .execute()
  }
  for (const one of entered) {
    if (one.amount <= 0) continue
    const values = { clientId: one.client, kind: 'in' as const, currency: 'EUR' }
    const on = moment(addDays(START, one.day), TODAY)
    await addPayment(db, { ...values, amount: one.amount as Money }, 'EUR', on)
  }
}

const match = (book: Book, yes: boolean): Promise<Matching[]> =>
  perform(book, () =>
    matchBookings(book.store, {
      accountId: null,
      tolerance: { amount: 5 as Money, currency: 'EUR' },
      yes,
      book: 'EUR',
      today: TODAY,
    }),
  )

const withoutHistory = (book: Book): Record<string, unknown[]> => {
  const { operations: _, ...rows } = contents(book)
  return rows
}

/** Adds up by loops what the tables say. */
async function expectSums({ db }: Book): Promise<void> {
  const invoices = await db.selectFrom('invoices').selectAll().execute()
  const payments = await db.selectFrom('payments').selectAll().execute()
  const allocations = await db.selectFrom('allocations').selectAll().execute()
  const bookings = await db.selectFrom('bank_lines').selectAll().execute()
  const sumOf = (test: (one: (typeof allocations)[number]) => boolean): number =>
    allocations.filter(test).reduce((sum, { amount }) => sum + amount, 0)
  for (const one of invoices) {
    expect(sumOf(({ invoice_id: id }) => id === one.id)).toBeLessThanOrEqual(one.gross)
  }
  for (const one of payments) {
    const used = sumOf(({ payment_id: id }) => id === one.id)
    expect(used).toBeLessThanOrEqual(one.amount)
    // What settles that a booking came short does nothing else.
    if (one.kind !== 'in') expect(used).toBe(one.amount)
    if (one.kind === 'fee') expect(one.amount).toBeLessThanOrEqual(5)
  }
  for (const one of bookings) {
    const moved = payments.filter((each) => each.bank_line_id === one.id && each.kind === 'in')
    expect(moved.map(({ amount }) => amount)).toEqual(one.state === 'matched' ? [one.amount] : [])
  }
}

/** An invoice gets nothing for sure that its booking does not name, and never by its amount alone. */
function expectReasons(all: Matching[], lines: Line[]): void {
  for (const { booking, verdict, state } of all) {
    if (state !== 'booked' || verdict.kind !== 'settle') continue
    const { names } = lines[booking.id - 1] as Line
    const paid = verdict.fit.parts.map(({ claim }) => claim.number)
    expect(names.map(numberOf)).toEqual(expect.arrayContaining(paid))
  }
}

it('never settles more than an invoice or a payment comes to, in any book; a second run books nothing, and undo takes back all of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(invoice, { minLength: 1, maxLength: 12 }),
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.array(line, { maxLength: 3 }),
      async (invoices, lines, entered) => {
        const book = newBook()
        await perform(book, (db) => fill(db, invoices, lines, entered))
        const before = withoutHistory(book)
        const sure = await match(book, false)
        expect(sure.map(({ booking }) => booking.id).toSorted((a, b) => a - b)).toEqual(
          lines.map((_, at) => at + 1),
        )
        expectReasons(sure, lines)
        await expectSums(book)
        const after = withoutHistory(book)
        const again = await match(book, false)
        expect(again.filter(({ state }) => state === 'booked')).toEqual([])
        expect(withoutHistory(book)).toEqual(after)
        const proposed = await match(book, true)
        expect(proposed.filter(({ state }) => state === 'proposed')).toEqual([])
        await expectSums(book)
        expect(await examineBook(book)).toEqual([])
        const runs = book.store
          .prepare('SELECT id FROM operations WHERE id > 1 ORDER BY id DESC')
          .pluck()
          .all() as number[]
        for (const id of runs) await undoLast(book, id)
        expect(withoutHistory(book)).toEqual(before)
        book.close()
      },
    ),
    { numRuns: 60 },
  )
}, 240_000)
