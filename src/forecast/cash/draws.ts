import {
  type Cumulated,
  paidByWeek,
  type PaymentHazards,
} from '../../domain/chance/payment-hazards.ts'
import type { WinChances } from '../model/curves.ts'
import type { OpenDeals } from '../model/deals-on-day.ts'
import { type Band, bandOf, type Streams } from '../model/sampling.ts'
import type { Lags } from './lags.ts'

/** A part of an invoice that is open; days since 1970, minor units. */
export interface Part {
  client: number
  due: number
  amount: number
}

/** Open deals, what they bring with their tax, and how their chances grow. */
export interface DealsAhead {
  open: OpenDeals
  chances: WinChances
  /** 1 + the usual tax. */
  gross: number
  lags: Lags
}

/** What is to come in in each week. */
export interface CashWeeks {
  invoices: number[]
  deals: number[]
  bands: Band[]
  total: Band
}

const DAYS = 7

/** Deals that are won in a week are taken to be won in its middle. */
const MIDDLE = 4

/** How often the invoices of a client come early or late together: their correlation. */
const TOGETHER = 0.25

/** The cumulated hazards of a part up to the end of each week. */
function weekly(between: Cumulated, late: number, weeks: number): number[] {
  return Array.from({ length: weeks }, (_, week) => between(late + 1, late + DAYS * (week + 1)))
}

/** What the open deals are expected to bring in each week: their wins, later by the lags. */
function expectedOfDeals({ open, chances, gross, lags }: DealsAhead, weeks: number): number[] {
  const won = Array.from({ length: weeks }, (_, week) => {
    let all = 0
    for (let at = 0; at < open.value.length; at += 1) {
      const [place, age] = [open.place[at] as number, open.age[at] as number]
      const until = chances.aged(place, age, DAYS * (week + 1))
      const before = week === 0 ? 0 : chances.aged(place, age, DAYS * week)
      all += (open.value[at] as number) * (until - before)
    }
    return all * gross
  })
  const paid = won.map(() => 0)
  won.forEach((value, week) => {
    lags.chances.forEach((chance, lag) => {
      const into = Math.floor((DAYS * week + MIDDLE - 1 + lag) / DAYS)
      if (into < weeks) paid[into] = (paid[into] as number) + value * chance
    })
  })
  return paid
}

function byClient(parts: readonly Part[]): Map<number, Part[]> {
  const own = new Map<number, Part[]>()
  for (const part of parts) {
    const known = own.get(part.client)
    if (known) known.push(part)
    else own.set(part.client, [part])
  }
  return own
}

/**
 * What comes in week by week from what is open on a day: the mean, exactly, and a band from draws. In a quarter of the
 * draws all invoices of a client come early or late together, in the others each by itself.
 */
export function drawCash(
  parts: readonly Part[],
  hazards: PaymentHazards,
  deals: DealsAhead,
  { day, weeks, sims, streams }: { day: number; weeks: number; sims: number; streams: Streams },
): CashWeeks {
  const invoices = Array.from({ length: weeks }, () => 0)
  const samples = Array.from({ length: weeks }, () => new Float64Array(sims))
  const add = (week: number, sim: number, amount: number): void => {
    const own = samples[week] as Float64Array
    own[sim] = (own[sim] as number) + amount
  }
  const random = streams(0)
  for (const [client, own] of byClient(parts)) {
    const between = hazards.of(client)
    const curves = own.map(({ due }) => weekly(between, day - due, weeks))
    own.forEach(({ amount }, at) => {
      for (const [week, paid] of paidByWeek(amount, curves[at] as number[]).entries()) {
        invoices[week] = (invoices[week] as number) + paid
      }
    })
    for (let sim = 0; sim < sims; sim += 1) {
      const together = random() < TOGETHER ? -Math.log(1 - random()) : null
      for (const [at, { amount }] of own.entries()) {
        const wait = together ?? -Math.log(1 - random())
        const week = (curves[at] as number[]).findIndex((until) => until >= wait)
        if (week >= 0) add(week, sim, amount)
      }
    }
  }
  drawDeals(deals, weeks, sims, streams, add)
  const total = new Float64Array(sims)
  for (const own of samples)
    own.forEach((value, sim) => (total[sim] = (total[sim] as number) + value))
  return {
    invoices,
    deals: expectedOfDeals(deals, weeks),
    bands: samples.map(bandOf),
    total: bandOf(total),
  }
}

function drawDeals(
  { open, chances, gross, lags }: DealsAhead,
  weeks: number,
  sims: number,
  streams: Streams,
  add: (week: number, sim: number, amount: number) => void,
): void {
  const random = streams(1)
  let sum = 0
  const until = lags.chances.map((chance) => (sum += chance))
  open.value.forEach((value, at) => {
    const within = Array.from({ length: weeks }, (_, week) =>
      chances.aged(open.place[at] as number, open.age[at] as number, DAYS * (week + 1)),
    )
    for (let sim = 0; sim < sims; sim += 1) {
      const [u, v] = [random(), random()]
      const week = within.findIndex((chance) => u < chance)
      const lag = week < 0 ? -1 : until.findIndex((chance) => v < chance)
      if (lag < 0) continue
      const into = Math.floor((DAYS * week + MIDDLE - 1 + lag) / DAYS)
      if (into < weeks) add(into, sim, value * gross)
    }
  })
}
