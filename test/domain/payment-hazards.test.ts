import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitPayments,
  paidByWeek,
  type PaymentCase,
} from '../../src/domain/chance/payment-hazards.ts'

const NEVER = Infinity

function paid(client: number, issued: number, due: number, end: number): PaymentCase {
  return { client, issued, due, end, paid: true, voided: NEVER }
}

function open(client: number, issued: number, due: number): PaymentCase {
  return { client, issued, due, end: NEVER, paid: false, voided: NEVER }
}

describe('what is expected of an open amount', () => {
  it('is 2,320.00, 1,740.00 and 1,305.00 of 9,280.00 at a hazard of 0.25 a week', () => {
    const week = -Math.log(1 - 0.25)
    const weeks = paidByWeek(928_000, [week, 2 * week, 3 * week])
    expect(weeks.map((amount) => Math.round(amount))).toEqual([232_000, 174_000, 130_500])
  })
})

describe('hazards of payment', () => {
  it('are payments / days waited for, shrunk towards the rate of all days', () => {
    // Ten invoices, due at once, each paid on the day after: 10 payments in 20 days, all in the bin of 0–6 days late.
    const cases = Array.from({ length: 10 }, (_, at) => paid(at, 100, 100, 101))
    const { between, paid: count } = fitPayments(cases, 200)
    expect(count).toBe(10)
    // Of all days (10 + ½) / (20 + 30) = 0.21; of the bin (10 + 3) / (20 + 3 / 0.21) = 0.379166…
    const rate = 13 / (20 + 3 / 0.21)
    expect(between(1, 1)).toBeCloseTo(-Math.log(1 - rate), 12)
    // Nobody was waited for between 7 and 13 days: 3 / (3 / 0.21), the rate of all.
    expect(between(7, 8)).toBeCloseTo(-2 * Math.log(1 - 0.21), 12)
    expect(between(6, 7)).toBeCloseTo(-Math.log(1 - rate) - Math.log(1 - 0.21), 12)
  })

  it('are faster for a client that pays sooner than others, and 1 for an unknown one', () => {
    const cases = [
      ...Array.from({ length: 6 }, (_, at) => paid(1, 10 * at, 10 * at, 10 * at + 1)),
      ...Array.from({ length: 6 }, (_, at) => paid(2, 10 * at, 10 * at, 10 * at + 40)),
    ]
    const { of, between } = fitPayments(cases, 200)
    // Client 1: six paid, six times the two days 0 and 1 waited for. All: 12 paid, of them 6 in the bin of 0–6 days in 12 + 42 days.
    const overall = 12.5 / (12 + 6 * 41 + 30)
    const first = (6 + 3) / (54 + 3 / overall)
    const speed = (6 + 3) / (12 * first + 3)
    const own = (6 + 3) / (12 + 3 / (first * speed))
    expect(of(1)(1, 1)).toBeCloseTo(-Math.log(1 - own), 12)
    expect(of(1)(0, 6)).toBeGreaterThan(between(0, 6))
    expect(of(2)(0, 6)).toBeLessThan(between(0, 6))
    expect(of(3)(0, 6)).toBe(between(0, 6))
  })

  it('know nothing that came after the day, and nothing of what was voided by then', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            client: fc.integer({ min: 1, max: 3 }),
            issued: fc.integer({ min: 0, max: 300 }),
            terms: fc.integer({ min: 0, max: 60 }),
            wait: fc.option(fc.integer({ min: 0, max: 120 })),
            voided: fc.option(fc.integer({ min: 0, max: 50 })),
          }),
          { maxLength: 40 },
        ),
        fc.integer({ min: 100, max: 400 }),
        (all, day) => {
          const cases = all.map(({ client, issued, terms, wait, voided }): PaymentCase => ({
            ...(wait === null
              ? open(client, issued, issued + terms)
              : paid(client, issued, issued + terms, issued + wait)),
            voided: voided === null ? NEVER : issued + voided,
          }))
          const then = cases
            .filter(({ issued, voided }) => issued <= day && voided > day)
            .map((one): PaymentCase =>
              one.end <= day ? { ...one, voided: NEVER } : open(one.client, one.issued, one.due),
            )
          const [made, plain] = [fitPayments(cases, day), fitPayments(then, day)]
          expect(made.paid).toBe(then.filter((one) => one.paid).length)
          for (const client of [1, 2, 3]) {
            expect(made.of(client)(-30, 130)).toBeCloseTo(plain.of(client)(-30, 130), 9)
          }
          // The cumulated hazard, by a loop over days.
          let sum = 0
          for (let late = -30; late <= 130; late += 1) sum += made.between(late, late)
          expect(made.between(-30, 130)).toBeCloseTo(sum, 9)
          expect(made.between(-30, 130)).toBeCloseTo(plain.between(-30, 130), 9)
        },
      ),
    )
  })
})
