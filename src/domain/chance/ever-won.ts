import { cell, type Hazards, OLDEST } from './hazards.ts'

/** Entering a place changes by no more than this in the last round. */
const CLOSE_ENOUGH = 1e-9
const MOST_ROUNDS = 500

/**
 * The chance that an open deal is won in the end, by its place and the days it has been there. At the oldest
 * age, after which nothing changes, it is `(w + m B) / (w + m + l)`; for each day before that,
 * `w + m B + (1 − w − m − l) × chance a day older`. B is the chance at the place it would move to. A deal won
 * at 2 % and lost at 3 % a day, at any age, has 0.4.
 */
export function everWon(hazards: Hazards): (place: number, age: number) => number {
  const { moved, won, lost, targets } = hazards
  const chances = new Float64Array(moved.length)
  const entering = new Float64Array(targets.length)
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let changed = 0
    for (let place = targets.length - 1; place >= 0; place -= 1) {
      let beyond = 0
      for (const target of targets[place] ?? []) {
        beyond += target.share * (entering[target.place] as number)
      }
      let older = 0
      for (let age = OLDEST; age >= 0; age -= 1) {
        const at = cell(place, age)
        const [m, w, l] = [moved[at] as number, won[at] as number, lost[at] as number]
        const all = m + w + l
        const now = w + m * beyond
        if (age < OLDEST) older = now + (1 - all) * older
        else older = all === 0 ? 0 : now / all
        // For a deal of this age at the end of a day, the next day's rates apply first.
        if (age > 0) chances[at - 1] = older
        if (age === OLDEST) chances[at] = older
      }
      changed = Math.max(changed, Math.abs(older - (entering[place] as number)))
      entering[place] = older
    }
    if (changed < CLOSE_ENOUGH) break
  }
  return (place, age) => chances[cell(place, age)] as number
}
