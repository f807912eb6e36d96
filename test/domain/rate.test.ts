import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Money } from '../../src/domain/money.ts'
import { converted, crossRate, isRate, oddityOf, type Rate } from '../../src/domain/rate.ts'
import { parseRate } from '../../src/domain/rate-text.ts'

const money = (minor: number): Money => minor as Money
const rate = (text: string): Rate => text as Rate
const CENTS = { from: 2, to: 2 }

describe('a rate', () => {
  it('makes 909.09 EUR of 1,000 USD at 1.10, and 952.38 at 1.05', () => {
    expect(converted(money(100_000), rate('1.10'), CENTS)).toBe(90_909)
    expect(converted(money(100_000), rate('1.05'), CENTS)).toBe(95_238)
  })

  it('goes by the decimals of both currencies', () => {
    // 10,000 JPY at 162.5 are 61.538… EUR; 1.234 KWD at 0.3367 are 3.66498… EUR; 5.00 EUR at 0.0062 are 806.45 JPY.
    expect(converted(money(10_000), rate('162.5'), { from: 0, to: 2 })).toBe(6154)
    expect(converted(money(1234), rate('0.3367'), { from: 3, to: 2 })).toBe(366)
    expect(converted(money(500), rate('0.0062'), { from: 2, to: 0 })).toBe(806)
  })

  it('rounds halves up, exactly', () => {
    // 0.05 / 2 = 0.025
    expect(converted(money(5), rate('2'), CENTS)).toBe(3)
    // In floating point 1.15 / 0.1 is 11.499999999999998.
    expect(converted(money(115), rate('10'), CENTS)).toBe(12)
    expect(() => converted(money(1e15), rate('0.1'), CENTS)).toThrow('too large')
  })

  it('is off by less than a minor unit, whatever the currencies', () => {
    const digits = fc.constantFrom(0, 2, 3)
    const rates = fc
      .tuple(fc.nat(9999), fc.nat(999_999))
      .map(([whole, parts]) => `${whole}.${String(parts).padStart(6, '0')}`)
      .filter(isRate)
    fc.assert(
      fc.property(fc.nat(1_000_000_000), rates, digits, digits, (minor, text, from, to) => {
        const n = BigInt(text.replace('.', ''))
        const value = BigInt(Math.round(converted(money(minor), text, { from, to })))
        // value = minor / 10^from / (n / 10^6) * 10^to, give or take half a unit.
        const off = 2n * (value * n * 10n ** BigInt(from) - BigInt(minor) * 10n ** BigInt(6 + to))
        const unit = n * 10n ** BigInt(from)
        expect(off > -unit && off <= unit).toBe(true)
      }),
    )
  })

  it('follows from two others to twelve digits', () => {
    expect(crossRate('1.10', '38.5')).toBe('0.0285714285714')
    expect(crossRate('38.5', '1.10')).toBe('35')
    expect(crossRate('1', '1.10')).toBe('0.909090909091')
    expect(crossRate('16800', '0.3')).toBe('56000')
    expect(crossRate('999999999999', '1')).toBe('999999999999')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }), (a, b) => {
        const cross = crossRate(String(a), (b / 1000).toFixed(3))
        expect(Math.abs(Number(cross) / (a / (b / 1000)) - 1)).toBeLessThan(1e-11)
      }),
    )
  })

  it('is read as people write it', () => {
    for (const [text, wanted] of [
      ['1.10', '1.10'],
      [' 1,10 ', '1.10'],
      ['0162.5', '162.5'],
      ['16 800', '16800'],
      ['1.234', '1.234'],
      ['16,8000', '16.8000'],
    ] as const) {
      expect(parseRate(text, {})).toBe(wanted)
    }
    expect(parseRate('1,234', { marks: { group: '.', decimal: ',' } })).toBe('1.234')
    for (const [text, why] of [
      ['0', 'not a rate above zero'],
      ['0.000', 'not a rate above zero'],
      ['-1.1', 'not a rate above zero'],
      ['USD', '“USD” is not a rate'],
      ['16,800', 'can be 16.8000 or 16800'],
      ['1.1234567890123', 'too many digits'],
    ] as const) {
      expect(() => parseRate(text, {})).toThrow(why)
    }
  })

  it('is odd where it is the inverse, or more than a fifth away', () => {
    expect(oddityOf(rate('1.10'), rate('1.05'))).toBe(null)
    expect(oddityOf(rate('0.91'), rate('1.10'))).toBe(null)
    expect(oddityOf(rate('0.0061'), rate('162'))).toBe('inverse')
    expect(oddityOf(rate('1.40'), rate('1.10'))).toBe('far')
  })
})
