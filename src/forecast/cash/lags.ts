import type { PaymentCase } from '../../domain/chance/payment-hazards.ts'
import { type Spell, survivalCurve } from '../../domain/statistics/survival.ts'
import type { DealInvoice } from './load.ts'

/** With fewer of them, how long it takes from a win to its invoice is not known. */
const FEWEST = 5

/** Without paid invoices, one is taken to be paid after so many days. */
const ASSUMED_DAYS = 30

/** How long it takes from winning a deal to its money. */
export interface Lags {
  /** The chance, by days, that it takes just so many; what is missing to 1 takes longer. */
  chances: Float64Array
  /** Won deals with an invoice that it was learnt from; 0 if they were too few: then invoiced on the day of the win. */
  invoiced: number
  /** Paid invoices that it was learnt from; 0 if there are none: then paid after 30 days. */
  paid: number
}

/** The share of won deals that were invoiced just so many days after the win; an invoice before the win is on its day. */
function toInvoice(invoices: readonly DealInvoice[], day: number, days: number) {
  const first = new Map<number, number>()
  for (const { deal, won, issued, voided } of invoices) {
    if (won === null || won > day || issued > day || voided <= day) continue
    const lag = Math.max(0, issued - won)
    first.set(deal, Math.min(first.get(deal) ?? Infinity, lag))
  }
  const chances = new Float64Array(days + 1)
  if (first.size < FEWEST) {
    chances[0] = 1
    return { chances, invoiced: 0 }
  }
  for (const lag of first.values()) {
    if (lag <= days) chances[lag] = (chances[lag] as number) + 1 / first.size
  }
  return { chances, invoiced: first.size }
}

/** The share of invoices that are paid just so many days after they were issued, by Kaplan and Meier. */
function toPayment(cases: readonly PaymentCase[], day: number, days: number) {
  const waited = { event: new Map<number, number>(), censored: new Map<number, number>() }
  let paid = 0
  for (const one of cases) {
    if (one.issued > day || one.voided <= day) continue
    const isPaid = one.paid && one.end <= day
    if (isPaid) paid += 1
    const counts = waited[isPaid ? 'event' : 'censored']
    const age = Math.max(0, Math.min(one.end, day) - one.issued)
    counts.set(age, (counts.get(age) ?? 0) + 1)
  }
  const steps = survivalCurve(
    (['event', 'censored'] as const).flatMap((end) =>
      [...waited[end]].map(([to, count]): Spell => ({ to, end, count })),
    ),
  )
  const chances = new Float64Array(days + 1)
  let before = 0
  for (const { age, incidence } of steps) {
    if (age <= days) chances[age] = incidence - before
    before = incidence
  }
  if (paid === 0 && ASSUMED_DAYS <= days) chances[ASSUMED_DAYS] = 1
  return { chances, paid }
}

/**
 * How long it takes from a win to its money, as known at the end of a day: the book’s own days from win to invoice, and
 * from invoice to payment, one after the other.
 * @param days how far ahead.
 */
export function lagsOn(
  cases: readonly PaymentCase[],
  invoices: readonly DealInvoice[],
  day: number,
  days: number,
): Lags {
  const { chances: first, invoiced } = toInvoice(invoices, day, days)
  const { chances: second, paid } = toPayment(cases, day, days)
  const chances = new Float64Array(days + 1)
  first.forEach((one, lag) => {
    if (one === 0) return
    for (let more = 0; lag + more <= days; more += 1) {
      chances[lag + more] = (chances[lag + more] as number) + one * (second[more] as number)
    }
  })
  return { chances, invoiced, paid }
}
