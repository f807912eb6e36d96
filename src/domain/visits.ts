import type { Course } from './statistics/survival.ts'

/** Visits of a stage that took the same time. A visit that has not ended is censored. */
export interface VisitCourse extends Course {
  stageId: number
}

/** The step of a deal that was won or lost: it is in no stage then. */
export const CLOSED = 0

/** More days than any visit has: what a visit is told by makes one number. */
const DAYS = 100_000

function unpacked(key: number, count: number): VisitCourse {
  const ages = Math.floor(key / 2)
  return {
    stageId: Math.floor(ages / DAYS / DAYS),
    from: Math.floor(ages / DAYS) % DAYS,
    to: ages % DAYS,
    end: key % 2 === 0 ? 'event' : 'censored',
    count,
  }
}

/**
 * Counts the visits of stages that were under way on the days from `first` (null: from the beginning)
 * to `last`, from the steps of deals: deal by deal, in the order in which they happened. A visit ends
 * with the deal's next step. Days are numbers, counted from any one day.
 *
 * A visit from day 10 to day 40, watched from day 25 on, has the ages 15 to 30.
 */
export class VisitCounter {
  readonly #counts = new Map<number, number>()
  #deal = 0
  /** Of the deal's last step that named one; 0 for none. */
  #stage = 0
  /** The day the visit began that is under way; null where none is. */
  #began: number | null = null
  #first: number | null = null
  #last = 0

  /** The visit under way ended on a day, or (null) was so to the last. */
  #end(day: number | null): void {
    const [began, first] = [this.#began, this.#first]
    if (began === null || this.#stage === 0 || (day !== null && first !== null && day < first))
      return
    const from = first === null || began >= first ? 0 : first - began
    const ages = (this.#stage * DAYS + from) * DAYS + (day ?? this.#last) - began
    const key = ages * 2 + (day === null ? 1 : 0)
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /**
   * Takes the next step.
   * @param stage the number of the stage that the deal came into, `CLOSED`, or null where it came back
   *   into its last one.
   * @param day null where nobody knows it, as of an opening: the stay that it begins is not a measured one.
   */
  step(
    deal: number,
    stage: number | null,
    day: number | null,
    first: number | null,
    last: number,
  ): void {
    this.#first = first
    this.#last = last
    this.#end(deal === this.#deal ? day : null)
    if (deal !== this.#deal) this.#stage = 0
    this.#deal = deal
    this.#began = stage === CLOSED ? null : day
    if (stage !== null && stage !== CLOSED) this.#stage = stage
  }

  /** The visits of the deals told. */
  finish(): VisitCourse[] {
    this.#end(null)
    this.#began = null
    return [...this.#counts].map(([key, count]) => unpacked(key, count))
  }
}
