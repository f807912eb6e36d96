import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk, newFolder } from '../support/funnel.ts'

/** A book with a product and a deal. */
function shop(folder?: string): Desk {
  const made = desk({}, folder)
  const more = ['--cost', '800', '--unit', 'piece', '--tax', '19%']
  made.ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '1249.99', ...more)
  made.ok('product', 'price', 'add', 'CR-20', '1199', '--from', '10')
  made.ok('client', 'add', 'Harbour Foods')
  made.ok('deal', 'add', 'harbour', 'Cold store', '--amount', '500', '--on', '2026-11-02')
  return made
}

interface Lines {
  net: number
  tax: number | null
  gross: number
  lines: Record<string, unknown>[]
}

/** Every row that commands wrote, but for the history itself. */
function rows(made: Desk): Record<string, unknown[]> {
  const raw = new Database(made.file('funnel.db'), { readonly: true })
  try {
    const tables = ['products', 'prices', 'price_lists', 'clients', 'deals', 'events', 'deal_lines']
    return Object.fromEntries(
      tables.map((name) => [name, raw.prepare(`SELECT * FROM ${name} ORDER BY id`).all()]),
    )
  } finally {
    raw.close()
  }
}

describe('lines of a deal', () => {
  it('make up its amount and cost, by dated events, and all of it is undone', () => {
    const made = shop()
    const { ok, json } = made
    const first = rows(made)
    expect(
      ok(
        'deal',
        'line',
        'add',
        '1',
        'CR-20',
        '--quantity',
        '3',
        '--discount',
        '5%',
        '--on',
        '2026-11-03',
      ),
    ).toContain('added line 1 to deal 1 (Cold store); amount 500.00 → 3,562.47 EUR')
    ok('deal', 'line', 'add', '1', '--text', 'Transport', '--price', '400', '--optional')
    ok(
      'deal',
      'line',
      'add',
      '1',
      '--text',
      'Smaller room',
      '--price',
      '900',
      '--alternative-to',
      'cold',
    )
    expect(json<Lines>('deal', 'line', 'list', '1')).toMatchObject({
      net: 3562.47,
      tax: 676.87,
      gross: 4239.34,
      lines: [
        {
          line: 1,
          code: 'CR-20',
          quantity: 3,
          unit: 'piece',
          discount: 5,
          net: 3562.47,
          counts: true,
        },
        { line: 2, text: 'Transport', optional: true, counts: false },
        { line: 3, text: 'Smaller room', alternative_to: 1, counts: false },
      ],
    })
    // Three rooms cost 2,400.
    expect(json('deal', 'show', '1')).toMatchObject({ amount: 3562.47, cost: 2400 })
    expect(json('report', 'open', '--as-of', '2026-11-02')).toMatchObject({
      totals: { amount: 500 },
    })
    expect(json('report', 'open', '--as-of', '2026-11-03')).toMatchObject({
      totals: { amount: 3562.47 },
    })

    // The option has no cost, so the cost of the deal is not known.
    ok('deal', 'line', 'edit', '1', 'transport', '--choose')
    expect(json('deal', 'show', '1')).toMatchObject({ amount: 3962.47, cost: null })
    ok('deal', 'line', 'edit', '1', '3', '--choose')
    expect(json('deal', 'show', '1')).toMatchObject({ amount: 1300 })
    ok('deal', 'line', 'edit', '1', '1', '--choose')
    ok('deal', 'line', 'edit', '1', '2', '--leave-out')
    expect(json('deal', 'show', '1')).toMatchObject({ amount: 3562.47, cost: 2400 })
    ok('deal', 'line', 'edit', '1', '3', '--choose')
    // The alternative that was chosen takes the place of the line.
    ok('deal', 'line', 'drop', '1', '1')
    expect(json<Lines>('deal', 'line', 'list', '1').lines).toMatchObject([
      { line: 2, counts: false },
      { line: 3, alternative_to: null, chosen: false, counts: true },
    ])
    ok('deal', 'line', 'drop', '1', '3')
    expect(ok('deal', 'edit', '1', '--amount', '750')).toContain('amount 750.00 EUR')
    expect(ok('doctor')).toContain('sound')
    for (let undone = 0; undone < 11; undone += 1) ok('undo')
    expect(rows(made)).toEqual(first)
  })

  it('show their products in lists of deals', () => {
    const { ok, json } = shop()
    for (const price of ['1', '2']) ok('deal', 'line', 'add', '1', 'CR-20', '--price', price)
    ok('product', 'add', 'Assembly', '--price', '90')
    ok('deal', 'line', 'add', '1', 'Assembly')
    ok('deal', 'add', 'harbour', 'Bare')
    expect(json('deal', 'list')).toMatchObject({
      deals: [{ products: ['Assembly', 'Cold room'] }, { products: [] }],
    })
    const shown = ok('deal', 'list', '--columns', 'title,product', '--sort', '-products')
    expect(shown).toMatch(/Cold store +Assembly[;,] Cold room/)
    expect(shown.indexOf('Cold store')).toBeLessThan(shown.indexOf('Bare'))
  })

  it('have the price of the client’s quantity, and keep it', () => {
    const { ok, json, run } = shop()
    ok('deal', 'line', 'add', '1', 'cold room', '--quantity', '12')
    ok('product', 'edit', 'CR-20', '--price', '1', '--cost', '1')
    expect(json<Lines>('deal', 'line', 'list', '1').lines).toMatchObject([
      { price: 1199, cost: 800, net: 14388 },
    ])
    ok('deal', 'line', 'edit', '1', '1', '--quantity', '0.5', '--tax', 'none', '--unit', 'set')
    expect(json<Lines>('deal', 'line', 'list', '1')).toMatchObject({
      net: 599.5,
      tax: null,
      gross: 599.5,
      lines: [{ unit: 'set', quantity: 0.5 }],
    })
    expect(run('product', 'edit', 'CR-20', '--retire').err).toContain(
      'warning: Cold room still has 1 open deal with it; see: funnel deal list --where "deal:product=Cold room"',
    )
    expect(ok('deal', 'list', '--where', 'deal:product=Cold room')).toContain('Cold store')
  })

  it('are compared with the amount by doctor', () => {
    const { ok, run, file } = shop()
    ok('deal', 'line', 'add', '1', 'CR-20', '--quantity', '2')
    const raw = new Database(file('funnel.db'))
    raw.exec('UPDATE deal_lines SET net = net + 1').close()
    const { code, out, err } = run('doctor')
    expect(code).toBe(1)
    expect(out + err).toContain('deal 1: the figures of its lines do not follow from them')
    expect(out + err).toContain('deal 1: amount or cost is not the sum of its lines')
  })

  it('keep their figures when their client is erased, and lose their texts', () => {
    const made = shop()
    made.ok('deal', 'line', 'add', '1', 'CR-20', '--text', 'for Ann Lee')
    made.ok('deal', 'line', 'add', '1', '--text', 'Ann Lee’s shelf', '--price', '9')
    made.ok('client', 'erase', '1', '--yes')
    expect(made.json<Lines>('deal', 'line', 'list', '1')).toMatchObject({
      net: 1258.99,
      lines: [
        { text: null, product: 'Cold room' },
        { text: 'line 2', net: 9 },
      ],
    })
    const kept = JSON.stringify(rows(made))
    expect(kept).not.toContain('Ann')
  })

  describe('mistakes', () => {
    const folder = newFolder()
    let refusing: Desk
    beforeAll(() => {
      refusing = shop(folder)
      refusing.ok('product', 'add', 'Crane')
      refusing.ok('product', 'add', 'Old oven', '--price', '5')
      refusing.ok('product', 'edit', 'Old oven', '--retire')
      refusing.ok('deal', 'line', 'add', '1', 'CR-20')
      refusing.ok(
        'deal',
        'line',
        'add',
        '1',
        '--text',
        'Smaller',
        '--price',
        '900',
        '--alternative-to',
        '1',
      )
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    it.each([
      [['deal', 'edit', '1', '--amount', '9'], 2, 'funnel deal line edit 1 1 --price MONEY'],
      [['deal', 'edit', '1', '--cost', 'none'], 2, 'amount and cost of deal 1 follow its lines'],
      [['deal', 'line', 'add', '1', 'Cranes'], 3, 'did you mean “Crane”?'],
      [['deal', 'line', 'add', '1', 'Pump'], 3, 'for a line without a product: --text "Pump"'],
      [['deal', 'line', 'add', '1', 'Crane'], 2, 'the product Crane has no price'],
      [['deal', 'line', 'add', '1', 'oven'], 2, 'the product Old oven is retired'],
      [['deal', 'line', 'add', '1', '--price', '5'], 2, 'a line needs a product or a text'],
      [['deal', 'line', 'add', '1', '--text', 'Fan'], 2, 'a line without a product needs a price'],
      [
        ['deal', 'line', 'add', '1', 'CR-20', '--quantity', '0'],
        2,
        '“0” is not a quantity above zero',
      ],
      [['deal', 'line', 'add', '1', 'CR-20', '--discount', '-5%'], 2, '“-5%” is not a discount'],
      [['deal', 'line', 'add', '1', 'CR-20', '--discount', '101%'], 2, '“101%” is over 100%'],
      [
        ['deal', 'line', 'add', '1', 'CR-20', '--alternative-to', '9'],
        3,
        'deal 1 has no line “9”\n  see: funnel deal line list 1',
      ],
      [
        ['deal', 'line', 'add', '1', 'CR-20', '--optional', '--alternative-to', '1'],
        2,
        '--optional and --alternative-to cannot be used together',
      ],
      [['deal', 'line', 'add', '1', 'CR-20', '--on', '2026-11-01'], 1, '2026-11'],
      [['deal', 'line', 'edit', '1', '1'], 2, 'nothing to change was given'],
      [['deal', 'line', 'edit', '1', '2', '--optional'], 2, 'cannot be an option as well'],
      [
        ['deal', 'line', 'edit', '1', '2', '--text', 'none'],
        2,
        'a line without a product needs a text',
      ],
      [
        ['deal', 'line', 'edit', '1', '1', '--leave-out'],
        2,
        'neither an option nor an alternative',
      ],
      [['deal', 'line', 'drop', '1', '1'], 2, 'has alternatives that were not chosen: 2'],
    ])('%j is refused', (args, code, said) => {
      const refused = refusing.run(...args)
      expect(refused).toMatchObject({ code, out: '' })
      expect(refused.err).toContain(said)
    })
  })

  it.each([
    ['JPY', '3', '1250', '5%', 3563],
    ['KWD', '3', '1.2345', '5%', 3.518],
  ])('add up in %s', (currency, quantity, price, discount, amount) => {
    const made = desk()
    const { ok, json } = made
    const book = ['--book', 'other.db']
    ok('init', ...book, '--currency', currency, '--timezone', 'UTC')
    ok('client', 'add', 'Pier Nine', ...book)
    ok('deal', 'add', 'pier', 'Winch', ...book)
    const line = [
      '--text',
      'Winch',
      '--quantity',
      quantity,
      '--price',
      price,
      '--discount',
      discount,
    ]
    ok('deal', 'line', 'add', '1', ...line, ...book)
    expect(json('deal', 'show', '1', ...book)).toMatchObject({ amount })
  })
})
