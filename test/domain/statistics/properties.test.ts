import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedPValues } from '../../../src/domain/statistics/false-discovery.ts'
import { fisherExact } from '../../../src/domain/statistics/fisher.ts'
import { logFactorial } from '../../../src/domain/statistics/log-factorial.ts'
import { normalCdf, normalQuantile } from '../../../src/domain/statistics/normal.ts'
import { newcombeInterval, wilsonInterval } from '../../../src/domain/statistics/proportions.ts'
import { standardisedResiduals } from '../../../src/domain/statistics/residuals.ts'
import {
  type Spell,
  survivalCurve,
  survivalQuantile,
} from '../../../src/domain/statistics/survival.ts'
import { fisherByCounting } from '../../support/fisher.ts'

const trials = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.nat(300))
  .map(([n, k]) => ({ trials: n, successes: Math.min(n, k) }))

describe('statistics of anything', () => {
  it('Fisher’s test agrees with counting every table', () => {
    const count = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const table = [
          [a, b],
          [c, d],
        ] as const
        expect(fisherExact(table)).toBeCloseTo(fisherByCounting(a, b, c, d), 10)
      }),
      { numRuns: 500 },
    )
  })

  it('ln n! is the sum of logarithms', () => {
    let sum = 0
    for (let n = 1; n <= 3000; n += 1) {
      sum += Math.log(n)
      expect(Math.abs(logFactorial(n) / sum - 1) || 0).toBeLessThan(1e-12)
    }
  })

  it('the normal quantile undoes the cdf', () => {
    fc.assert(
      fc.property(fc.double({ min: -7, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 8)
      }),
    )
  })

  it('the cdf is the area under the curve', () => {
    const width = 1e-3
    let area = 0
    for (let z = -12; z < 4; z += width) {
      const middle = z + width / 2
      area += (Math.exp((-middle * middle) / 2) / Math.sqrt(2 * Math.PI)) * width
      if (Math.abs(z + width - Math.round(z + width)) > 1e-6) continue
      expect(normalCdf(Math.round(z + width))).toBeCloseTo(area, 6)
    }
  })

  it('Wilson’s ends are where the score test just refuses the proportion', () => {
    fc.assert(
      fc.property(trials, ({ trials: n, successes }) => {
        const { low, high } = wilsonInterval(successes, n) ?? { low: -1, high: -1 }
        const share = successes / n
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        for (const end of [low, high]) {
          if (end === 0 || end === 1) continue
          const z = (share - end) / Math.sqrt((end * (1 - end)) / n)
          expect(Math.abs(z)).toBeCloseTo(1.959963984540054, 6)
        }
      }),
    )
  })

  it('Newcombe’s interval holds the difference, turns round with it, and narrows with confidence', () => {
    fc.assert(
      fc.property(trials, trials, (one, other) => {
        const there = newcombeInterval(one, other)
        const back = newcombeInterval(other, one)
        const loose = newcombeInterval(one, other, 0.8)
        if (!there || !back || !loose) throw new Error('no interval')
        expect(there.low).toBeLessThanOrEqual(there.difference)
        expect(there.high).toBeGreaterThanOrEqual(there.difference)
        expect(there.low).toBeCloseTo(-back.high, 12)
        expect(loose.high - loose.low).toBeLessThan(there.high - there.low)
      }),
    )
  })

  it('adjusted p-values find what the step-up procedure rejects', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000))
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (p, percent) => {
        const q = percent / 100
        const sorted = p.toSorted((a, b) => a - b)
        let largest = -1
        sorted.forEach((value, at) => {
          if (value <= ((at + 1) / p.length) * q + 1e-12) largest = value
        })
        const found = adjustedPValues(p).map((one) => one !== null && one <= q + 1e-12)
        expect(found).toEqual(p.map((value) => value <= largest))
      }),
    )
  })

  const spell: fc.Arbitrary<Spell> = fc
    .record({
      from: fc.integer({ min: 0, max: 6 }),
      days: fc.integer({ min: 0, max: 12 }),
      end: fc.constantFrom('event' as const, 'other' as const, 'censored' as const),
      count: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ from, days, end, count }) => ({ from, to: from + days, end, count }))

  it('survival agrees with going through the ages case by case', () => {
    fc.assert(
      fc.property(fc.array(spell), (spells) => {
        const cases = spells.flatMap((one) => Array.from({ length: one.count }, () => one))
        const curve = survivalCurve(spells)
        let under = 1
        let won = 0
        for (let age = 0; age < 20; age += 1) {
          const risk = cases.filter(({ from = 0, to }) => from <= age && to >= age)
          const ends = risk.filter(({ to, end }) => to === age && end !== 'censored')
          const events = ends.filter(({ end }) => end === 'event')
          const step = curve.find((one) => one.age === age)
          expect(step !== undefined).toBe(ends.length > 0)
          if (!step) continue
          won += (under * events.length) / risk.length
          under *= 1 - ends.length / risk.length
          expect(step).toMatchObject({ at_risk: risk.length, events: events.length })
          expect(step.survival).toBeCloseTo(under, 10)
          expect(step.incidence).toBeCloseTo(won, 10)
        }
      }),
    )
  })

  it('without censored cases a survival quantile is the plain one of those that ended as asked', () => {
    const ending = fc.record({
      to: fc.integer({ min: 0, max: 9 }),
      end: fc.constantFrom('event' as const, 'other' as const),
      count: fc.constant(1),
    })
    fc.assert(
      fc.property(fc.array(ending), fc.constantFrom(0.1, 0.5, 0.9, 1), (endings, share) => {
        const days = endings
          .flatMap(({ to, end }) => (end === 'event' ? [to] : []))
          .toSorted((a, b) => a - b)
        const plain = days[Math.ceil(share * days.length - 1e-9) - 1] ?? null
        expect(survivalQuantile(survivalCurve(endings), share)).toBe(plain)
      }),
    )
  })

  it('squared residuals of a 2 × 2 table are Pearson’s χ²', () => {
    const count = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const n = a + b + c + d
        const chi = (n * (a * d - b * c) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d))
        for (const cell of standardisedResiduals([
          [a, b],
          [c, d],
        ]).flat()) {
          expect((cell?.residual ?? Number.NaN) ** 2).toBeCloseTo(chi, 6)
        }
      }),
    )
  })
})
