import { describe, expect, it } from 'vitest'
import { upperTail } from '../../../src/domain/statistics/f-distribution.ts'

describe('the upper tail of F', () => {
  it.each([
    [4.256, 2, 9, 0.05],
    [4.22, 11, 12, 0.01],
    [2.72, 11, 12, 0.05],
    [2.06, 8, 60, 0.054],
    [2.823, 8, 60, 0.01],
    [1, 11, 100, 0.45],
  ])('of %s with %s and %s degrees of freedom is as in the tables', (f, above, below, tail) => {
    expect(Math.abs(upperTail(f, above, below) / tail - 1)).toBeLessThan(0.03)
  })

  it('is certain of nothing, and hardly there far out', () => {
    expect(upperTail(0, 2, 9)).toBe(1)
    expect(upperTail(0, 8, 9)).toBeGreaterThan(0.99)
    expect(upperTail(60, 8, 60)).toBeLessThan(1e-9)
  })
})
