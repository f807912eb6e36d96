import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'
import { betaBinomialTail, dealsExpected, dealsNeeded } from '../../src/forecast/model/plan.ts'

/** ln Γ(x) for x > 0 by Stirling's series, moved up to where it is exact. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x)
  const inverse = 1 / (x * x)
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x
  )
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)

/** The tail as a sum of terms C(n, x) B(a + x, b + n − x) / B(a, b), each by itself. */
function tail(n: number, a: number, b: number, target: number): number {
  let sum = 0
  for (let x = target; x <= n; x += 1) {
    const choose = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1)
    sum += Math.exp(choose + logBeta(a + x, b + n - x) - logBeta(a, b))
  }
  return sum
}

describe('the beta-binomial tail', () => {
  it('is that of the terms worked out one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (n, won, lost, target) => {
          const [a, b] = [won + 0.5, lost + 0.5]
          expect(betaBinomialTail(n, a, b, target)).toBeCloseTo(tail(n, a, b, target), 8)
        },
      ),
    )
  })

  it('is certain of nothing wanted, and of nothing where too few are there', () => {
    expect(betaBinomialTail(5, 1, 1, 0)).toBe(1)
    expect(betaBinomialTail(5, 1, 1, 6)).toBe(0)
  })
})

describe('leads for a target', () => {
  it('are 50 expected and 85 at 80 % where 2 of 10 were won and 10 are wanted', () => {
    const record = { won: 2, reached: 10 }
    expect(dealsExpected(record, 10)).toBe(50)
    expect(betaBinomialTail(50, 2.5, 8.5, 10)).toBeCloseTo(0.55, 2)
    expect(dealsNeeded(record, 10, 0.8)).toBe(85)
    expect(betaBinomialTail(84, 2.5, 8.5, 10)).toBeLessThan(0.8)
  })

  it('are the fewest that reach the target so surely, by the terms worked out one by one', () => {
    const record = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }))
      .map(([won, lost]) => ({ won, reached: won + lost }))
    const confidence = fc.constantFrom(0.5, 0.8, 0.9)
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 12 }), confidence, (of, target, sure) => {
        const needed = dealsNeeded(of, target, sure) ?? 0
        const chance = (n: number) => tail(n, of.won + 0.5, of.reached - of.won + 0.5, target)
        expect(chance(needed)).toBeGreaterThanOrEqual(sure - 1e-9)
        if (needed > target) expect(chance(needed - 1)).toBeLessThan(sure + 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it('are unknown where nothing was won, and none where nothing is wanted', () => {
    expect(dealsExpected({ won: 0, reached: 10 }, 10)).toBeNull()
    expect(dealsExpected({ won: 1, reached: 2 }, 0)).toBe(0)
    expect(dealsNeeded({ won: 1, reached: 2 }, 0, 0.8)).toBe(0)
  })
})

describe('funnel plan', () => {
  /** Ten plain deals, two of them won. */
  const tenDeals = () => {
    const made = desk()
    made.ok('client', 'add', 'Pier Nine')
    for (let at = 1; at <= 10; at += 1) {
      const on = ['--on', '2026-09-01']
      made.ok('deal', 'add', 'pier', `Winch ${at}`, '--process', 'plain', '--amount', '1000', ...on)
      if (at <= 2) made.ok('win', String(at), '--on', '2026-10-01')
      else made.ok('lose', String(at), '--reason', 'bad timing', '--on', '2026-10-01')
    }
    return made
  }

  it('keeps to the contract, and takes off what open deals bring', () => {
    const made = tenDeals()
    const plan = () =>
      made.json<{ leads: { expected: number; needed: number } }>('plan', '--wins', '10')
    expect(plan()).toMatchObject({
      target: 10,
      confidence: 0.8,
      win_rate: 0.2,
      leads: { expected: 50, needed: 85 },
      stages: [{ stage: '(no stages)', expected: 50, needed: 85 }],
    })
    for (let at = 0; at < 12; at += 1) {
      made.ok('deal', 'add', 'pier', `Crane ${at}`, '--process', 'plain', '--amount', '1000')
    }
    const { leads } = plan()
    expect(leads.expected).toBeLessThan(50)
    expect(leads.needed).toBeLessThanOrEqual(85)
    const money = made.json<{ leads: { expected: number } }>('plan', '--amount', '10000')
    expect(money.leads.expected).toBe(leads.expected)
  })

  it('says what a point of win rate saves, and by when leads must be there', () => {
    const made = tenDeals()
    interface Planned {
      start_by: string
      stages: { saves: number; by: string }[]
    }
    const plan = (by: string) => made.json<Planned>('plan', '--wins', '10', '--by', by)
    const [december, may] = [plan('2026-12-31'), plan('2027-05-30')]
    // 50 leads at 20 %; at 21 % 47.6.
    expect(may.stages[0]?.saves).toBe(2.4)
    // 150 days later: the leads may come 150 days later too.
    const days = (day: string) => Date.parse(day) / 86_400_000
    expect(days(may.start_by) - days(december.start_by)).toBe(150)
    // All were closed after 30 days at one rate, (10 + 3) / (310 + 3 / r) with r = 10.5 / 340; 80 % of
    // wins have come when (1 − rate)^(t + 1) is under 0.2.
    const rate = 13 / (310 + 3 / (10.5 / 340))
    const first = Math.ceil(Math.log(0.2) / Math.log(1 - rate)) - 1
    expect(Math.abs(days('2027-05-30') - days(may.start_by) - first)).toBeLessThanOrEqual(3)
  })

  it('is sane where there is nothing to learn from', () => {
    const made = desk()
    expect(made.json('plan', '--wins', '3')).toMatchObject({
      win_rate: null,
      leads: { expected: null, needed: null },
    })
  })

  it('wants one target and a confidence below certainty', () => {
    const made = desk()
    expect(made.run('plan').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--profit', '5').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--confidence', '100%').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--by', '2026-11-01').code).toBe(2)
  })
})
