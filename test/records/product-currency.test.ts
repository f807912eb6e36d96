import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contents } from '../support/contents.ts'
import { desk, type Desk } from '../support/funnel.ts'

/** A book in EUR with a client, rates of 20 November, and products in EUR and USD. */
function shop(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Harbour')
  made.ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-20')
  made.ok('rate', 'add', 'THB', '38.5', '--on', '2026-11-20')
  made.ok('product', 'add', 'Winch', '--code', 'W', '--price', '1000 USD', '--cost', '660')
  made.ok('product', 'add', 'Rope', '--code', 'R', '--price', '90')
  return made
}

interface Line {
  price: number
  cost: number | null
  net: number
}

const linesOf = ({ json }: Desk, deal: string): Line[] =>
  json<{ lines: Line[] }>('deal', 'line', 'list', deal).lines

describe('a product in another currency', () => {
  it('says so in lists, cards and files, and comes back from an export', () => {
    const made = shop()
    made.ok('product', 'price', 'add', 'W', '900 USD', '--from', '10')
    expect(made.json('product', 'show', 'W')).toMatchObject({
      currency: 'USD',
      price: 1000,
      cost: 660,
      prices: [{ price: 900, currency: 'USD' }],
    })
    expect(made.ok('product', 'show', 'W')).toContain('Price: 1000 USD')
    expect(made.ok('product', 'list')).toMatch(/1,000\.00 +660\.00 +USD/)
    expect(made.ok('product', 'price', 'list')).toMatch(/900\.00 +USD/)
    const exported = made.ok('export', 'products')
    expect(exported).toMatch(/^W,Winch,,,1000,660,,,,USD\r?$/m)
    const other = desk()
    writeFileSync(other.file('products.csv'), exported)
    expect(other.json('import', 'products', 'products.csv')).toMatchObject({ created: 2 })
    expect(other.json('import', 'products', 'products.csv')).toMatchObject({ unchanged: 2 })
    expect(other.ok('export', 'products')).toBe(exported)
  })

  it('keeps its currency until all its prices are given again', () => {
    const made = shop()
    const before = contents(made)
    made.ok('product', 'price', 'add', 'W', '900', '--from', '10')
    for (const [args, why] of [
      [
        ['edit', 'W', '--currency', 'EUR'],
        'the price of product 1 is 1000 USD, and would be in EUR',
      ],
      [
        ['edit', 'W', '--price', '900 EUR'],
        'the cost of product 1 is 660 USD, and would be in EUR',
      ],
      [['edit', 'W', '--price', '9 EUR', '--cost', '8 GBP'], 'these are EUR and GBP'],
      [['edit', 'W', '--price', '9 EUR', '--cost', '8'], 'the listed prices of Winch are in USD'],
      [['price', 'add', 'W', '9 EUR'], 'the prices of Winch are in USD'],
      [['add', 'Oar', '--price', '9 kr'], 'may be in several currencies'],
    ] as const) {
      const { code, err } = made.run('product', ...args)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(err).toContain(why)
    }
    made.ok('product', 'price', 'drop', '1')
    made.ok('product', 'edit', 'W', '--price', '9 EUR', '--cost', '8')
    expect(made.json('product', 'show', 'W')).toMatchObject({ currency: 'EUR', price: 9, cost: 8 })
    for (let at = 0; at < 3; at += 1) made.ok('undo')
    expect(contents(made)).toEqual(before)
  })

  it('is sold in the currency of the deal, at the rate of the day', () => {
    const made = shop()
    made.ok('deal', 'add', 'harbour', 'Pier')
    made.ok('deal', 'add', 'harbour', 'Yacht', '--currency', 'USD')
    made.ok('deal', 'add', 'harbour', 'Ferry', '--currency', 'THB')
    // 1,000 USD at 1.10 are 909.0909 EUR; 660 are 600.
    expect(made.ok('deal', 'line', 'add', '1', 'W', '--quantity', '2')).toContain(
      'amount 1,818.18 EUR; price 909.0909 EUR for 1000 USD, cost 600 EUR for 660 USD ' +
        '(1 EUR = 1.10 USD on 2026-11-20)',
    )
    expect(made.ok('deal', 'line', 'add', '2', 'W')).toContain('amount 1,000.00 USD\n')
    // 38.5 / 1.10 are 35 THB for one USD.
    expect(made.json('deal', 'line', 'add', '3', 'W')).toMatchObject({
      converted: [
        { what: 'price', value: 35_000, currency: 'THB', from_value: 1000, rate: '35' },
        { what: 'cost', value: 23_100, from_currency: 'USD', rate_day: '2026-11-20' },
      ],
    })
    made.ok('deal', 'line', 'add', '2', '--text', 'Crane', '--price', '50 EUR')
    made.ok('deal', 'line', 'edit', '2', '2', '--price', '385 THB', '--cost', '10 USD')
    expect(linesOf(made, '2')).toMatchObject([{ net: 1000 }, { price: 11, cost: 10, net: 11 }])
    for (const deal of ['1', '2', '3']) made.ok('win', deal)
    // 1,818.18 + 1,011 / 1.10 + 35,000 / 38.5
    expect(made.json('report', 'products')).toMatchObject({ totals: { amount_won: 3646.36 } })
    expect(made.run('doctor')).toMatchObject({ code: 0 })
  })

  it('is not sold elsewhere on a day without a rate', () => {
    const made = shop()
    made.ok('deal', 'add', 'harbour', 'Pier', '--on', '2026-11-02')
    expect(made.run('deal', 'line', 'add', '1', 'W', '--on', '2026-11-10')).toMatchObject({
      code: 1,
      err:
        'funnel: there is no exchange rate for USD on 2026-11-10 or in the seven days before\n' +
        '  funnel rate add USD RATE --on 2026-11-10\n  or give --price and --cost in EUR\n',
    })
    made.ok('deal', 'line', 'add', '1', 'W', '--price', '900', '--cost', '600')
    expect(linesOf(made, '1')).toMatchObject([{ price: 900, cost: 600 }])
  })

  it('comes in by a column or a sign, and never changes its currency by a file', () => {
    const made = shop()
    writeFileSync(
      made.file('list.csv'),
      'Code,Name,Price,Cost,Currency\nW,Winch,1100,,USD\nR,Rope,95,,EUR\nO,Oar,£ 5.5,,\nD,Deck,7,,CHF\n',
    )
    expect(made.json('import', 'products', 'list.csv')).toMatchObject({ created: 2, unchanged: 2 })
    expect(made.json('import', 'products', 'list.csv', '--on-duplicate', 'update')).toMatchObject({
      updated: 2,
    })
    expect(made.json('product', 'list')).toMatchObject({
      products: [
        { code: 'D', price: 7, currency: 'CHF' },
        { code: 'O', price: 5.5, currency: 'GBP' },
        { code: 'R', price: 95, currency: 'EUR' },
        { code: 'W', price: 1100, cost: 660, currency: 'USD' },
      ],
    })
    writeFileSync(made.file('list.csv'), 'Code,Name,Price\nW,Winch,1200\n')
    expect(made.json('import', 'products', 'list.csv')).toMatchObject({ unchanged: 1 })
    const { code, out } = made.run('import', 'products', 'list.csv', '--on-duplicate', 'update')
    expect(code).toBe(1)
    expect(out).toContain('the prices of product 1 are in USD, and those of the row in EUR')
  })
})

describe('the cost of a deal', () => {
  it('may be in another currency, at the rate of its day', () => {
    const made = shop()
    expect(
      made.ok('deal', 'add', 'harbour', 'Pier', '--amount', '2000', '--cost', '110 USD'),
    ).toContain('; cost 100.00 EUR for 110.00 USD (1 EUR = 1.10 USD on 2026-11-20)')
    made.ok('deal', 'edit', '1', '--amount', '2200 USD', '--cost', '50 EUR')
    const shown = made.json('deal', 'show', '1')
    expect(shown).toMatchObject({ currency: 'USD', own_amount: 2200, own_cost: 55, cost: 50 })
    expect(made.run('deal', 'edit', '1', '--cost', '9 GBP')).toMatchObject({
      code: 1,
      err: expect.stringContaining('or give --cost in USD') as string,
    })
    expect(made.ok('win', '1', '--cost', '3850 THB')).toContain('cost 110.00 USD for 3,850.00 THB')
  })
})

describe('lines of a file', () => {
  it('are in the currency of their deal, which they must name', () => {
    const made = shop()
    made.ok('deal', 'add', 'harbour', 'Pier')
    made.ok('deal', 'add', 'harbour', 'Yacht', '--currency', 'USD')
    writeFileSync(
      made.file('lines.csv'),
      'Deal,Client,Product,Text,Quantity,Price,Currency\n' +
        // 90 EUR are 99 USD; the price of a product needs no currency.
        'Yacht,Harbour,Rope,,2,,\n' +
        'Yacht,Harbour,,Crane,1,50.5,USD\n' +
        'Yacht,Harbour,,Barge,1,60,EUR\n' +
        'Yacht,Harbour,,Oar,1,70,\n' +
        'Pier,Harbour,Winch,,1,,\n' +
        'Pier,Harbour,,Mast,1,80,USD\n',
    )
    const { out } = made.run('import', 'lines', 'lines.csv', '--json')
    const done = JSON.parse(out) as { rejects: { row: number; reason: string }[]; notes: string[] }
    expect(done).toMatchObject({ created: 3 })
    expect(done.rejects.map(({ row, reason }) => `${row} ${reason.split(' (')[0]}`)).toEqual([
      '4 deal 2 is in USD, and the prices of the row are in EUR',
      '5 deal 2 is in USD, and the prices of the row are in EUR',
      '7 “80” is in “USD”, and the book in EUR',
    ])
    expect(done.notes.join('\n')).toContain(
      'row 2: the price of Rope is 99 USD for 90 EUR (1 EUR = 1.10 USD on 2026-11-20)',
    )
    expect(linesOf(made, '2')).toMatchObject([{ net: 198 }, { net: 50.5 }])
    expect(linesOf(made, '1')).toMatchObject([{ price: 909.0909, cost: 600 }])
  })
})
