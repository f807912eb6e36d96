import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '../../src/domain/day.ts'
import { BUCKETS } from '../../src/domain/invoices/ageing.ts'
import { addPayment } from '../../src/money/payments/add.ts'
import { allocate } from '../../src/money/payments/allocate.ts'
import { addClient } from '../../src/records/clients.ts'
import { loadDebts } from '../../src/reports/receivables/load.ts'
import { statementReport } from '../../src/reports/statement/index.ts'
import { at, bill, happenAll, happening, LENGTH, START, TODAY } from '../support/billing.ts'
import { day, newBook, perform, SETTINGS } from '../support/book.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { inside, type Inside, runInside } from '../support/inside.ts'
import { onTerminal } from '../support/screen.ts'

const LINE = ['--line', 'Cold store @ 1000 +19%', '--line', 'Manual @ 100 +7%']

async function quarter(): Promise<Inside> {
  const made = await inside(temporaryFolder(), 'book')
  const { ok } = made
  await ok('client', 'add', 'Harbour Foods')
  const bills = async (...args: string[]): Promise<void> => {
    await ok('invoice', 'add', '1', ...args)
  }
  await bills('--line', 'Advice @ 500')
  await ok('invoice', 'issue', 'd1', '--on', '2026-06-15', '--incomplete')
  await bills(...LINE)
  await ok('invoice', 'issue', 'd2', '--on', '2026-07-10', '--incomplete')
  await ok('payment', 'add', '1', '600', '--for', '2026-0001', '--on', '2026-07-12')
  await ok('invoice', 'credit', '2026-0002', '--line', '2', '--on', '2026-08-01')
  await ok('invoice', 'write-off', '2026-0002', '40', '--on', '2026-08-02')
  await ok('payment', 'refund', '1', '25', '--on', '2026-09-01')
  return made
}

describe('the account of a client', () => {
  it('says with which company it is, once that has a name', async () => {
    const { ok } = await quarter()
    expect(await ok('report', 'statement', 'harbour')).toMatch(/^Account of .*\nEUR\n/)
    await ok('company', 'set', '--name', 'Ann Lee')
    expect(await ok('report', 'statement', 'harbour')).toMatch(
      /^Account of .*\nwith Ann Lee\nEUR\n/,
    )
  })

  it('begins with the balance before, and shows what changed it', async () => {
    const book = await quarter()
    const args = ['report', 'statement', 'harbour', '--period', '2026-Q3', '--no-color']
    const text = await onTerminal(book, args, 80)
    // 500.00 before; 1,190.00 + 107.00 billed; 600.00 paid, 107.00 credited, 40.00 off, 25.00 given back.
    expect(text).toMatchInlineSnapshot(`
      "Account of Harbour Foods, 2026-07-01 … 2026-09-30
      EUR

      Day         No.        What                      Debit  Credit  Balance
      ──────────  ─────────  ────────────────────────  ─────  ──────  ───────
      2026-07-01             Opening balance                              500
      2026-07-10  2026-0002  Invoice, due 2026-08-09   1,297            1,797
      2026-07-12  1          Payment for 2026-0001               600    1,197
      2026-08-01  2026-0003  Credit note on 2026-0002            107    1,090
      2026-08-02  2          Write-off on 2026-0002               40    1,050
      2026-09-01  3          Refund                       25            1,075
      ──────────  ─────────  ────────────────────────  ─────  ──────  ───────
                             Balance on 2026-09-30     1,322     747    1,075

      Open
      No.        Issued      Due         Days late  Gross   Open
      ─────────  ──────────  ──────────  ─────────  ─────  ─────
      2026-0002  2026-07-10  2026-08-09         52  1,297  1,150

      Not used yet: 75.00 EUR of payments and credit notes.
      "
    `)
    const made = JSON.parse(await book.ok(...args, '--json')) as { totals: unknown }
    expect(made.totals).toEqual({ opening: 500, debit: 1322, credit: 747, closing: 1075 })
  })

  it('stops at the day of --as-of, and refuses a period that comes later', async () => {
    const book = await quarter()
    const made = JSON.parse(
      await book.ok('report', 'statement', '1', '--as-of', '2026-07-31', '--json'),
    ) as { totals: unknown }
    expect(made.totals).toEqual({ opening: 0, debit: 1797, credit: 600, closing: 1197 })
    const later = ['report', 'statement', '1', '--period', '2027-Q1']
    expect(await runInside(book.folder, later)).toMatchObject({
      code: 2,
      err: expect.stringContaining('the period begins after 2026-11-23') as string,
    })
  })

  it('is in one currency at a time, and names the others', async () => {
    const book = await quarter()
    await book.ok('invoice', 'add', '1', '--currency', 'USD', '--line', 'Parts @ 70')
    await book.ok('invoice', 'issue', 'd4', '--on', '2026-10-01', '--incomplete')
    const euros = await book.ok('report', 'statement', '1')
    expect(euros).toContain('Also in USD: funnel report statement 1 --currency USD')
    expect(euros).not.toContain('Parts')
    const dollars = JSON.parse(
      await book.ok('report', 'statement', '1', '--currency', 'usd', '--json'),
    ) as object
    expect(dollars).toMatchObject({ currency: 'USD', totals: { opening: 0, closing: 70 } })
    expect(
      await runInside(book.folder, ['report', 'statement', '1', '--currency', 'CHF']),
    ).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'nothing of Harbour Foods is in CHF, only in EUR, USD',
      ) as string,
    })
  })

  it('shows on both sides what one client paid for another', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Mother', {}, {}, START)
      await addClient(db, 'Daughter', {}, {}, START)
      const on = day('2026-09-01')
      const invoice = await bill(db, { client: 2, amount: 1000, on, due: on })
      const values = { clientId: 1, kind: 'in' as const, amount: 1500 as never, currency: 'EUR' }
      const payment = await addPayment(db, values, 'EUR', at(day('2026-09-05')))
      await allocate(db, { kind: 'payment', payment }, [invoice], { acrossClients: true })
    })
    const statementOf = async (id: number, name: string) => {
      const ask = { asOf: TODAY, period: { from: null, to: null }, currency: undefined }
      const report = await statementReport(book.db, {
        company: null,
        ...ask,
        client: { id, name },
        book: SETTINGS.currency,
      })
      return report.sections[0]?.rows.map((row) => [row.text, row.balance])
    }
    expect(await statementOf(1, 'Mother')).toEqual([
      ['Payment for 2026-0001', -1500],
      ['Used for 2026-0001 of Daughter', -500],
    ])
    expect(await statementOf(2, 'Daughter')).toEqual([
      ['Invoice, due 2026-09-01', 1000],
      ['2026-0001, paid by Mother', 0],
    ])
  })
})

describe('the account of any client on any day', () => {
  it('closes with its balance in receivables, and each line follows from the one before', async () => {
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
          const [from, to] = ends
            .toSorted((a, b) => a - b)
            .map((count) => addDays(START, count)) as [Day, Day]
          for (const asOf of [to, TODAY]) {
            const { debts } = await loadDebts(book.db, { asOf, settings: book.settings })
            for (const [index, name] of ['Alpha', 'Beta', 'Gamma'].entries()) {
              const id = index + 1
              const { totals, sections } = await statementReport(book.db, {
                company: null,
                client: { id, name },
                asOf,
                period: { from, to: null },
                currency: undefined,
                book: SETTINGS.currency,
              })
              const debt = debts.get(id)
              const owed = debt ? BUCKETS.reduce((sum, bucket) => sum + debt[bucket], 0) : 0
              expect(totals?.closing).toBe(owed - (debt?.unallocated ?? 0))
              const rows = sections[0]?.rows ?? []
              for (const [place, row] of rows.slice(1).entries()) {
                const change = Number(row.debit ?? 0) - Number(row.credit ?? 0)
                expect(row.balance).toBe(Number(rows[place]?.balance) + change)
                expect(String(row.day) >= String(rows[place]?.day)).toBe(true)
              }
              expect(rows.at(-1)?.balance ?? 0).toBe(totals?.closing)
              const before = await loadDebts(book.db, {
                asOf: addDays(from, -1),
                settings: book.settings,
              })
              const earlier = before.debts.get(id)
              const then = earlier ? BUCKETS.reduce((sum, one) => sum + earlier[one], 0) : 0
              expect(totals?.opening).toBe(then - (earlier?.unallocated ?? 0))
            }
          }
          book.close()
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)
})
