import { type ClosingSeason, thirdOfYear } from './closing-season.ts'
import { cell, type Hazards, OLDEST } from '../../domain/chance/hazards.ts'

/**
 * Chances to be won within t days, 0…1, for t = 0…`days`.
 * `aged(place, age, t)`: a deal that has been in a place for `age` days at the end of today.
 * `entered(place, t)`: a deal that enters a place on day 0, including that day.
 */
export interface WinCurves {
  days: number
  aged: (place: number, age: number, t: number) => number
  entered: (place: number, t: number) => number
}

/**
 * Works out the chances to be won, day by day, exactly: the chance within t days follows from that
 * within t − 1. A deal that is moved on can take the next step on the same day; one that is moved
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

/**
 * Chances to be won by some days ahead, 0…1, `end` being one of those that they were worked out for.
 * `aged(place, age, end)`: a deal that has been in a place for `age` days at the end of today.
 * `fresh(place, opened, end)`: one that enters a place `opened` days ahead, including that day.
 */
export interface WinChances {
  aged: (place: number, age: number, end: number) => number
  fresh: (place: number, opened: number, end: number) => number
}

/** The chances of curves, which are the same whatever the days. */
export function evenChances(curves: WinCurves): WinChances {
  return { aged: curves.aged, fresh: (place, opened, end) => curves.entered(place, end - opened) }
}

/** The largest share of a place's deals that can be won or lost in one day. */
const MOST_A_DAY = 0.95

/**
 * The chances by each end if deals are won and lost faster at some times of the year: from the end back to
 * today, day by day, as `winCurves` does with the same rates on all days.
 */
export function seasonalChances(
  hazards: Hazards,
  season: ClosingSeason,
  day: number,
  ends: Iterable<number>,
): WinChances {
  const known = new Map([...ends].map((end) => [end, chancesBy(hazards, season, day, end)]))
  const by = (end: number): Chances => {
    const found = known.get(end) ?? chancesBy(hazards, season, day, end)
    known.set(end, found)
    return found
  }
  return {
    aged: (place, age, end) => by(end).aged[cell(place, age)] as number,
    fresh: (place, opened, end) => by(end).fresh[opened * hazards.targets.length + place] as number,
  }
}

/** The chances by one end: today by place and age, and of entering on a day, by day and place. */
interface Chances {
  aged: Float64Array
  fresh: Float64Array
}

function chancesBy(hazards: Hazards, season: ClosingSeason, day: number, end: number): Chances {
  const { moved, won, lost, targets } = hazards
  const places = targets.length
  let later = new Float64Array(moved.length)
  let now = new Float64Array(moved.length)
  const fresh = new Float64Array((end + 2) * places)
  for (let t = end; t >= 0; t -= 1) {
    const third = thirdOfYear(day + t)
    const [wins, losses] = [season.won[third] as number, season.lost[third] as number]
    // The chance of a deal that is at risk on this day, at some age.
    const onDay = (at: number, older: number, beyond: number): number => {
      const m = moved[at] as number
      const [w, l] = [(won[at] as number) * wins, (lost[at] as number) * losses]
      const fit = Math.min(1, (MOST_A_DAY - Math.min(m, MOST_A_DAY)) / Math.max(w + l, 1e-12))
      return w * fit + m * beyond + (1 - m - (w + l) * fit) * (later[older] as number)
    }
    for (let place = places - 1; place >= 0; place -= 1) {
      let beyond = 0
      for (const target of targets[place] ?? []) {
        const then = target.place > place ? t : t + 1
        beyond += target.share * (fresh[then * places + target.place] as number)
      }
      fresh[t * places + place] = onDay(cell(place, 0), cell(place, 0), beyond)
    }
    if (t === 0) break
    // As they stood at the end of the day before.
    for (let place = 0; place < places; place += 1) {
      let beyond = 0
      for (const target of targets[place] ?? []) {
        beyond += target.share * (fresh[t * places + target.place] as number)
      }
      for (let age = 0; age <= OLDEST; age += 1) {
        const older = cell(place, age + 1)
        now[cell(place, age)] = onDay(older, older, beyond)
      }
    }
    ;[later, now] = [now, later]
  }
  return { aged: later, fresh }
}

/** A multiplied chance is at most this: nothing open is certain. */
export const HIGHEST_CHANCE = 0.99

/** The same with every chance multiplied: 0.4 and 1.1 give 0.44. One above 0.99 stays. */
export function scaledChances(chances: WinChances, factor: number): WinChances {
  const scaled = (chance: number): number =>
    Math.min(chance * factor, Math.max(chance, HIGHEST_CHANCE))
  return {
    aged: (place, age, end) => scaled(chances.aged(place, age, end)),
    fresh: (place, opened, end) => scaled(chances.fresh(place, opened, end)),
  }
}
