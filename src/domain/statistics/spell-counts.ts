import type { Spell } from './survival.ts'

const ENDS: readonly Spell['end'][] = ['event', 'other', 'censored']

/** Ages up to here are counted in a list; few spells are longer. */
const LISTED = 4096

/** Older than any spell, in days: an age of coming and one of ending make one number. */
const OLDEST = 10_000_000

/**
 * Counts identical spells. Those observed from their beginning, as nearly all are, are counted in a list by
 * age: a report counts millions of them.
 */
export class SpellCounts {
  #listed: number[] = []
  readonly #others = new Map<number, number>()

  /** Takes one spell, or several identical ones. Ages are whole days, 0 or more. */
  add(from: number, to: number, end: Spell['end'], count = 1): void {
    const ending = ENDS.indexOf(end)
    if (from === 0 && to < LISTED) {
      const at = to * ENDS.length + ending
      // A list without gaps is the fastest.
      while (this.#listed.length <= at) this.#listed.push(0)
      this.#listed[at] = (this.#listed[at] as number) + count
      return
    }
    const key = (from * OLDEST + to) * ENDS.length + ending
    this.#others.set(key, (this.#others.get(key) ?? 0) + count)
  }

  addAll(other: SpellCounts): void {
    for (const { from = 0, to, end, count } of other.spells()) this.add(from, to, end, count)
  }

  spells(): Spell[] {
    const listed = this.#listed.flatMap((count, at): Spell[] => {
      if (count === 0) return []
      const ending = at % ENDS.length
      return [{ from: 0, to: (at - ending) / ENDS.length, end: ENDS[ending] as 'event', count }]
    })
    const others = [...this.#others].map(([key, count]): Spell => {
      const ending = key % ENDS.length
      const ages = (key - ending) / ENDS.length
      const to = ages % OLDEST
      return { from: (ages - to) / OLDEST, to, end: ENDS[ending] as 'event', count }
    })
    return [...listed, ...others]
  }
}
