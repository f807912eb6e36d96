import type { DealCursor } from '../../book/stays/cursor.ts'
import { SpellCounts } from '../../domain/statistics/spell-counts.ts'
import { closedIn, countVisits, countWinSpell, type DayWindow } from '../pace/days.ts'

/** Deals won on one day. */
interface Won {
  deals: number
  amount: number
}

/** Everything that velocity counts about some deals in a window. Amounts in minor units. */
export class VelocityTally {
  readonly #window: DayWindow
  won = 0
  lost = 0
  /** Of the won deals, with unknown amounts as 0, and how many are unknown. */
  amount = 0
  withoutAmount = 0
  /** Open at the end. */
  open = 0
  /** Deals closed or open whose opening day is not known. */
  withoutOpening = 0
  /** Deals that were open on a day of the window. */
  underWay = 0
  /** The day of the first outcome, in the window or before; null without any. */
  firstClosed: number | null = null
  readonly toWin = new SpellCounts()
  readonly visits = new Map<number, SpellCounts>()
  readonly wonOn = new Map<number, Won>()
  readonly processes = new Set<number>()

  constructor(window: DayWindow) {
    this.#window = window
  }

  readonly #visitsOf = (stage: number): SpellCounts => {
    const known = this.visits.get(stage)
    if (known) return known
    const counts = new SpellCounts()
    this.visits.set(stage, counts)
    return counts
  }

  /** Takes a deal as it stands when the report is made. */
  add(deal: DealCursor): void {
    const { from, end } = this.#window
    const { opened, closed } = deal
    if (closed !== null && closed <= end) {
      if (this.firstClosed === null || closed < this.firstClosed) this.firstClosed = closed
    }
    if (closedIn(deal, this.#window)) {
      this.processes.add(deal.process)
      if (!deal.openedKnown) this.withoutOpening += 1
      if (deal.status === 'won') this.#addWon(closed as number, deal.amount)
      else this.lost += 1
    }
    if (opened > end) return
    if (closed === null || closed > end) {
      this.open += 1
      this.processes.add(deal.process)
      if (!deal.openedKnown) this.withoutOpening += 1
    }
    if (closed === null || closed >= from) this.underWay += 1
    countWinSpell(this.toWin, deal, this.#window)
    countVisits(this.#visitsOf, deal, this.#window)
  }

  #addWon(day: number, amount: number | null): void {
    this.won += 1
    this.amount += amount ?? 0
    if (amount === null) this.withoutAmount += 1
    const won = this.wonOn.get(day)
    if (won) {
      won.deals += 1
      won.amount += amount ?? 0
    } else this.wonOn.set(day, { deals: 1, amount: amount ?? 0 })
  }

  /** Adds what another counted of other deals in the same window. */
  addAll(other: VelocityTally): void {
    for (const key of [
      'won',
      'lost',
      'amount',
      'withoutAmount',
      'open',
      'withoutOpening',
      'underWay',
    ] as const) {
      this[key] += other[key]
    }
    if (other.firstClosed !== null) {
      this.firstClosed = Math.min(this.firstClosed ?? Infinity, other.firstClosed)
    }
    this.toWin.addAll(other.toWin)
    for (const [stage, counts] of other.visits) this.#visitsOf(stage).addAll(counts)
    for (const [day, { deals, amount }] of other.wonOn) {
      const won = this.wonOn.get(day) ?? { deals: 0, amount: 0 }
      this.wonOn.set(day, { deals: won.deals + deals, amount: won.amount + amount })
    }
    for (const process of other.processes) this.processes.add(process)
  }
}
