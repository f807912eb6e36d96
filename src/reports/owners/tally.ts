import type { DealCursor } from '../../book/stays/cursor.ts'
import { type Money, profitOf } from '../../domain/money.ts'
import { SpellCounts } from '../../domain/statistics/spell-counts.ts'
import { closedIn, countWinSpell, type DayWindow } from '../pace/days.ts'

/** What is counted of one owner's deals in a window, or of all. Amounts and profit in minor units. */
export class OwnerTally {
  readonly #window: DayWindow
  readonly #margin: number | null
  opened = 0
  won = 0
  lost = 0
  /** Of the won deals; unknown ones count as 0. */
  amount = 0
  profit = 0
  withoutAmount = 0
  withoutCost = 0
  /** Closed deals whose opening day is not known. */
  withoutOpening = 0
  readonly spells = new SpellCounts()
  /** No deal was opened in the window, closed in it, or under way. */
  isEmpty = true

  /** @param margin the share of the amount that is profit where a deal has no cost; null for all of it. */
  constructor(window: DayWindow, margin: number | null) {
    this.#window = window
    this.#margin = margin
  }

  /** Takes a deal as it stands when the report is made. */
  add(deal: DealCursor): void {
    const { from, end } = this.#window
    const { opened, closed } = deal
    const wasOpened = deal.openedKnown && opened >= from && opened <= end
    const isUnderWay =
      from <= end && deal.openedKnown && opened <= end && (closed === null || closed >= from)
    const isClosed = closedIn(deal, this.#window)
    if (wasOpened || isUnderWay || isClosed) this.isEmpty = false
    if (wasOpened) this.opened += 1
    countWinSpell(this.spells, deal, this.#window)
    if (!isClosed) return
    if (!deal.openedKnown) this.withoutOpening += 1
    if (deal.status === 'won') this.#addWon(deal)
    else this.lost += 1
  }

  #addWon({ amount, cost }: DealCursor): void {
    this.won += 1
    this.amount += amount ?? 0
    this.profit += profitOf(amount as Money | null, cost as Money | null, this.#margin) ?? 0
    if (amount === null) this.withoutAmount += 1
    if (cost === null) this.withoutCost += 1
  }

  /** Adds what was counted for another owner. */
  addAll(other: OwnerTally): void {
    this.opened += other.opened
    this.won += other.won
    this.lost += other.lost
    this.amount += other.amount
    this.profit += other.profit
    this.withoutAmount += other.withoutAmount
    this.withoutCost += other.withoutCost
    this.withoutOpening += other.withoutOpening
    this.spells.addAll(other.spells)
    this.isEmpty &&= other.isEmpty
  }
}
