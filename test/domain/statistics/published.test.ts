import { describe, expect, it } from 'vitest'
import { adjustedPValues } from '../../../src/domain/statistics/false-discovery.ts'
import { fisherExact } from '../../../src/domain/statistics/fisher.ts'
import { logFactorial } from '../../../src/domain/statistics/log-factorial.ts'
import { normalCdf, normalQuantile, normalTail } from '../../../src/domain/statistics/normal.ts'
import { newcombeInterval, wilsonInterval } from '../../../src/domain/statistics/proportions.ts'
import { standardisedResiduals } from '../../../src/domain/statistics/residuals.ts'
import {
  type Spell,
  survivalCurve,
  survivalQuantile,
} from '../../../src/domain/statistics/survival.ts'

describe('the normal distribution', () => {
  // Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.1 and (tails) 26.2.
  it('has the tabled values', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14)
    expect(normalCdf(-2)).toBeCloseTo(0.022750131948179, 14)
    expect(normalTail(5) / 2.866515718791939e-7).toBeCloseTo(1, 10)
    expect(normalTail(10) / 7.61985302416047e-24).toBeCloseTo(1, 10)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446, 12)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.36134090240406, 9)
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(1)).toBe(Infinity)
  })
})

describe('intervals of proportions', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
  // 1998, 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('Wilson, %i of %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  // Newcombe, Interval estimation for the difference between independent proportions, Statistics in
  // Medicine 17, 1998, 873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('Newcombe, %i/%i − %i/%i', (a, m, b, n, low, high) => {
    const found = newcombeInterval({ successes: a, trials: m }, { successes: b, trials: n })
    expect(found?.difference).toBeCloseTo(a / m - b / n, 12)
    expect(found?.low).toBeCloseTo(low, 4)
    expect(found?.high).toBeCloseTo(high, 4)
  })

  it('are nothing where there are no cases', () => {
    expect(wilsonInterval(0, 0)).toBeNull()
    expect(newcombeInterval({ successes: 0, trials: 0 }, { successes: 1, trials: 2 })).toBeNull()
  })
})

describe('Fisher’s exact test', () => {
  it('knows the lady tasting tea (Fisher, The Design of Experiments, 1935, chapter II)', () => {
    expect(
      fisherExact([
        [3, 1],
        [1, 3],
      ]),
    ).toBeCloseTo(34 / 70, 12)
    expect(
      fisherExact([
        [4, 0],
        [0, 4],
      ]),
    ).toBeCloseTo(2 / 70, 12)
  })

  it('knows the convicted twins (Fisher 1935; two-sided 0.0005367 in R’s fisher.test)', () => {
    expect(
      fisherExact([
        [2, 10],
        [15, 3],
      ]),
    ).toBeCloseTo(0.0005367241, 10)
  })

  it('is 1 where there is but one table', () => {
    expect(
      fisherExact([
        [0, 0],
        [3, 9],
      ]),
    ).toBe(1)
    expect(
      fisherExact([
        [5, 0],
        [9, 0],
      ]),
    ).toBe(1)
  })

  it('takes a table of millions in no time', () => {
    const start = performance.now()
    const p = fisherExact([
      [500_500, 499_500],
      [500_000, 500_000],
    ])
    // The first count has a mean of 500 250 and a variance of 2 000 000 / 16.
    expect(p).toBeCloseTo(2 * normalTail(249.5 / Math.sqrt(2_000_000 / 16)), 5)
    expect(performance.now() - start).toBeLessThan(200)
  })
})

describe('Benjamini and Hochberg', () => {
  // Controlling the false discovery rate, Journal of the Royal Statistical Society B 57, 1995,
  // section 4.1: 15 hypotheses of a thrombolysis trial, of which four are rejected at 5 %.
  const values = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]

  it('reject the first four of their fifteen at 5 %', () => {
    const adjusted = adjustedPValues(values)
    expect(adjusted.filter((p) => p !== null && p <= 0.05)).toHaveLength(4)
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
    // The fifth to the eighth take their value from the one after them.
    expect(adjusted[5]).toBeCloseTo((0.0298 * 15) / 7, 12)
    expect(adjusted[14]).toBe(1)
  })

  it('leave out what was not tested', () => {
    expect(adjustedPValues([null, 0.01, null, 0.04, 0.03])).toEqual([null, 0.03, null, 0.04, 0.04])
    expect(adjustedPValues([])).toEqual([])
  })
})

describe('Kaplan and Meier', () => {
  // Freireich et al., Blood 21, 1963: weeks of remission; the estimates are those of Cox and Oakes,
  // Analysis of Survival Data, 1984, and of Kleinbaum and Klein, Survival Analysis, chapter 2.
  const ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
  const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
  const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
  const spell = (to: number, end: Spell['end']): Spell => ({ to, end, count: 1 })
  const treated = [
    ...ended.map((week) => spell(week, 'event')),
    ...censored.map((week) => spell(week, 'censored')),
  ]

  it('give the survival of Freireich’s 6-MP group', () => {
    const curve = survivalCurve(treated)
    expect(curve.map(({ age }) => age)).toEqual([6, 7, 10, 13, 16, 22, 23])
    expect(curve.map((step) => step.at_risk)).toEqual([21, 17, 15, 12, 11, 7, 6])
    const survival = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    curve.forEach((step, at) => expect(step.survival).toBeCloseTo(survival[at] as number, 3))
    expect(survivalQuantile(curve, 0.5)).toBe(23)
    expect(survivalQuantile(curve, 0.9)).toBeNull()
  })

  it('give the median of 8 weeks of the placebo group', () => {
    const curve = survivalCurve(placebo.map((week) => spell(week, 'event')))
    expect(survivalQuantile(curve, 0.5)).toBe(8)
    expect(survivalQuantile(curve, 1)).toBe(23)
  })

  it('know nothing of nothing', () => {
    expect(survivalQuantile(survivalCurve([]), 0.5)).toBeNull()
    expect(survivalQuantile(survivalCurve([spell(4, 'censored')]), 0.5)).toBeNull()
    expect(survivalQuantile(survivalCurve([spell(4, 'other')]), 0.5)).toBeNull()
  })
})

describe('standardised residuals', () => {
  // Agresti, An Introduction to Categorical Data Analysis, 2nd edition, 2007, table 2.5 and 2.4.5:
  // gender by party, 2000 General Social Survey.
  it('are those of Agresti’s table of gender and party', () => {
    const cells = standardisedResiduals([
      [762, 327, 468],
      [484, 239, 477],
    ])
    const expected = [703.7, 319.6, 533.7, 542.3, 246.4, 411.3]
    const residuals = [4.5, 0.7, -5.32, -4.5, -0.7, 5.32]
    cells.flat().forEach((cell, at) => {
      expect(cell?.expected).toBeCloseTo(expected[at] as number, 1)
      expect(cell?.residual).toBeCloseTo(residuals[at] as number, 2)
    })
    expect(cells[0]?.[1]?.p).toBeCloseTo(0.484, 2)
  })

  it('are nothing where a row or a column is empty or has everything', () => {
    expect(
      standardisedResiduals([
        [3, 0],
        [4, 0],
      ]).flat(),
    ).toEqual([null, null, null, null])
    expect(standardisedResiduals([[1, 2]]).flat()).toEqual([null, null])
    expect(standardisedResiduals([])).toEqual([])
  })
})

describe('ln n!', () => {
  it('has the tabled values', () => {
    expect(logFactorial(0)).toBe(0)
    expect(logFactorial(5)).toBeCloseTo(Math.log(120), 14)
    // Abramowitz and Stegun, table 6.4 (log₁₀ 100! is 157.9700036547).
    expect(logFactorial(100)).toBeCloseTo(157.97000365471578 * Math.LN10, 9)
  })
})
