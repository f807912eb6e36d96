import { describe, expect, it } from 'vitest'
import { contents } from '../support/contents.ts'
import { desk, type Desk } from '../support/funnel.ts'

/** A shop that counts in EUR, with a client that pays in USD. */
function shop(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Pike Roasters')
  return made
}

const LINE = ['--currency', 'USD', '--line', 'Beans @ 110']

function balance({ json }: Desk): number | undefined {
  return json<{ totals: { balance?: number } }>('report', 'receivables').totals.balance
}

/** The postings of a journal to what clients owe, as an accountant adds them up. */
function posted({ json }: Desk): number {
  const { journal } = json<{
    journal: { account: string; debit: number | null; credit: number | null }[]
  }>('export', 'journal', '--format', 'json')
  return journal
    .filter(({ account }) => account.startsWith('Assets:Receivable'))
    .reduce((sum, { debit, credit }) => sum + (debit ?? 0) - (credit ?? 0), 0)
}

describe('invoices and payments of a day without an exchange rate', () => {
  it('say so at once, and count once rate apply has written it in', () => {
    const made = shop()
    const { ok, run, json } = made
    ok('invoice', 'add', 'pike', ...LINE)
    expect(run('invoice', 'issue', 'd1', '--on', '2026-11-02', '--incomplete').err).toContain(
      'warning: there is no exchange rate for USD on 2026-11-02, so reports and journals leave this out; ' +
        'funnel rate add USD RATE --on 2026-11-02, then funnel rate apply',
    )
    expect(
      run('payment', 'add', 'pike', '55 USD', '--for', '2026-0001', '--on', '2026-11-18').err,
    ).toContain('there is no exchange rate for USD on 2026-11-18')
    expect(ok('report', 'receivables')).toContain(
      'without an exchange rate on its day; funnel rate apply says which day and fixes that.',
    )
    expect(run('export', 'journal').err).toContain('funnel rate apply')

    ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-02')
    const before = contents(made)
    const half = run('rate', 'apply')
    expect(half.out).toContain('gave 1 invoice the rate of its day')
    expect(half.err).toContain(
      'invoices and payments: no exchange rate for USD on 2026-11-18: funnel rate add USD RATE --on 2026-11-18',
    )
    ok('undo')
    expect(contents(made)).toEqual(before)

    ok('rate', 'add', 'USD', '1.25', '--on', '2026-11-18')
    expect(json('rate', 'apply')).toMatchObject({
      deals: [],
      invoices: [1],
      payments: [1],
      missing: [],
      missing_money: [],
    })
    // 110 USD at 1.10 are 100 EUR, of which half is paid; the 44 EUR that came lost 6 by the rate.
    expect([balance(made), posted(made)]).toEqual([50, 50])
    expect(ok('rate', 'apply')).toContain('nothing to change')
    expect(run('doctor')).toMatchObject({ code: 0 })
  })

  it('keep the rate that they have, and a credit note has that of its invoice', () => {
    const made = shop()
    const { ok, run } = made
    ok('invoice', 'add', 'pike', ...LINE)
    ok('invoice', 'issue', 'd1', '--on', '2026-10-01', '--incomplete')
    ok('invoice', 'credit', '2026-0001', '--on', '2026-11-20', '--amount', '55')
    ok('rate', 'add', 'USD', '2', '--on', '2026-11-20')
    ok('rate', 'add', 'USD', '1.10', '--on', '2026-10-01')
    expect(run('rate', 'apply').out).toContain('gave 2 invoices the rate of their day')
    // At the 2.00 of its own day the credit note would leave 72.50 EUR.
    expect([balance(made), posted(made)]).toEqual([50, 50])
    ok('rate', 'add', 'USD', '3', '--on', '2026-10-01')
    expect(ok('rate', 'apply')).toContain('nothing to change')
    expect(balance(made)).toBe(50)
  })

  it('come into the sums together with what corrects and settles them, whatever rates later days have', () => {
    const made = shop()
    const { ok, run } = made
    ok('invoice', 'add', 'pike', ...LINE)
    ok('invoice', 'issue', 'd1', '--on', '2026-10-01', '--incomplete')
    ok('rate', 'add', 'USD', '2', '--on', '2026-11-20')
    ok('invoice', 'credit', '2026-0001', '--on', '2026-11-20', '--amount', '55')
    // A credit note alone would make a debt of it.
    expect([balance(made) ?? 0, posted(made)]).toEqual([0, 0])
    ok('rate', 'add', 'USD', '1.10', '--on', '2026-10-01')
    ok('rate', 'apply')
    expect([balance(made), posted(made)]).toEqual([50, 50])
    // No rate is left of its day: what is written off is worth what it settles.
    ok('invoice', 'add', 'pike', ...LINE)
    ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-22')
    ok('invoice', 'issue', 'd3', '--on', '2026-11-22', '--incomplete')
    ok('rate', 'drop', 'USD', '--period', '2026-11')
    ok('invoice', 'write-off', '2026-0003', '22', '--on', '2026-11-22')
    // 88 USD at 1.10 are 80 EUR.
    expect([balance(made), posted(made)]).toEqual([130, 130])
    expect(run('export', 'journal').err).not.toContain('left out')
  })
})
