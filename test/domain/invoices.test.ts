import { describe, expect, it } from 'vitest'
import { bucketOf, openParts } from '../../src/domain/invoices/ageing.ts'
import { numberOf, parsePattern, serialIn, seriesOf } from '../../src/domain/invoices/number.ts'
import { parsePlan, planned, planText } from '../../src/domain/invoices/plan.ts'
import { creditorReference } from '../../src/domain/invoices/reference.ts'
import { invoiceTotals, netOf } from '../../src/domain/invoices/taxes.ts'
import { takeApart } from '../../src/domain/invoices/typed-line.ts'
import type { Portion } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import { day } from '../support/book.ts'
import { faultOf } from '../support/fault-of.ts'

const money = (minor: number): Money => minor as Money
const rate = (percent: number): Portion => (percent * 10_000) as Portion

const at19 = (...nets: number[]) =>
  nets.map((net) => ({ net: money(net), category: 'S' as const, rate: rate(19), reason: null }))

describe('tax', () => {
  it('is worked out on the sum of a rate and not per line', () => {
    expect(invoiceTotals(at19(33, 33, 33))).toMatchObject({ net: 99, tax: 19, gross: 118 })
    expect(invoiceTotals(at19(33_333, 33_333, 33_334, 5))).toMatchObject({ tax: 19_001 })
  })

  it('keeps rates and categories apart, the highest rate first', () => {
    const zero = { net: money(500), rate: rate(0), reason: 'Reverse charge' }
    const lines = [
      { ...zero, category: 'AE' as const },
      ...at19(1000),
      { net: money(200), category: 'S' as const, rate: rate(7), reason: null },
      { ...zero, category: 'E' as const, reason: null },
    ]
    expect(invoiceTotals(lines)).toEqual({
      net: 2200,
      tax: 204,
      gross: 2404,
      taxes: [
        { category: 'S', rate: rate(19), reason: null, base: 1000, tax: 190 },
        { category: 'S', rate: rate(7), reason: null, base: 200, tax: 14 },
        { category: 'AE', rate: 0, reason: 'Reverse charge', base: 500, tax: 0 },
        { category: 'E', rate: 0, reason: null, base: 500, tax: 0 },
      ],
    })
  })

  it('comes out of a gross amount', () => {
    expect(netOf(money(11_900), rate(19))).toBe(10_000)
    expect(netOf(money(100), rate(0))).toBe(100)
    expect(netOf(money(118), rate(19))).toBe(99)
  })
})

describe('numbers', () => {
  const on = day('2026-03-05')

  it.each([
    ['{yyyy}-{nnnn}', '2026-{nnnn}', '2026-0042'],
    ['INV-{yyyy}-{n}', 'INV-2026-{n}', 'INV-2026-42'],
    ['{yy}{mm}/{nnn}', '2603/{nnn}', '2603/042'],
    ['R{nnnnn}', 'R{nnnnn}', 'R00042'],
  ])('are made by %s', (pattern, series, number) => {
    expect(seriesOf(parsePattern(pattern), on)).toBe(series)
    expect(numberOf(series, 42)).toBe(number)
    expect(serialIn(series, number)).toBe(42)
    expect(serialIn(series, numberOf(series, 123_456))).toBe(123_456)
  })

  it('are no others', () => {
    for (const other of [
      '2026-42',
      '2025-0042',
      '2026-0000',
      '2026-00420',
      'x2026-0042',
      '2026-',
    ]) {
      expect(serialIn('2026-{nnnn}', other)).toBeNull()
    }
  })

  it.each([
    ['2026', /needs one \{n\}/],
    ['{n}-{nn}', /needs one \{n\}/],
    ['{yyyy}{nnnn}', /two ways/],
    ['2{nnn}', /two ways/],
    ['{year}-{n}', /not known/],
    ['{n', /not known/],
    [`${'x'.repeat(30)}{n}`, /30 signs/],
  ])('cannot be made by %s', (pattern, why) => {
    expect(faultOf(() => parsePattern(pattern)).message).toMatch(why)
  })

  it('have a reference with check digits', () => {
    expect(creditorReference('INV-2026-0042')).toBe('RF73INV20260042')
    expect(creditorReference('№')).toBeNull()
    expect(creditorReference('1'.repeat(22))).toBeNull()
  })
})

describe('ageing', () => {
  it('counts what is due today as not late', () => {
    expect([-5, 0, 1, 30, 31, 60, 61, 90, 91, 900].map(bucketOf)).toEqual(
      'not_due not_due d1_30 d1_30 d31_60 d31_60 d61_90 d61_90 d90_plus d90_plus'.split(' '),
    )
  })

  it('settles the part that is due first', () => {
    const parts = [
      { dueOn: day('2026-03-01'), amount: money(70) },
      { dueOn: day('2026-02-01'), amount: money(30) },
    ]
    expect(openParts(parts, 0).map(({ amount }) => amount)).toEqual([30, 70])
    expect(openParts(parts, 50)).toEqual([{ dueOn: '2026-03-01', amount: 50 }])
    expect(openParts(parts, 100)).toEqual([])
  })
})

describe('instalments', () => {
  it('add up to the invoice', () => {
    const plan = parsePlan('70% 30d, 30% at once')
    expect(planText(plan)).toBe('30% at once, 70% after 30 days')
    expect(planned(plan, money(101), day('2026-01-31'))).toEqual([
      { dueOn: '2026-01-31', amount: 30 },
      { dueOn: '2026-03-02', amount: 71 },
    ])
    const thirds = parsePlan('33.3333% 0d; 33.3333% 10 days; 33.3334% 20d')
    expect(planned(thirds, money(100), day('2026-01-01')).map(({ amount }) => amount)).toEqual([
      33, 33, 34,
    ])
  })

  it.each(['100% 30d', '30% 10d, 60% 20d', '30%, 70%', 'half now, half later', '0% now, 100% 30d'])(
    'cannot be %s',
    (text) => {
      expect(faultOf(() => parsePlan(text)).code).toBe('usage')
    },
  )
})

describe('a line in one text', () => {
  it.each([
    [
      '2 h Consulting @ 90 +19%',
      { quantity: '2', unit: 'h', text: 'Consulting', price: '90', tax: '19%' },
    ],
    ['Travel', { text: 'Travel' }],
    ['3 x Cold room -5%', { quantity: '3', text: 'Cold room', discount: '5%' }],
    ['2 Cold rooms @1,249.99', { quantity: '2', text: 'Cold rooms', price: '1,249.99' }],
    [
      '1.5 days Set-up +7% @ 600',
      { quantity: '1.5', unit: 'days', text: 'Set-up', tax: '7%', price: '600' },
    ],
    ['Logo 50% larger @ 30', { text: 'Logo 50% larger', price: '30' }],
    ['3D model @ 400', { text: '3D model', price: '400' }],
    ['2h Call @ 60', { quantity: '2', unit: 'h', text: 'Call', price: '60' }],
    ['4 × Chair', { quantity: '4', text: 'Chair' }],
    ['90', { text: '90' }],
    ['10 Std. Beratung @ 80', { quantity: '10', unit: 'Std', text: 'Beratung', price: '80' }],
    ['5 шт Труба @ 100', { quantity: '5', unit: 'шт', text: 'Труба', price: '100' }],
    ['2026 calendar @ 5', { quantity: '2026', text: 'calendar', price: '5' }],
  ])('%s', (typed, parts) => {
    expect(takeApart(typed)).toEqual(parts)
  })
})
