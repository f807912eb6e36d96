import { describe, expect, it } from 'vitest'
import { type Desk, desk } from '../support/funnel.ts'

/**
 * Four deals closed in November: a cold room with installation won, a cold room lost, installation won, and a
 * deal without lines won. A fifth is open.
 */
function sold(): Desk {
  const made = desk()
  const { ok } = made
  ok('owner', 'add', 'Ann')
  ok('product', 'add', 'Cold room', '--code', 'CR', '--price', '1249.99', '--cost', '800')
  ok('product', 'add', 'Installation', '--price', '90', '--unit', 'h')
  ok('client', 'add', 'Harbour Foods')
  const on = ['--on', '2026-11-02', '--process', 'plain']
  ok('deal', 'add', 'harbour', 'Both', '--owner', 'Ann', ...on)
  for (const title of ['Room', 'Work', 'Bare', 'Open']) ok('deal', 'add', 'harbour', title, ...on)
  const line = (deal: string, ...words: string[]): string =>
    ok('deal', 'line', 'add', deal, ...words, '--on', '2026-11-03')
  line('Both', 'CR', '--quantity', '3', '--discount', '5%')
  line('Both', 'Installation', '--quantity', '2.5')
  line('Both', 'CR', '--quantity', '100', '--optional')
  line('Room', 'CR')
  line('Work', 'Installation', '--quantity', '4')
  line('Open', 'CR', '--quantity', '7')
  ok('deal', 'edit', 'Bare', '--amount', '1000')
  for (const deal of ['Both', 'Work', 'Bare']) ok('win', deal, '--on', '2026-11-10')
  ok('lose', 'Room', '--on', '2026-11-11')
  return made
}

interface Figures {
  rows: Record<string, unknown>[]
  totals: Record<string, unknown>
  groups?: {
    key: string | null
    rows?: Record<string, unknown>[]
    totals: Record<string, unknown>
  }[]
  notes: string[]
}

describe('report products', () => {
  it('says what was sold, with the win rate of each product', () => {
    const { json } = sold()
    const { rows, totals, notes } = json<Figures>('report', 'products', '--period', '2026-11')
    // 3 × 1,249.99 − 5 % = 3,562.47, less 3 × 800. Installation: 2.5 + 4 hours at 90, without a cost.
    expect(rows).toMatchObject([
      {
        product: 'Cold room',
        code: 'CR',
        quantity: 3,
        won: 1,
        lost: 1,
        win_rate: 0.5,
        amount_won: 3562.47,
        profit_won: 1162.47,
      },
      {
        product: 'Installation',
        quantity: 6.5,
        unit: 'h',
        won: 2,
        lost: 0,
        win_rate: 1,
        amount_won: 585,
        profit_won: 585,
      },
    ])
    // Wilson’s interval of 1 in 2 and of 2 in 2.
    expect(rows[0]?.win_low).toBeCloseTo(0.0945, 4)
    expect(rows[0]?.win_high).toBeCloseTo(0.9055, 4)
    expect(rows[1]?.win_low).toBeCloseTo(0.3424, 4)
    expect(totals).toMatchObject({ won: 2, lost: 1, amount_won: 4147.47, profit_won: 1747.47 })
    expect(notes.slice(1, 3)).toEqual([
      'Left out: 1 closed deal without lines.',
      'A deal with several products counts in the row of each; the total has it once.',
    ])
    const earlier = json<Figures>('report', 'products', '--as-of', '2026-11-10')
    expect(earlier.rows).toMatchObject([{ lost: 0, win_rate: 1 }, { won: 2 }])
    expect(earlier.notes).toContain('Lines are those that the deals have now.')
  })

  it('is split by owner, and funnels are split by product', () => {
    const { json, ok } = sold()
    const { groups } = json<Figures>('report', 'products', '--by', 'owner')
    expect(groups).toMatchObject([
      { key: 'Ann', totals: { won: 1, amount_won: 3787.47 } },
      {
        key: null,
        rows: [
          { product: 'Cold room', won: 0 },
          { product: 'Installation', quantity: 4 },
        ],
      },
    ])
    const closed = json<Figures>('report', 'closed', '--period', '2026-11', '--by', 'product')
    expect(closed.groups).toMatchObject([
      { key: 'Cold room', totals: { deals: 2, won: 1, amount_won: 3787.47 } },
      { key: 'Installation', totals: { deals: 2, won: 2 } },
      { key: null, totals: { deals: 1, won: 1, amount_won: 1000 } },
    ])
    const note =
      'A deal counts in each of its products, with all of its amount: the groups add up to more than the totals.'
    expect(closed.notes).toContain(note)
    expect(ok('report', 'products', '--period', '2026-11')).toContain('Cold room')
    expect(json<Figures>('report', 'open', '--by', 'product').groups).toMatchObject([
      { key: 'Cold room' },
    ])
  })
})

describe('the price list of a client', () => {
  it('sets its prices, is shown, chosen by, and merged', () => {
    const { ok, json, run } = sold()
    ok('product', 'price', 'add', 'CR', '1100', '--list', 'Wholesale')
    ok('client', 'add', 'Pier Nine', '--price-list', 'wholesale')
    expect(ok('client', 'show', 'pier')).toContain('Price list: Wholesale')
    ok('deal', 'add', 'pier', 'Two rooms', '--process', 'plain')
    expect(ok('deal', 'line', 'add', 'Two rooms', 'CR', '--quantity', '2')).toContain(
      'at the price of Wholesale; amount 2,200.00 EUR',
    )
    expect(ok('client', 'list', '--where', 'price-list=Wholesale')).toContain('Pier Nine')
    const refused = run('client', 'edit', 'harbour', '--price-list', 'Wholsale')
    expect(refused).toMatchObject({ code: 3 })
    expect(refused.err).toContain('there is no price list “Wholsale”\n  did you mean “Wholesale”?')
    ok('client', 'merge', 'harbour', 'pier')
    expect(json('client', 'show', 'harbour')).toMatchObject({ price_list: 'Wholesale' })
    ok('client', 'edit', 'harbour', '--price-list', 'none')
    expect(json('client', 'show', 'harbour')).toMatchObject({ price_list: null })
  })
})
