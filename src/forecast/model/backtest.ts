import type { Tested } from './accuracy.ts'
import type { Ledger } from './ledger.ts'
import { type Lesson, mixedBand, type Past, pipelineWeight, widening } from './mixture.ts'
import { type Naive, naiveForecasts } from './naive.ts'
import { knownOn, type Raw, rawForecast, type Wish } from './origin.ts'
import { type Band, bandOf } from './sampling.ts'
import { type OpenDeals, sum } from './deals-on-day.ts'
import { visitIndex } from './visit-index.ts'
import { datedWins, winsIn } from './wins.ts'

/** A forecast of a window learns from at most this many before it. */
const MOST_ORIGINS = 12

const SIMULATIONS = 400

/** The two forecasts of a window made at an origin, and the actual result if it is known. */
interface Attempt extends Past {
  raw: Raw
  naive: Naive
}

/** A forecast of the window after an origin. */
type WindowForecast = Band & { mean: number; naive: Naive }

/** Forecasts of one window length made at past origins, each only with what was known then. */
export interface Rehearsal {
  /** The forecast at an origin, mixed and widened by the windows that had ended by then. */
  at: (origin: number) => WindowForecast
  /** What the windows that had ended by an origin teach. */
  lesson: (origin: number) => Lesson
  /** The days that it looks back to from a day: the origins of its lesson, and those of their own lessons. */
  days: (day: number) => number[]
  /** The forecasts of the windows that had ended by a day, earliest first, with the actual results. */
  tested: (day: number) => Tested[]
}

/** Days from one origin to the next, for a window of a number of days. */
function stepOf(window: number): number {
  return Math.max(1, Math.round(window / 3))
}

/** The deals open at an origin times their template's chance, whenever they may be won. */
function templateForecast({ places }: Ledger, { place, value }: OpenDeals): number {
  return sum(value.map((one, at) => one * (places[place[at] as number]?.template ?? 0)))
}

/** Rehearses forecasts of the `window` days after past origins. */
export function rehearse(ledger: Ledger, window: number, wish: Wish): Rehearsal {
  const attempts = new Map<number, Attempt>()
  const { since } = visitIndex(ledger)

  const attempt = (origin: number): Attempt => {
    const made = attempts.get(origin)
    if (made) return made
    const known = knownOn(ledger, origin, [window], wish)
    const raw = rawForecast(known, [window], SIMULATIONS, wish)
    const template = templateForecast(ledger, known.pipeline.open)
    const done = {
      raw,
      naive: naiveForecasts(known.wins, since, origin, window, template),
      pipeline: sum(raw.expected.open) + sum(raw.expected.fresh),
      trailing: sum(raw.trailing),
      actual: sum(datedWins(winsIn(ledger, origin + 1, origin + window, wish.selection)).value),
      band: bandOf(raw.pipelineSamples.values),
    }
    attempts.set(origin, done)
    return done
  }
  const origins = (day: number): number[] => {
    const found: number[] = []
    for (let origin = day - window; found.length < MOST_ORIGINS; origin -= stepOf(window)) {
      if (origin < since + window) break
      found.unshift(origin)
    }
    return found
  }
  const lesson = (origin: number): Lesson => {
    const past = origins(origin).map(attempt)
    return { weight: pipelineWeight(past), width: widening(past) }
  }
  const at = (origin: number): WindowForecast => {
    const { raw, naive, pipeline, trailing } = attempt(origin)
    const learnt = lesson(origin)
    const { weight } = learnt
    return { ...mixedBand(raw, learnt), mean: weight * pipeline + (1 - weight) * trailing, naive }
  }
  return {
    at,
    lesson,
    days: (day) => origins(day).flatMap((origin) => [origin, ...origins(origin)]),
    tested: (day) =>
      origins(day).map((origin) => ({ origin, ...at(origin), actual: attempt(origin).actual })),
  }
}
