import { cell, type Hazards, OLDEST } from './hazards.ts'

/**
 * Chances to be won within t days, 0…1, for t = 0…`days`.
 * `aged(place, age, t)`: a deal that stands in a place since `age` days at the end of today.
 * `entered(place, t)`: a deal that enters a place on day 0, that day included.
 */
export interface WinCurves {
  days: number
  aged: (place: number, age: number, t: number) => number
  entered: (place: number, t: number) => number
}

/**
 * Works out the chances to be won, day by day, exactly: what is within t days follows from what is
 * within t − 1. A deal that is moved on is up for the next step on the same day; one that is moved
 * back, on the next.
 */
export function winCurves(hazards: Hazards, days: number): WinCurves {
  const { moved, won, lost, targets } = hazards
  const places = targets.length
  const ages = OLDEST + 1
  const width = days + 1
  const aged = new Float64Array(places * ages * width)
  const entered = new Float64Array(places * width)
  const enteredAt = (place: number, t: number): number =>
    t < 0 ? 0 : (entered[place * width + t] as number)
  const backwards = [...targets.entries()].toReversed()

  // Days outermost and ages innermost: `aged` is laid out by day, place, age.
  for (let t = 0; t < width; t += 1) {
    for (const [place, next] of targets.entries()) {
      if (t === 0) continue
      let beyond = 0
      for (const target of next) {
        beyond += target.share * enteredAt(target.place, t - 1)
      }
      const now = (t * places + place) * ages
      const before = ((t - 1) * places + place) * ages
      for (let age = 0; age < ages; age += 1) {
        const older = Math.min(age + 1, OLDEST)
        const at = cell(place, older)
        const [m, w, l] = [moved[at] as number, won[at] as number, lost[at] as number]
        aged[now + age] = w + m * beyond + (1 - m - w - l) * (aged[before + older] as number)
      }
    }
    for (const [place, next] of backwards) {
      let beyond = 0
      for (const target of next) {
        beyond += target.share * enteredAt(target.place, target.place > place ? t : t - 1)
      }
      const at = cell(place, 0)
      const [m, w, l] = [moved[at] as number, won[at] as number, lost[at] as number]
      const stay = aged[(t * places + place) * ages] as number
      entered[place * width + t] = w + m * beyond + (1 - m - w - l) * stay
    }
  }
  return {
    days,
    aged: (place, age, t) => aged[(t * places + place) * ages + Math.min(age, OLDEST)] as number,
    entered: enteredAt,
  }
}

/** A chance is multiplied up to this, and not beyond: nothing open is certain. */
export const HIGHEST_CHANCE = 0.99

/** The same curves with every chance multiplied: 0.4 and 1.1 are 0.44. A higher one than 0.99 stays. */
export function scaledCurves(curves: WinCurves, factor: number): WinCurves {
  const scaled = (chance: number): number =>
    Math.min(chance * factor, Math.max(chance, HIGHEST_CHANCE))
  return {
    days: curves.days,
    aged: (place, age, t) => scaled(curves.aged(place, age, t)),
    entered: (place, t) => scaled(curves.entered(place, t)),
  }
}
