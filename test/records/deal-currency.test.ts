import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contents } from '../support/contents.ts'
import { desk, type Desk } from '../support/funnel.ts'

interface Listed {
  title: string
  amount: number | null
  currency: string
  own_amount: number | null
}

/** A book in EUR with a client, and a rate of 20 November. */
function office(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Harbour')
  made.ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-20')
  return made
}

function deals({ json }: Desk, ...args: string[]): Listed[] {
  return json<{ deals: Listed[] }>('deal', 'list', '--status', 'all', ...args).deals.map(
    ({ title, amount, currency, own_amount }) => ({ title, amount, currency, own_amount }),
  )
}

function totals({ json }: Desk, ...args: string[]): Record<string, unknown> {
  return json<{ totals: Record<string, unknown> }>('report', ...args).totals
}

describe('a deal in another currency', () => {
  it('is 909.09 EUR where it is 1,000 USD, in lists, cards and reports', () => {
    const made = office()
    expect(made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD')).toContain(
      'for 1,000.00 USD',
    )
    made.ok('deal', 'add', 'harbour', 'Rope', '--amount', '500', '--cost', '200')
    expect(deals(made)).toEqual([
      { title: 'Winch', amount: 909.09, currency: 'USD', own_amount: 1000 },
      { title: 'Rope', amount: 500, currency: 'EUR', own_amount: 500 },
    ])
    expect(made.ok('deal', 'list')).toContain('909.09  1,000.00 USD')
    expect(made.ok('deal', 'show', '1')).toContain('Amount: 1,000.00 USD, 909.09 EUR today')
    expect(totals(made, 'open')).toMatchObject({ deals: 2, amount: 1409.09, profit: 1209.09 })
    const clients = made.json<{ clients: unknown[] }>('client', 'list', '--columns', 'open-amount')
    expect(clients.clients).toEqual([{ open_amount: 1409.09 }])
    const { out } = made.run('report', 'open', '--explain')
    expect(out).toContain('Rates: 1 EUR = 1.10 USD (2026-11-20)')
  })

  it('keeps the rate that it was closed with, whatever comes later', () => {
    const made = office()
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', 'US$ 1,000', '--on', '2026-11-02')
    made.ok('win', '1', '--on', '2026-11-20')
    const before = totals(made, 'closed')
    expect(before).toMatchObject({ amount_won: 909.09 })
    made.ok('rate', 'add', 'USD', '1.25', '--on', '2026-11-20')
    made.ok('rate', 'apply')
    expect(totals(made, 'closed')).toEqual(before)
    made.ok('deal', 'edit', '1', '--rate', '1.05', '--on', '2026-11-22')
    expect(totals(made, 'closed')).toMatchObject({ amount_won: 952.38 })
    // As of the day before, the rate was another.
    expect(totals(made, 'closed', '--as-of', '2026-11-21')).toEqual(before)
    expect(made.run('doctor')).toMatchObject({ code: 0 })
    made.ok('undo')
    expect(totals(made, 'closed')).toEqual(before)
    made.ok('reopen', '1', '--on', '2026-11-22')
    expect(totals(made, 'open')).toMatchObject({ amount: 800 })
  })

  it('counts on a past day as it stood then, at the rate of that day', () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour')
    made.ok('rate', 'add', 'USD', '1.25', '--on', '2026-10-01')
    made.ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-20')
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD', '--on', '2026-10-01')
    made.ok('deal', 'edit', '1', '--amount', '1100', '--on', '2026-11-20')
    expect(totals(made, 'open', '--as-of', '2026-10-02')).toMatchObject({ amount: 800 })
    expect(totals(made, 'open')).toMatchObject({ amount: 1000 })
    made.ok('win', '1')
    expect(totals(made, 'open', '--as-of', '2026-10-02')).toMatchObject({ amount: 800 })
    expect(totals(made, 'cohort', '--as-of', '2026-10-02', '--period', 'all')).toMatchObject({
      amount: 800,
    })
    expect(totals(made, 'closed')).toMatchObject({ amount_won: 1000 })
  })

  it('stops reports, forecasts, plans and checks where its currency has no rate, and nothing else', () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour')
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD', '--on', '2026-11-02')
    for (const command of [
      ['report', 'open'],
      ['report', 'cohort'],
      ['forecast'],
      ['forecast', '--weighted'],
      ['plan', '--profit', '1000'],
      ['check', 'pipeline>=1'],
    ]) {
      const { code, err } = made.run(...command)
      expect({ command, code }).toEqual({ command, code: 1 })
      expect(err).toContain(
        'there is no exchange rate for USD on 2026-11-23 or in the seven days before',
      )
      expect(err).toContain('funnel rate add USD RATE --on 2026-11-23')
    }
    expect(deals(made)).toEqual([
      { title: 'Winch', amount: null, currency: 'USD', own_amount: 1000 },
    ])
    expect(made.ok('deal', 'list')).toContain('1,000.00 USD')
    made.ok('today')
    expect(made.ok('snapshot')).toContain(
      'Not summed: 1 open deal in USD, without an exchange rate.',
    )
    made.ok('report', 'closed')
    made.ok('check', '--max', 'overdue=5')
  })

  it('is counted in a note where it was closed without a rate, until rate apply', () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour')
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD', '--on', '2026-11-01')
    const { err } = made.run('win', '1', '--on', '2026-11-10')
    expect(err).toContain(
      'there is no exchange rate for USD on 2026-11-10, so the deal is not summed',
    )
    const note = 'Not summed: 1 deal closed in another currency without a rate'
    expect(made.ok('report', 'closed')).toContain(note)
    expect(totals(made, 'closed')).toMatchObject({ won: 1, amount_won: 0 })
    expect(made.run('rate', 'apply').err).toContain(
      'deal 1: no exchange rate for USD on 2026-11-10',
    )
    made.ok('rate', 'add', 'USD', '1.25', '--on', '2026-11-09')
    expect(made.ok('rate', 'apply')).toContain('gave 1 closed deal the rate of its day')
    expect(totals(made, 'closed')).toMatchObject({ amount_won: 800 })
    expect(made.ok('report', 'closed')).not.toContain('Not summed')
    expect(made.run('doctor')).toMatchObject({ code: 0 })
  })

  it('never has its amount read in another currency without a word', () => {
    const made = office()
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000', '--cost', '300')
    for (const [args, code, why] of [
      [['--currency', 'USD'], 2, 'the amount of deal 1 is 1,000.00 EUR, and would be in USD'],
      [['--amount', '900 USD'], 2, 'the cost of deal 1 is 300.00 EUR, and would be in USD'],
      [['--amount', '900 USD', '--currency', 'GBP'], 2, 'these are GBP and USD'],
      [['--cost', '300 GBP'], 1, 'there is no exchange rate for GBP on 2026-11-23'],
      [['--amount', '900 kr'], 2, 'may be in several currencies'],
      [['--amount', '900 USX'], 2, 'or with the code of a currency: "1000 USD"'],
      [['--rate', '1.1'], 2, 'is in the currency of the book'],
      [['--amount', '900.5555'], 2, 'too fine'],
    ] as const) {
      const got = made.run('deal', 'edit', '1', ...args)
      expect({ args, code: got.code }).toEqual({ args, code })
      expect(got.err).toContain(why)
    }
    made.ok('deal', 'edit', '1', '--amount', '900 USD', '--cost', '300 USD')
    expect(made.run('deal', 'edit', '1', '--rate', '1.1').err).toMatch(
      /deal 1 is open.*\n {2}add the rate of a day: funnel rate add USD 1\.1\n/,
    )
    expect(deals(made)[0]).toMatchObject({ amount: 818.18, currency: 'USD', own_amount: 900 })
    made.ok('deal', 'edit', '1', '--amount', '90000 JPY', '--cost', 'none')
    expect(made.run('deal', 'edit', '1', '--amount', '90000.5').err).toContain('no decimals')
    expect(deals(made)[0]).toMatchObject({ amount: null, currency: 'JPY', own_amount: 90_000 })
  })

  it('is chosen and sorted by its currency and by what it comes to', () => {
    const made = office()
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD')
    made.ok('deal', 'add', 'harbour', 'Rope', '--amount', '950')
    const titles = (...args: string[]): string[] => deals(made, ...args).map(({ title }) => title)
    expect(titles('--where', 'deal:currency=USD')).toEqual(['Winch'])
    expect(titles('--where', 'deal:currency!=usd')).toEqual(['Rope'])
    expect(titles('--where', 'amount<920')).toEqual(['Winch'])
    expect(titles('--sort', '-amount')).toEqual(['Rope', 'Winch'])
    expect(titles('--sort', '-own-amount')).toEqual(['Winch', 'Rope'])
    expect(totals(made, 'open', '--where', 'deal:currency=USD')).toMatchObject({ amount: 909.09 })
  })

  it('has lines in its currency, with prices of products at the rate of the day', () => {
    const made = office()
    made.ok('product', 'add', 'Cold room', '--price', '90', '--cost', '40')
    made.ok('deal', 'add', 'harbour', 'Winch', '--currency', 'USD')
    expect(made.ok('deal', 'line', 'add', '1', 'cold', '--quantity', '2')).toContain('198.00 USD')
    made.ok('deal', 'line', 'add', '1', '--text', 'Transport', '--price', '22')
    expect(deals(made)[0]).toMatchObject({ amount: 200, own_amount: 220 })
    made.ok('win', '1')
    expect(totals(made, 'products')).toMatchObject({ amount_won: 200 })
    expect(made.run('doctor')).toMatchObject({ code: 0 })
    made.ok('deal', 'add', 'harbour', 'Rope', '--currency', 'JPY')
    expect(made.run('deal', 'line', 'add', '2', 'cold')).toMatchObject({ code: 1 })
    made.ok('deal', 'line', 'add', '2', 'cold', '--price', '14850', '--cost', '6600')
    expect(deals(made)[1] ?? deals(made)[0]).toBeDefined()
    expect(made.run('deal', 'edit', '2', '--amount', '5 GBP').code).toBe(2)
  })

  it('is taken back row for row', () => {
    const made = office()
    const before = contents(made)
    made.ok('deal', 'add', 'harbour', 'Winch', '--amount', '1000 USD', '--on', '2026-11-02')
    made.ok('deal', 'edit', '1', '--amount', '900', '--on', '2026-11-19')
    made.ok('win', '1', '--on', '2026-11-19')
    made.ok('rate', 'add', 'USD', '1.2', '--on', '2026-11-18')
    made.ok('rate', 'apply')
    made.ok('deal', 'edit', '1', '--rate', '1.3')
    made.ok('reopen', '1')
    made.ok('lose', '1')
    for (let at = 0; at < 8; at += 1) made.ok('undo')
    expect(contents(made)).toEqual(before)
  })

  it('comes in by a column or a sign, and comes back from an export', () => {
    const made = office()
    writeFileSync(
      made.file('deals.csv'),
      'Client,Title,Amount,Currency,Cost,Outcome,Opened,Closed\n' +
        'Harbour,Winch,1000,USD,600,won,2026-11-18,2026-11-20\n' +
        'Harbour,Rope,500,EUR,,open,2026-11-18,\n' +
        'Harbour,Mast,£ 700,,,open,2026-11-18,\n' +
        'Harbour,Sail,$ 700,,,open,2026-11-18,\n' +
        'Harbour,Oar,$ 700,GBP,,open,2026-11-18,\n' +
        'Harbour,Deck,90000,JPY,,lost,2026-11-01,2026-11-02\n',
    )
    const { out } = made.run('import', 'deals', 'deals.csv', '--create', 'all')
    expect(out).toContain('“$ 700” is not in EUR')
    expect(out).toContain('“$ 700” is not in GBP')
    const listed = deals(made, '--sort', 'id')
    expect(listed).toEqual([
      { title: 'Winch', amount: 909.09, currency: 'USD', own_amount: 1000 },
      { title: 'Rope', amount: 500, currency: 'EUR', own_amount: 500 },
      { title: 'Mast', amount: null, currency: 'GBP', own_amount: 700 },
      { title: 'Deck', amount: null, currency: 'JPY', own_amount: 90_000 },
    ])
    expect(made.json('import', 'deals', 'deals.csv')).toMatchObject({ created: 0, updated: 0 })
    const exported = made.ok('export', 'deals')
    expect(exported).toMatch(/,1000,600,.*,USD,1\.10$/m)
    const other = office()
    other.ok('rate', 'drop', 'USD', '--period', 'all')
    writeFileSync(other.file('out.csv'), exported)
    other.ok('import', 'deals', 'out.csv', '--create', 'all')
    expect(deals(other, '--sort', 'id')).toEqual(listed)
    expect(other.ok('export', 'deals')).toBe(exported)
    expect(made.run('doctor')).toMatchObject({ code: 0 })
  })
})
