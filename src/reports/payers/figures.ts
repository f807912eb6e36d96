import { share } from '../../domain/share.ts'
import { type Spell, survivalCurve, survivalQuantile } from '../../domain/statistics/survival.ts'
import type { Row } from '../../domain/table.ts'
import type { PaidInvoice } from './load.ts'

/** How some invoices are paid. */
export class PaymentTally {
  /** How many were paid after so many days, and how many were not paid by then: most clients have few. */
  readonly #waited = { event: new Map<number, number>(), censored: new Map<number, number>() }
  #invoices = 0
  #paid = 0
  #amount = 0
  #amountDays = 0
  #amountLate = 0
  #fallenDue = 0
  #onTime = 0
  #open = 0

  /** Takes an invoice. */
  add({ amount, open, days, late, paid }: PaidInvoice): void {
    this.#invoices += 1
    this.#open += open
    const waited = this.#waited[paid ? 'event' : 'censored']
    waited.set(days, (waited.get(days) ?? 0) + 1)
    if (paid || late > 0) this.#fallenDue += 1
    if (!paid) return
    this.#paid += 1
    this.#amount += amount
    this.#amountDays += amount * days
    this.#amountLate += amount * late
    if (late <= 0) this.#onTime += 1
  }

  #spells(): Spell[] {
    return (['event', 'censored'] as const).flatMap((end) =>
      [...this.#waited[end]].map(([to, count]): Spell => ({ to, end, count })),
    )
  }

  /**
   * The figures. Days to pay are the mean of those that are paid, weighted by amount: 1,000.00 in 20 days and 3,000.00
   * in 45 are (1,000 × 20 + 3,000 × 45) / 4,000 = 38.75. That mean leaves out those that are still waited for; the
   * median (Kaplan–Meier) does not.
   */
  row(): Row {
    const meanOf = (sum: number): number | null => (this.#amount === 0 ? null : sum / this.#amount)
    return {
      invoices: this.#invoices,
      paid: this.#paid,
      days_to_pay: meanOf(this.#amountDays),
      median_days: survivalQuantile(survivalCurve(this.#spells()), 0.5),
      days_late: meanOf(this.#amountLate),
      fallen_due: this.#fallenDue,
      paid_on_time: this.#onTime,
      on_time: share(this.#onTime, this.#fallenDue),
      open: this.#open,
    }
  }
}

/**
 * Days sales outstanding: how many days of the bills of the last 90 days are owed, balance / billed × 90. 12,865.00 of
 * 28,100.00 are 41.2 days. Null if nothing was billed.
 */
export function daysOutstanding(balance: number, billed: number, days: number): number | null {
  return billed <= 0 ? null : (balance / billed) * days
}
