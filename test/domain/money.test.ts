import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  currencyDigits,
  formatMoney,
  type Money,
  parseMoney,
  profitOf,
  toDecimal,
} from '../../src/domain/money.ts'

const EUR = { code: 'EUR', digits: 2 }
const JPY = { code: 'JPY', digits: 0 }
const KWD = { code: 'KWD', digits: 3 }

const money = (minor: number): Money => minor as Money

describe('an amount', () => {
  it.each([
    ['1500', 150_000],
    ['1500.5', 150_050],
    ['1,500.50', 150_050],
    ['1 500', 150_000],
    ['1 234 567.89', 123_456_789],
    ['0', 0],
    ['0.10', 10],
  ])('“%s” is %d cents', (text, minor) => {
    expect(parseMoney(text, EUR)).toBe(minor)
  })

  it.each(['', '-5', '1,50', '1.234,56', '1.505', '12.000', 'abc', '1e3', '99999999999999'])(
    'refuses “%s” in euros',
    (text) => {
      expect(() => parseMoney(text, EUR)).toThrow()
    },
  )

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
