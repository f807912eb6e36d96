import type { DealCursor } from '../../book/stays/cursor.ts'
import type { DayWindow } from '../pace/days.ts'
import type { OwnerCount } from './load.ts'

/** Deals that came to a stage for the first time inside a window. */
export class ArrivalTally {
  readonly #window: DayWindow
  readonly #stage: number
  readonly #byOwner = new Map<number | null, number>()
  /**
   * How many were first in the stage on a day that nobody knows, and may have reached it in the
   * window or after it.
   */
  undated = 0

  constructor(window: DayWindow, stage: number) {
    this.#window = window
    this.#stage = stage
  }

  /** Takes a deal as it stands when the report is made. */
  add(deal: DealCursor): void {
    const { from, end } = this.#window
    let index = 0
    while (index < deal.stays && deal.stages[index] !== this.#stage) index += 1
    if (index === deal.stays) return
    if (index === 0 && !deal.openedKnown) {
      if (deal.opened >= from) this.undated += 1
      return
    }
    const came = deal.came[index] as number
    if (came < from || came > end) return
    this.#byOwner.set(deal.owner, (this.#byOwner.get(deal.owner) ?? 0) + 1)
  }

  /** The arrivals, by the deal's owner. */
  byOwner(): OwnerCount[] {
    return [...this.#byOwner].map(([ownerId, count]) => ({ ownerId, count }))
  }
}
