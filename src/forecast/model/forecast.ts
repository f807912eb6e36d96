import { type Accuracy, accuracyOf, type Tested } from './accuracy.ts'
import { type Lesson, rehearse } from './backtest.ts'
import type { Hazards } from './hazards.ts'
import type { Ledger } from './ledger.ts'
import { mixedSamples, widen } from './mixture.ts'
import { knownOn, type Raw, rawForecast, type Wish } from './origin.ts'
import type { Ends, Pipeline, Samples } from './pipeline.ts'
import { type Band, bandOf } from './sampling.ts'
import { sum } from './standings.ts'

const SIMULATIONS = 2000

/** The window on which forecasts are tested: that of the horizon, but not under 28 or over 90 days. */
const SHORTEST_WINDOW = 28
const LONGEST_WINDOW = 90

/** What some days will bring: in all, and of it from deals now open and from deals yet to come. */
export interface Outlook extends Band {
  mean: number
  open: number
  fresh: number
}

/** What periods will bring, and all of them together. */
export interface Outlooks {
  periods: Outlook[]
  total: Outlook
}

/** A forecast of periods, and how past ones did. */
export interface Forecast extends Outlooks {
  lesson: Lesson
  tested: Tested[]
  accuracy: Accuracy | null
  /** The days that each past forecast was for. */
  window: number
  hazards: Hazards
  pipeline: Pipeline
}

/**
 * Splits a mean that the trailing mean has moved: the open deals keep theirs and the deals yet to
 * come take the move, as far as they remain a gain or a loss, whichever they were. Of 100 from open
 * deals and 50 from new ones, moved to 120, 20 are new; moved to 80, none; of 100 and a loss of 300,
 * moved to −150, the loss is 250.
 */
function split(
  mean: number,
  open: number,
  fresh: number,
): Pick<Outlook, 'mean' | 'open' | 'fresh'> {
  const rest = fresh < 0 ? Math.min(0, mean - open) : Math.max(0, mean - open)
  return { mean, open: mean - rest, fresh: rest }
}

/** Mixes the pipeline with the trailing mean and widens the band, as past errors taught. */
function mixed(raw: Raw, { weight, width }: Lesson): Outlooks {
  const bandIn = (period?: number): Band => widen(bandOf(mixedSamples(raw, weight, period)), width)
  const { open, fresh } = raw.expected
  const means = raw.trailing.map(
    (trailing, period) =>
      weight * ((open[period] as number) + (fresh[period] as number)) + (1 - weight) * trailing,
  )
  const periods = means.map((mean, period) => ({
    ...bandIn(period),
    ...split(mean, open[period] as number, fresh[period] as number),
  }))
  const all = (key: 'mean' | 'open' | 'fresh'): number => sum(periods.map((one) => one[key]))
  return {
    periods,
    total: { ...bandIn(), mean: all('mean'), open: all('open'), fresh: all('fresh') },
  }
}

/** Of open deals alone the pipeline speaks; of all deals it is mixed. */
function applied(lesson: Lesson, wish: Wish): Lesson {
  return wish.openOnly ? { ...lesson, weight: 1 } : lesson
}

/**
 * Forecasts the periods that end `ends` days after a day, by what was known at its end. Of open
 * deals alone the pipeline speaks; of all deals it is mixed with the trailing mean as past errors
 * teach. The band is widened in both cases.
 */
export function forecast(ledger: Ledger, day: number, ends: Ends, wish: Wish): Forecast {
  const days = ends.at(-1) ?? 0
  const window = Math.min(LONGEST_WINDOW, Math.max(SHORTEST_WINDOW, days))
  const rehearsal = rehearse(ledger, window, { ...wish, openOnly: false })
  const lesson = rehearsal.lesson(day)
  const tested = rehearsal.tested(day)
  const known = knownOn(ledger, day, days, wish)
  return {
    ...mixed(rawForecast(known, ends, SIMULATIONS, wish), applied(lesson, wish)),
    lesson,
    tested,
    accuracy: accuracyOf(tested),
    window,
    hazards: known.hazards,
    pipeline: known.pipeline,
  }
}

function scaled({ sims, values }: Samples, factors: readonly number[]): Samples {
  return { sims, values: values.map((value, at) => value * (factors[Math.floor(at / sims)] ?? 1)) }
}

/**
 * The same forecast under changed conditions, mixed and widened as the base case is. The trailing
 * mean, which knows no conditions, is taken to change as the pipeline's expectation does.
 */
export function scenario(
  ledger: Ledger,
  day: number,
  ends: Ends,
  base: { wish: Wish; lesson: Lesson },
  changed: Wish,
): Outlooks {
  const days = ends.at(-1) ?? 0
  const rawOf = (wish: Wish): Raw =>
    rawForecast(knownOn(ledger, day, days, wish), ends, SIMULATIONS, wish)
  const expected = ({ expected: { open, fresh } }: Raw): number[] =>
    open.map((value, period) => value + (fresh[period] as number))
  const [before, after] = [rawOf(base.wish), rawOf(changed)]
  const without = expected(before)
  const factors = expected(after).map((value, period) => {
    const at = without[period] as number
    return at === 0 ? 1 : value / at
  })
  const raw = {
    ...after,
    trailing: before.trailing.map((value, period) => value * (factors[period] as number)),
    trailingSamples: scaled(before.trailingSamples, factors),
  }
  return mixed(raw, applied(base.lesson, base.wish))
}
