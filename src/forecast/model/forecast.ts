import { type Accuracy, accuracyOf, type Tested } from './accuracy.ts'
import { isOldEnough } from './arrivals.ts'
import { type Rehearsal, rehearse } from './backtest.ts'
import type { ClosingSeason } from './closing-season.ts'
import type { Hazards } from '../../domain/chance/hazards.ts'
import type { Ledger } from './ledger.ts'
import { atLeastEach, chanceOf, type Lesson, mixedBand, reachOf } from './mixture.ts'
import { knownOn, type Raw, rawForecast, type Wish } from './origin.ts'
import { type Ends, type Expected, type Pipeline, type Samples, spansOf } from './pipeline.ts'
import type { Band } from './sampling.ts'
import { sum } from './deals-on-day.ts'
import { type Stream, streamOf } from './stream.ts'
import { maxOf } from '../../domain/lists.ts'
import { readVisits } from './visits-on.ts'

const SIMULATIONS = 2000

/** The windows on which forecasts are tested, in days. */
const WINDOWS = [28, 56, 90] as const
const LONGEST_WINDOW = 90

/**
 * The window that teaches how to forecast something that ends after a number of days: the shortest that is
 * not shorter, else the longest. It depends on the days alone, so that the rest of a month is
 * forecast alike whatever comes after it.
 */
function windowOf(days: number): number {
  return WINDOWS.find((window) => days <= window) ?? LONGEST_WINDOW
}

/** What a number of days will bring: in all, from deals open now and from deals yet to come. */
export interface Outlook extends Band {
  mean: number
  open: number
  /** Null if there is no rate of new deals yet, and past wins do not give one either. */
  fresh: number | null
}

/** What periods will bring, and all of them together. */
export interface Outlooks {
  periods: Outlook[]
  total: Outlook
}

/** What past forecasts teach for each period, and for all of them together. */
export interface Lessons {
  periods: Lesson[]
  total: Lesson
}

/** A forecast of periods, and how past ones did. */
export interface Forecast extends Outlooks {
  lessons: Lessons
  tested: Tested[]
  accuracy: Accuracy | null
  /** The days that each past forecast was for. */
  window: number
  hazards: Hazards
  pipeline: Pipeline
  stream: Stream
  closing: ClosingSeason | null
  /** What was mixed, by period: the pipeline's two parts, and the trailing mean. */
  mixed: Expected & { trailing: number[] }
  /** The chance that the last period brings at least so much, 0…1. */
  reaches: (needed: number) => number
}

/**
 * Splits a mean that the trailing mean has shifted: the open deals keep theirs and the deals yet to
 * come take the shift, as long as they remain a gain or a loss, whichever they were. Of 100 from open
 * deals and 50 from new ones, shifted to 120, 20 are new; shifted to 80, none; of 100 and a loss of 300,
 * shifted to −150, the loss is 250.
 */
function split(
  mean: number,
  open: number,
  fresh: number,
): { mean: number; open: number; fresh: number } {
  const rest = fresh < 0 ? Math.min(0, mean - open) : Math.max(0, mean - open)
  return { mean, open: mean - rest, fresh: rest }
}

/** Mixes the pipeline with the trailing mean and widens the band, as past errors have taught. */
function mixed(raw: Raw, lessons: Lessons, hasRate: boolean): Outlooks {
  const { open, fresh } = raw.expected
  const periods = lessons.periods.map((lesson, period) => {
    const { weight } = lesson
    const [fromOpen, fromFresh] = [open[period] as number, fresh[period] as number]
    const trailing = raw.trailing[period] as number
    const mean = weight * (fromOpen + fromFresh) + (1 - weight) * trailing
    return { ...mixedBand(raw, lesson, period), ...split(mean, fromOpen, fromFresh) }
  })
  const all = (key: 'mean' | 'open' | 'fresh'): number => sum(periods.map((one) => one[key]))
  // Without a rate, 0 would claim that none will come.
  const known = <T extends { fresh: number }>(one: T): T & { fresh: number | null } => ({
    ...one,
    fresh: hasRate ? one.fresh : one.fresh || null,
  })
  const total = { mean: all('mean'), open: all('open'), fresh: all('fresh') }
  const band = mixedBand(raw, lessons.total)
  const canLose = reachOf(raw, 0).least < 0
  return {
    periods: periods.map(known),
    total: known({ ...(canLose ? band : atLeastEach(band, periods)), ...total }),
  }
}

/** For open deals only, the pipeline decides; for all deals it is mixed. */
function applied({ periods, total }: Lessons, { openOnly }: Wish): Lessons {
  const alone = (lesson: Lesson): Lesson => (openOnly ? { ...lesson, weight: 1 } : lesson)
  return { periods: periods.map(alone), total: alone(total) }
}

/**
 * Forecasts the periods that end `ends` days after a day, by what was known at its end. For open
 * deals only, the pipeline decides; for all deals it is mixed with the trailing mean as past errors
 * teach. The band is widened in both cases.
 */
export function forecast(ledger: Ledger, day: number, ends: Ends, wish: Wish): Forecast {
  const days = maxOf(ends, 0)
  const window = windowOf(days)
  const rehearsals = new Map<number, Rehearsal>()
  const rehearsalOf = (end: number): Rehearsal => {
    const length = windowOf(end)
    const known = rehearsals.get(length)
    const rehearsal = known ?? rehearse(ledger, length, { ...wish, openOnly: false })
    rehearsals.set(length, rehearsal)
    return rehearsal
  }
  readVisits(ledger, [day, ...[...ends, days].flatMap((end) => rehearsalOf(end).days(day))])
  const lessonOf = (end: number): Lesson => rehearsalOf(end).lesson(day)
  const lessons = { periods: ends.map(lessonOf), total: lessonOf(days) }
  const tested = rehearsalOf(days).tested(day)
  const known = knownOn(ledger, day, ends, wish)
  const raw = rawForecast(known, ends, SIMULATIONS, wish)
  return {
    ...mixed(raw, applied(lessons, wish), wish.openOnly || isOldEnough(known.stream, day)),
    mixed: { ...raw.expected, trailing: raw.trailing },
    reaches: (needed) => {
      const last = ends.length - 1
      const lesson = applied(lessons, wish).periods[last]
      return lesson ? chanceOf(raw, lesson, needed, last) : 0
    },
    lessons: applied(lessons, wish),
    tested,
    accuracy: accuracyOf(tested),
    window,
    hazards: known.hazards,
    pipeline: known.pipeline,
    stream: known.stream,
    closing: known.closing,
  }
}

function scaled(samples: Samples, factors: readonly number[]): Samples {
  const { sims, values } = samples
  const scaledValues = new Float64Array(values.length)
  factors.forEach((factor, period) => {
    const first = period * sims
    const own = values.subarray(first, first + sims)
    scaledValues.set(
      own.map((value) => value * factor),
      first,
    )
  })
  const scaledSamples = { ...samples, values: scaledValues }
  return { ...scaledSamples, fresh: spansOf(scaledSamples) }
}

/**
 * The same forecast under changed conditions, mixed and widened like the base case. The trailing
 * mean, which knows no conditions, is assumed to change as the pipeline's expectation does.
 */
export function scenario(
  ledger: Ledger,
  day: number,
  ends: Ends,
  base: { wish: Wish; lessons: Lessons },
  changed: Wish,
): Outlooks {
  const rawOf = (wish: Wish): Raw =>
    rawForecast(knownOn(ledger, day, ends, wish), ends, SIMULATIONS, wish)
  const { openOnly, selection } = base.wish
  const hasRate = openOnly || isOldEnough(streamOf(ledger, day, selection), day)
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
  return mixed(raw, applied(base.lessons, base.wish), hasRate)
}
