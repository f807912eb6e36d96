import { expect, it } from 'vitest'
import { logFactorial } from '../../src/domain/statistics/log-factorial.ts'
import { logGamma } from '../../src/domain/statistics/log-gamma.ts'

it('ln Γ agrees with its known values, and with factorials', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
  expect(logGamma(2.5)).toBeCloseTo(Math.log(0.75 * Math.sqrt(Math.PI)), 12)
  for (const n of [0, 1, 5, 11, 12, 100, 5000]) {
    expect(logGamma(n + 1) / Math.max(1, logFactorial(n))).toBeCloseTo(
      logFactorial(n) / Math.max(1, logFactorial(n)),
      12,
    )
  }
})
