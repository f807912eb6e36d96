import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineCost, lineNet, type LineTerms, taxOn } from '../../src/domain/lines/line.ts'
import { applyingPrice, type ListedPrice } from '../../src/domain/lines/price-list.ts'
import { parsePortion, parsePrice, parseQuantity } from '../../src/domain/lines/read.ts'
import {
  decimalOf,
  type Portion,
  type Quantity,
  type UnitPrice,
} from '../../src/domain/lines/scaled.ts'
import {
  countedLines,
  dealTotals,
  taxByRate,
  type ValuedLine,
} from '../../src/domain/lines/totals.ts'
import type { Money } from '../../src/domain/money.ts'
import { day } from '../support/book.ts'

const EUR = { code: 'EUR', digits: 2 }

/** A line as it would be typed. */
function typed(quantity: string, price: string, discount = '0', cost?: string): LineTerms {
  return {
    quantity: parseQuantity(quantity, EUR),
    price: parsePrice(price, EUR),
    discount: parsePortion(discount, 'discount'),
    cost: cost === undefined ? null : parsePrice(cost, EUR),
  }
}

describe('what a line comes to', () => {
  it.each([
    // 3 × 1,249.99 × 0.95 = 3,562.4715.
    ['3', '1249.9900', '5%', 2, 356247],
    // Halves go up: 0.005 and 1.005 × 100.
    ['1', '0.005', '0', 2, 1],
    ['0.5', '2.01', '0', 2, 101],
    ['1.0050', '1', '0', 2, 101],
    ['3', '0.33', '0', 2, 99],
    ['7', '100', '12.5%', 0, 613],
    ['7', '100', '12.5%', 3, 612500],
    ['0.333333', '3', '33.3333%', 3, 667],
    ['4', '10', '100%', 2, 0],
  ])('is exact: %s × %s less %s with %i decimals', (quantity, price, discount, digits, net) => {
    expect(lineNet(typed(quantity, price, discount), digits)).toBe(net)
  })

  it('is the nearest whole number of minor units to the exact product, halves up', () => {
    const whole = fc.integer({ min: 1, max: 10 ** 9 })
    const line = fc.record({
      quantity: whole,
      price: fc.integer({ min: 0, max: 10 ** 9 }),
      discount: fc.integer({ min: 0, max: 10 ** 6 }),
      digits: fc.constantFrom(0, 2, 3),
    })
    fc.assert(
      fc.property(line, ({ quantity, price, discount, digits }) => {
        const net = lineNet({ quantity, price, discount, cost: null } as LineTerms, digits)
        // In units of 10⁻¹⁶ of a minor unit: net − ½ ≤ exact < net + ½.
        const unit = 10n ** 16n
        const exact =
          BigInt(quantity) * BigInt(price) * BigInt(10 ** 6 - discount) * 10n ** BigInt(digits)
        const twice = 2n * (BigInt(net) * unit - exact)
        expect(twice <= unit && twice > -unit).toBe(true)
      }),
    )
  })

  it('costs quantity × cost, if that is known', () => {
    expect(lineCost(typed('3', '1', '5%', '800.0050'), 2)).toBe(240002)
    expect(lineCost(typed('3', '1'), 2)).toBeNull()
  })

  it('is refused where it is too large', () => {
    expect(() => lineNet(typed('1000000000', '1000000'), 2)).toThrow('too large an amount')
  })
})

describe('what a deal comes to', () => {
  const line = (id: number, net: number, more: Partial<ValuedLine> = {}): ValuedLine => ({
    id,
    net: net as Money,
    costTotal: null,
    optional: false,
    alternativeOf: null,
    chosen: false,
    ...more,
  })

  it('is without options and alternatives that were not chosen', () => {
    const lines = [
      line(1, 356247),
      line(2, 40000, { optional: true }),
      line(3, 9, { alternativeOf: 1 }),
    ]
    expect(dealTotals(lines)).toEqual({ amount: 356247, cost: null })
    const [first, option, other] = lines as [ValuedLine, ValuedLine, ValuedLine]
    expect(dealTotals([first, { ...option, chosen: true }, other])).toMatchObject({
      amount: 396247,
    })
    expect(countedLines([first, option, { ...other, chosen: true }]).map(({ id }) => id)).toEqual([
      3,
    ])
    expect(dealTotals([option])).toBeNull()
  })

  it('has a cost only if all that counts has one', () => {
    const known = { costTotal: 5 as Money }
    expect(dealTotals([line(1, 9, known), line(2, 1, known)])?.cost).toBe(10)
    expect(dealTotals([line(1, 9, known), line(2, 1)])?.cost).toBeNull()
    expect(dealTotals([line(1, 9, known), line(2, 1, { optional: true })])?.cost).toBe(5)
  })

  it('is taxed by rate and not by line', () => {
    const at = (rate: string, nets: number[]) =>
      nets.map((net) => ({ net: net as Money, tax: parsePortion(rate, 'tax rate') }))
    const tax = (nets: number[]): number => taxByRate(at('19%', nets))[0]?.tax ?? 0
    expect(tax([33, 33, 33])).toBe(19)
    expect(tax([33333, 33333, 33334, 5])).toBe(19001)
    expect(tax([356247])).toBe(67687)
    const mixed = [...at('7%', [100]), ...at('19%', [100, 200]), { net: 5 as Money, tax: null }]
    expect(taxByRate(mixed)).toMatchObject([
      { rate: 190_000, net: 300, tax: 57 },
      { rate: 70_000, net: 100, tax: 7 },
    ])
    expect(taxOn(1000, parsePortion('8.875', 'tax rate'))).toBe(89)
  })
})

describe('prices by list, quantity and day', () => {
  const price = (value: number, more: Partial<ListedPrice> = {}): ListedPrice => ({
    list: null,
    from: 0 as Quantity,
    price: value as UnitPrice,
    validFrom: null,
    validTo: null,
    ...more,
  })
  const asked = (quantity: number, on: string, list: number | null = null) => ({
    list,
    quantity: (quantity * 1_000_000) as Quantity,
    on: day(on),
  })
  const from = (quantity: number): Quantity => (quantity * 1_000_000) as Quantity
  const listed = [
    price(100, { from: from(1) }),
    price(90, { from: from(10) }),
    price(80, { list: 7, validFrom: day('2026-12-01'), validTo: day('2026-12-31') }),
    price(85, { from: from(10), validFrom: day('2026-12-24') }),
  ]

  it.each([
    [asked(0.5, '2026-11-01'), null],
    [asked(9.999999, '2026-11-01'), 100],
    [asked(10, '2026-11-01'), 90],
    [asked(12, '2026-12-24'), 85],
    // The client's own list first, on its first and its last day.
    [asked(12, '2026-12-31', 7), 80],
    [asked(12, '2026-12-01', 7), 80],
    [asked(12, '2026-11-30', 7), 90],
    [asked(12, '2027-01-01', 7), 85],
    [asked(12, '2026-12-02', 8), 90],
  ])('%j costs %j', (wanted, value) => {
    expect(applyingPrice(listed, wanted)?.price ?? null).toBe(value)
  })
})

describe('reading', () => {
  it('keeps every decimal there and back', () => {
    const value = fc.integer({ min: 0, max: 10 ** 15 })
    fc.assert(
      fc.property(value, (price) => {
        expect(
          parsePrice(decimalOf(price, 4), { ...EUR, marks: { group: ',', decimal: '.' } }),
        ).toBe(price)
      }),
    )
  })

  it.each([
    ['5', 50_000],
    ['5%', 50_000],
    ['8,875 %', 88_750],
    ['0.5%', 5000],
    ['0', 0],
    ['100%', 1_000_000],
  ])('reads %s as a part of a million', (text, portion) => {
    expect(parsePortion(text, 'discount')).toBe(portion as Portion)
  })

  it('reads quantities by the marks of the book', () => {
    const german = { ...EUR, marks: { group: '.', decimal: ',' } }
    expect(parseQuantity('1.500,25', german)).toBe(1_500_250_000)
    expect(parseQuantity('1.500', german)).toBe(1_500_000_000)
    expect(parseQuantity('1.500', { ...EUR, marks: { group: ',', decimal: '.' } })).toBe(1_500_000)
  })
})
