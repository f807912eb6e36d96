import { shrunkRate } from './hazards.ts'

/** How long one invoice was waited for; days since 1970. */
export interface PaymentCase {
  client: number
  issued: number
  due: number
  /** The day on which it was paid, or from which it was not waited for any more (written off, credited); else infinite. */
  end: number
  paid: boolean
  /** The day on which it was voided; infinite if it was not. */
  voided: number
}

/** Days late at which the bins of ages begin: due today is 0, a week before is −7. No invoice is due 27 years on. */
const BINS = [-10_000, -21, -14, -7, 0, 7, 14, 28, 56, 112, 224] as const

const MOST = 0.95

/** Older invoices say little about how clients pay now. */
const LEARNT_DAYS = 730

/** How clients pay. */
export interface PaymentHazards {
  /** How many paid invoices it was learnt from. */
  paid: number
  /** The cumulated hazard of an average client over the days `from` to `to` late, both included: −ln of the chance not to pay. */
  between: (from: number, to: number) => number
  /** How much faster than average a client pays: 1 for one that nothing is known of. */
  speed: (client: number) => number
}

const binOf = (late: number): number => BINS.findLastIndex((from) => from <= late)

/** Cases as they were known at the end of a day, each with the days late of its first and last day in sight. */
function* knownOn(cases: readonly PaymentCase[], day: number) {
  for (const { client, issued, due, end, paid, voided } of cases) {
    if (issued > day || issued <= day - LEARNT_DAYS || voided <= day) continue
    const last = Math.min(end, day)
    const from = Math.max(BINS[0] + 1, issued - due)
    yield { client, from, to: Math.max(from, last - due), paid: paid && end <= day }
  }
}

/**
 * Learns from what was known at the end of a day how likely an invoice is paid on a day, by how many days after its due
 * day that is: a discrete daily hazard, payments / days waited for. Each bin is shrunk towards the rate of all days, as rates of
 * the forecast are ({@link shrunkRate}), and each client's speed, payments / payments expected of an average client, towards 1
 * with the weight of three payments: a client that paid 6 where 3 were expected is at (6 + 3) / (3 + 3) = 1.5.
 */
export function fitPayments(cases: readonly PaymentCase[], day: number): PaymentHazards {
  const days = BINS.map(() => 0)
  const events = BINS.map(() => 0)
  for (const { from, to, paid } of knownOn(cases, day)) {
    const last = binOf(to)
    for (let bin = binOf(from); bin <= last; bin += 1) {
      const until = Math.min(to, (BINS[bin + 1] ?? Infinity) - 1)
      days[bin] = (days[bin] as number) + until - Math.max(from, BINS[bin] as number) + 1
    }
    if (paid) events[last] = (events[last] as number) + 1
  }
  const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)
  const paid = sum(events)
  const overall = (paid + 0.5) / (sum(days) + 30)
  const strength = BINS.map((_, bin) => {
    const rate = shrunkRate(events[bin] as number, days[bin] as number, overall)
    return -Math.log(1 - Math.min(MOST, rate))
  })
  /** The cumulated hazard before each bin. */
  const before = BINS.map((_, bin) =>
    sum(
      strength
        .slice(0, bin)
        .map((each, at) => each * ((BINS[at + 1] as number) - (BINS[at] as number))),
    ),
  )
  const until = (late: number): number => {
    const bin = binOf(late)
    return (before[bin] as number) + (strength[bin] as number) * (late - (BINS[bin] as number) + 1)
  }
  const between = (from: number, to: number): number => until(to) - until(from - 1)
  const clients = new Map<number, { paid: number; expected: number }>()
  for (const one of knownOn(cases, day)) {
    const known = clients.get(one.client) ?? { paid: 0, expected: 0 }
    known.expected += between(one.from, one.to)
    if (one.paid) known.paid += 1
    clients.set(one.client, known)
  }
  return {
    paid,
    between,
    speed(client) {
      const known = clients.get(client) ?? { paid: 0, expected: 0 }
      return shrunkRate(known.paid, known.expected, 1)
    },
  }
}

/**
 * What of an open amount is expected to be paid in each of some weeks, from the cumulated hazards up to their ends. With a
 * hazard of 0.25 a week, of 9,280.00 come 2,320.00 in the first week, 1,740.00 in the second and 1,305.00 in the third.
 */
export function paidByWeek(amount: number, cumulated: readonly number[]): number[] {
  return cumulated.map((until, week) => {
    const before = cumulated[week - 1] ?? 0
    return amount * (Math.exp(-before) - Math.exp(-until))
  })
}
