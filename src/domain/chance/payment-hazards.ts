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

/** The cumulated hazard over the days `from` to `to` late, both included: −ln of the chance not to pay in them. */
export type Cumulated = (from: number, to: number) => number

/** How clients pay. */
export interface PaymentHazards {
  /** How many paid invoices it was learnt from. */
  paid: number
  /** That of all clients together. */
  between: Cumulated
  /** That of one client; of an unknown one, that of all. */
  of: (client: number) => Cumulated
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

/** Payments, and days waited for, in each bin. */
interface Counts {
  events: number[]
  days: number[]
}

const noCounts = (): Counts => ({ events: BINS.map(() => 0), days: BINS.map(() => 0) })

function count({ events, days }: Counts, from: number, to: number, paid: boolean): void {
  const last = binOf(to)
  for (let bin = binOf(from); bin <= last; bin += 1) {
    const until = Math.min(to, (BINS[bin + 1] ?? Infinity) - 1)
    days[bin] = (days[bin] as number) + until - Math.max(from, BINS[bin] as number) + 1
  }
  if (paid) events[last] = (events[last] as number) + 1
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

/** The rates of bins, each shrunk towards one that is known better. */
function shrunk({ events, days }: Counts, towards: (bin: number) => number): number[] {
  return BINS.map((_, bin) =>
    Math.min(MOST, shrunkRate(events[bin] as number, days[bin] as number, towards(bin))),
  )
}

/** Cumulates daily hazards. */
function cumulate(rates: readonly number[]): Cumulated {
  const strength = rates.map((rate) => -Math.log(1 - rate))
  /** What is cumulated before each bin. */
  const before = [0]
  for (let bin = 1; bin < BINS.length; bin += 1) {
    const width = (BINS[bin] as number) - (BINS[bin - 1] as number)
    before.push((before[bin - 1] as number) + (strength[bin - 1] as number) * width)
  }
  const until = (late: number): number => {
    const bin = binOf(late)
    return (before[bin] as number) + (strength[bin] as number) * (late - (BINS[bin] as number) + 1)
  }
  return (from, to) => until(to) - until(from - 1)
}

/**
 * Learns from what was known at the end of a day how likely an invoice is paid on a day, by how many days after its due day
 * that is: a discrete daily hazard, payments / days waited for. It is shrunk as the rates of the forecast are
 * ({@link shrunkRate}, with the weight of three payments): each bin towards the rate of all days; and each client's bin towards that of
 * all × the client's speed, which is its payments / those expected of an average client, shrunk towards 1. A client that paid 6
 * where 3 were expected has a speed of (6 + 3) / (3 + 3) = 1.5.
 */
export function fitPayments(cases: readonly PaymentCase[], day: number): PaymentHazards {
  const all = noCounts()
  const clients = new Map<number, Counts>()
  for (const { client, from, to, paid } of knownOn(cases, day)) {
    const own = clients.get(client) ?? noCounts()
    clients.set(client, own)
    count(all, from, to, paid)
    count(own, from, to, paid)
  }
  const overall = (sum(all.events) + 0.5) / (sum(all.days) + 30)
  const rates = shrunk(all, () => overall)
  const between = cumulate(rates)
  return {
    paid: sum(all.events),
    between,
    of(client) {
      const own = clients.get(client)
      if (!own) return between
      const expected = sum(own.days.map((waited, bin) => waited * (rates[bin] as number)))
      const speed = shrunkRate(sum(own.events), expected, 1)
      return cumulate(shrunk(own, (bin) => (rates[bin] as number) * speed))
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
