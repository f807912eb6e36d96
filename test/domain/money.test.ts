import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMoney } from '../../src/domain/amount.ts'
import {
  currencyDigits,
  formatMoney,
  type Money,
  profitOf,
  toDecimal,
} from '../../src/domain/money.ts'

const EUR = { code: 'EUR', digits: 2 }
const JPY = { code: 'JPY', digits: 0 }
const KWD = { code: 'KWD', digits: 3, marks: { group: ',', decimal: '.' } }

const money = (minor: number): Money => minor as Money

describe('an amount', () => {
  it.each([
    ['1500', 150_000],
    ['1500.5', 150_050],
    ['1,500.50', 150_050],
    ['1 500', 150_000],
    ['1_500', 150_000],
    ['1 234 567.89', 123_456_789],
    ['0', 0],
    ['0.10', 10],
    ['1,50', 150],
    ['12.500,00', 1_250_000],
    ['12,500.00', 1_250_000],
    ['12 500,50', 1_250_050],
    ["12'500.50", 1_250_050],
    ['12’500', 1_250_000],
    ['€ 3.500,00', 350_000],
    ['3500 euros', 350_000],
    ['EUR 3500,5', 350_050],
    ['1.234.567', 123_456_700],
    ['1,234', 123_400],
    ['100,-', 10_000],
  ])('“%s” is %d cents', (text, minor) => {
    expect(parseMoney(text, EUR)).toBe(minor)
  })

  it.each([
    ['', 'is not an amount'],
    ['-5', 'is below zero'],
    ['(1,200.00)', 'is below zero'],
    ['1.505', 'can be 1.505 or 1505'],
    ['12.000', 'can be 12 or 12000'],
    ['€ 1.234', 'can be 1.234 or 1234'],
    ['0.125', 'is too fine: the currency has 2 decimals'],
    ['$ 3500', 'is not in EUR'],
    ['3500 USD', 'is not in EUR'],
    ['3500 руб.', 'is not in EUR'],
    ['1.5k', 'is an amount cut short'],
    ['12%', 'is not an amount'],
    ['1.2.3', 'is not an amount'],
    ['1 50 0', 'is not an amount'],
    ['abc', 'is not an amount'],
    ['1e3', 'is not an amount'],
    ['99999999999999', 'is too large'],
  ])('refuses “%s” in euros: it %s', (text, reason) => {
    expect(() => parseMoney(text, EUR)).toThrow(reason)
  })

  it('that can be two is read as the locale of the book has it', () => {
    const german = { ...EUR, marks: { group: '.', decimal: ',' } }
    const english = { ...EUR, marks: { group: ',', decimal: '.' } }
    expect(parseMoney('1.234', german)).toBe(123_400)
    expect(parseMoney('1,234', english)).toBe(123_400)
    expect(() => parseMoney('1,234', german)).toThrow(
      'EUR has 2 decimals, and “,” begins them here',
    )
    expect(() => parseMoney('12.000', english)).toThrow('and “.” begins them here')
    // What has one reading is read whatever the locale.
    for (const currency of [german, english]) {
      expect(parseMoney('12.500,75', currency)).toBe(1_250_075)
      expect(parseMoney('12,500.75', currency)).toBe(1_250_075)
      expect(parseMoney('1500.5', currency)).toBe(150_050)
    }
    expect(parseMoney('1.505', KWD)).toBe(1505)
    expect(() => parseMoney('1.505', { code: 'KWD', digits: 3 })).toThrow('can be 1.505 or 1505')
    expect(parseMoney('1.5050', { code: 'KWD', digits: 3 })).toBe(1505)
    const kuwaiti = { ...KWD, marks: { group: '.', decimal: ',' } }
    expect(parseMoney('1,505', kuwaiti)).toBe(1505)
    expect(parseMoney('1.505', kuwaiti)).toBe(1_505_000)
  })

  it('may name the currency of the book, and no other', () => {
    const of = (code: string) => ({ code, digits: 2 })
    expect(parseMoney('$5', of('USD'))).toBe(500)
    expect(parseMoney('$5', of('CAD'))).toBe(500)
    expect(parseMoney('US$ 5', of('USD'))).toBe(500)
    expect(parseMoney('5 руб.', of('RUB'))).toBe(500)
    expect(parseMoney('฿1,200.50', of('THB'))).toBe(120_050)
    expect(parseMoney('5 kr', of('SEK'))).toBe(500)
    expect(() => parseMoney('US$ 5', of('CAD'))).toThrow('is not in CAD')
    expect(() => parseMoney('฿5', of('EUR'))).toThrow('is not in EUR')
  })

  it('knows currencies with other decimals', () => {
    expect(parseMoney('1500', JPY)).toBe(1500)
    expect(() => parseMoney('1500.5', JPY)).toThrow('no decimals')
    expect(parseMoney('1.505', KWD)).toBe(1505)
    expect(currencyDigits('EUR')).toBe(2)
    expect(currencyDigits('JPY')).toBe(0)
    expect(currencyDigits('KWD')).toBe(3)
  })

  it('comes back from its decimal form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (minor) => {
        for (const currency of [EUR, JPY, KWD]) {
          const decimal = toDecimal(minor, currency)
          expect(Math.round(decimal * 10 ** currency.digits)).toBe(minor)
          expect(parseMoney(formatMoney(minor, currency, true), currency)).toBe(minor)
        }
      }),
    )
  })

  it('is shown with its thousands apart', () => {
    expect(formatMoney(281_500_000, EUR)).toBe('2,815,000')
    expect(formatMoney(281_500_050, EUR, true)).toBe('2,815,000.50')
    expect(formatMoney(-150_000, EUR)).toBe('-1,500')
    expect(formatMoney(-1, EUR)).toBe('0')
    expect(formatMoney(999, JPY, true)).toBe('999')
  })

  it('less cost is profit', () => {
    expect(profitOf(money(1000), money(600), 0.3)).toBe(400)
    expect(profitOf(money(1000), money(1600), null)).toBe(-600)
    expect(profitOf(money(1000), null, 0.3)).toBe(300)
    expect(profitOf(money(1000), null, null)).toBe(1000)
    expect(profitOf(null, money(600), 0.3)).toBeNull()
  })
})
