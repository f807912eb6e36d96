import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk, newFolder } from '../support/funnel.ts'

/** A book with two products. */
function shop(folder?: string): Desk {
  const made = desk({}, folder)
  const more = ['--cost', '800', '--unit', 'piece', '--tax', '19%']
  made.ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '1249.99', ...more)
  made.ok('product', 'add', 'Installation', '--price', '90,5', '--unit', 'h')
  return made
}

describe('products', () => {
  it('are added, listed, changed and retired', () => {
    const { ok, json } = shop()
    expect(json('product', 'list')).toEqual({
      currency: 'EUR',
      products: [
        {
          id: 1,
          code: 'CR-20',
          name: 'Cold room',
          text: null,
          unit: 'piece',
          price: 1249.99,
          cost: 800,
          tax: 19,
          retired: false,
        },
        {
          id: 2,
          code: null,
          name: 'Installation',
          text: null,
          unit: 'h',
          price: 90.5,
          cost: null,
          tax: null,
          retired: false,
        },
      ].map((product) => expect.objectContaining(product) as unknown),
    })
    ok('product', 'edit', 'cr-20', '--price', '1299.5', '--cost', 'none', '--name', 'Cold store')
    expect(json('product', 'show', 'CR-20')).toMatchObject({
      name: 'Cold store',
      price: 1299.5,
      cost: null,
      tax: 19,
    })
    ok('product', 'edit', '2', '--retire')
    expect(ok('product', 'list')).toContain('1,299.50')
    expect(json<{ products: unknown[] }>('product', 'list', 'STALL').products).toMatchObject([
      { name: 'Installation', retired: true },
    ])
    ok('product', 'edit', '2', '--restore')
    ok('undo')
    expect(json('product', 'show', '2')).toMatchObject({ retired: true })
  })

  it('have prices by quantity, list and day', () => {
    const { ok, json, run } = shop()
    ok('product', 'price', 'add', 'CR-20', '1199', '--from', '10')
    const wholesale = ['--list', 'Wholesale', '--since', '2026-12-01', '--until', '2027-05-31']
    expect(ok('product', 'price', 'add', 'CR-20', '0.0125', ...wholesale)).toContain(
      'added price 2 of Cold room: 0.0125 EUR; new price list: Wholesale',
    )
    // The same list, quantity and first day: changed, not doubled.
    const again = ['--list', 'wholesale', '--since', '2026-12-01']
    expect(ok('product', 'price', 'add', 'CR-20', '1100', ...again)).toContain('changed price 2')
    expect(json('product', 'price', 'list', 'cold')).toMatchObject({
      prices: [
        { id: 1, product: 'Cold room', list: null, from_quantity: 10, price: 1199 },
        { id: 2, list: 'Wholesale', valid_from: '2026-12-01', valid_to: null, price: 1100 },
      ],
    })
    ok('product', 'price', 'drop', '1')
    const { code, err } = run('product', 'price', 'drop', '1')
    expect({ code, err }).toEqual({
      code: 3,
      err: 'funnel: there is no price 1\n  see: funnel product price list\n',
    })
    ok('undo')
    expect(json<{ prices: unknown[] }>('product', 'price', 'list').prices).toHaveLength(2)
  })

  describe('mistakes', () => {
    const folder = newFolder()
    let refusing: Desk
    beforeAll(() => (refusing = shop(folder)))
    afterAll(() => rmSync(folder, { recursive: true }))

    it.each([
      [['add', 'Crane', '--code', 'cr-20'], 2, 'the code “cr-20” is that of another product'],
      [['add', ' cold  ROOM'], 2, 'the name “cold ROOM” is that of another product'],
      [['edit', '2', '--name', 'cold room'], 2, 'the name “cold room” is that of another product'],
      [['add', ' '], 2, 'a name cannot be empty'],
      [
        ['add', 'X', '--price', '0.12345'],
        2,
        '“0.12345” is too fine: a price has at most 4 decimals',
      ],
      [['add', 'X', '--price', '-3'], 2, '“-3” is below zero'],
      [['add', 'X', '--price', '$3'], 2, '“$3” may be in several currencies'],
      [['add', 'X', '--tax', '0.19'], 2, '“0.19” can be 19% or 0.19%'],
      [['add', 'X', '--tax', '190%'], 2, '“190%” is over 100%'],
      [['add', 'X', '--tax', 'full'], 2, '“full” is not a tax rate'],
      [['edit', 'CR-20'], 2, 'nothing to change was given'],
      [['edit', 'CR-20', '--retire', '--restore'], 2, '--retire and --restore cannot be used'],
      [['show', 'cold rum'], 3, 'did you mean “Cold room”?'],
      [['price', 'add', 'CR-20', '9', '--from', '0'], 2, '“0” is not a quantity above zero'],
      [['price', 'add', 'CR-20', '9', '--from', 'ten'], 2, '“ten” is not a quantity'],
      [['price', 'add', 'CR-20', '9', '--from', '1,234'], 2, '“1,234” can be 1234 or 1.234'],
      [
        ['price', 'add', 'CR-20', '9', '--since', '2026-12-02', '--until', '2026-12-01'],
        2,
        'the price would end on 2026-12-01, before it begins on 2026-12-02',
      ],
      [['prise', 'ad', 'CR-20'], 2, 'did you mean: funnel product price add CR-20'],
      [['price', 'remove', '1'], 2, 'did you mean: funnel product price drop 1'],
    ])('%j is refused', (args, code, said) => {
      const refused = refusing.run('product', ...args)
      expect(refused).toMatchObject({ code, out: '' })
      expect(refused.err).toContain(said)
    })
  })
})
