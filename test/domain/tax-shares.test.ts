import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeShares } from '../../src/domain/invoices/tax-shares.ts'
import type { Money } from '../../src/domain/money.ts'

const money = (values: readonly number[]): Money[] => values as Money[]
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

describe('the shares of net and tax in a payment', () => {
  it('are in proportion to what is open', () => {
    // 119.00 of which 50.00 are paid: 100 × 50 / 119 = 42.0168, 19 × 50 / 119 = 7.9832.
    expect(takeShares(money([10_000, 1_900]), 5_000 as Money, 11_900 as Money)).toEqual([
      4_202, 798,
    ])
    expect(takeShares(money([5_798, 1_102]), 6_900 as Money, 6_900 as Money)).toEqual([
      5_798, 1_102,
    ])
  })

  it('give the cents that are left over to the largest remainders', () => {
    // Thirds of 10 cents: 3.33 each, and the last cent to the first of equals.
    expect(takeShares(money([100, 100, 100]), 10 as Money, 300 as Money)).toEqual([4, 3, 3])
  })

  it('are in the book’s currency for an invoice in another one', () => {
    // 1,190.00 USD are 909.09 + 172.73 EUR; of 595.00 USD it is half: 540.91, rounded up.
    expect(takeShares(money([90_909, 17_273]), 59_500 as Money, 119_000 as Money)).toEqual([
      45_455, 8_636,
    ])
  })

  it('are nothing of an invoice without tax rows', () => {
    expect(takeShares([], 5 as Money, 10 as Money)).toEqual([])
  })

  it('of all payments of an invoice are exactly its net and tax at each rate, and none is below zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (all, cuts) => {
          const parts = money(all)
          const gross = sum(parts)
          fc.pre(gross > 0)
          const ends = cuts.map((cut) => Math.floor(cut * gross)).toSorted((a, b) => a - b)
          let rest = parts
          let paid = 0
          for (const end of [...ends, gross]) {
            const amount = (end - paid) as Money
            if (amount === 0) continue
            const taken = takeShares(rest, amount, (gross - paid) as Money)
            expect(sum(taken)).toBe(amount)
            for (const [index, share] of taken.entries()) {
              const part = rest[index] as number
              const exact = (part * amount) / (gross - paid)
              expect(share).toBeGreaterThanOrEqual(0)
              expect(share).toBeLessThanOrEqual(part)
              expect(Math.abs(share - exact)).toBeLessThan(1.001)
            }
            rest = rest.map((part, index) => (part - (taken[index] ?? 0)) as Money)
            paid = end
          }
          expect(rest.every((part) => part === 0)).toBe(true)
        },
      ),
    )
  })
})
