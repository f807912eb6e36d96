import { maxOf } from '../../domain/lists.ts'
import { arrivalRate } from './arrivals.ts'
import { evenChances, scaledChances, seasonalChances, winCurves } from './curves.ts'
import { type ClosingSeason, closingSeason } from './closing-season.ts'
import { fitHazards, type Hazards } from '../../domain/chance/hazards.ts'
import type { Ledger } from './ledger.ts'
import { trailingDays, trailingValues } from './naive.ts'
import {
  emptySamples,
  type Ends,
  type Expected,
  expectedOf,
  type Pipeline,
  type Samples,
  sampleCounts,
  simulate,
  spansOf,
} from './pipeline.ts'
import { seededStreams } from './sampling.ts'
import { seasonOf } from './season.ts'
import { seenOn } from './seen-on.ts'
import { openOn, type Selection, sum, valuesOpened } from './deals-on-day.ts'
import { type Stream, streamOf } from './stream.ts'
import { visitIndex } from './visit-index.ts'
import { datedWins, type Wins, winsIn } from './wins.ts'

/** How to make a forecast. */
export interface Wish {
  selection: Selection
  seed: number
  openOnly: boolean
  /** Where chances come from, whatever the ladder says. */
  force?: 'own' | 'template' | undefined
  /** Changes what was learnt, to ask what would be. */
  change?: ((hazards: Hazards) => Hazards) | undefined
  /** The factor for every deal's chance to be won. */
  chanceFactor?: number
  /** The factor for the rate of new deals. */
  arrivalFactor?: number
  /** The factor for all values. */
  valueFactor?: number
}

/** What was known on one day: the pipeline, and the wins that a trailing mean is made of. */
export interface Known {
  pipeline: Pipeline
  hazards: Hazards
  /** The wins of the last two years whose day is known. */
  wins: Wins
  /** How many of the pipeline's values are those of wins, and not of other deals. */
  valuesWon: number
  stream: Stream
  /** When in a quarter and a year deals are closed faster; null if it makes no difference. */
  closing: ClosingSeason | null
  since: number
}

/** The two forecasts of some periods that are mixed, with samples of both. */
export interface Raw {
  expected: Expected
  trailing: number[]
  pipelineSamples: Samples
  trailingSamples: Samples
}

const FEWEST_VALUES = 5
const VALUE_DAYS = 730

function joined(one: Float64Array, other: readonly number[]): Float64Array {
  const both = new Float64Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** Gathers what was known at the end of a day, for forecasts of periods that end a number of days ahead. */
export function knownOn(ledger: Ledger, day: number, ends: Ends, wish: Wish): Known {
  const since = Math.min(visitIndex(ledger).since, day)
  const stream = streamOf(ledger, day, wish.selection)
  const won = winsIn(ledger, day - VALUE_DAYS + 1, day, wish.selection)
  const learnt = fitHazards(seenOn(ledger, day), wish.force)
  const hazards = wish.change ? wish.change(learnt) : learnt
  const season = seasonOf(stream, day)
  const isEnough = won.value.length >= FEWEST_VALUES
  const valuesWon = isEnough ? won.value : winsIn(ledger, -Infinity, day, wish.selection).value
  const values = isEnough ? valuesWon : joined(valuesWon, valuesOpened(ledger, day, wish.selection))
  const open = openOn(ledger, day, wish.selection)
  const rate = arrivalRate(stream, day, season, ledger.begunOn)
  const factor = wish.valueFactor ?? 1
  const valued = (all: Float64Array): Float64Array =>
    factor === 1 ? all : all.map((value) => value * factor)
  const likelier = wish.chanceFactor ?? 1
  const closing = closingSeason(ledger, day)
  const chances = closing
    ? seasonalChances(hazards, closing, day, ends)
    : evenChances(winCurves(hazards, maxOf(ends, 0)))
  return {
    hazards,
    wins: datedWins(won),
    valuesWon: valuesWon.length,
    closing,
    stream,
    since,
    pipeline: {
      chances: likelier === 1 ? chances : scaledChances(chances, likelier),
      open: { ...open, value: valued(open.value) },
      arrivals: rate && { ...rate, rate: rate.rate / (wish.arrivalFactor ?? 1) },
      season,
      values: valued(values),
      day,
    },
  }
}

function lengths(ends: Ends): number[] {
  return ends.map((end, period) => end - (ends[period - 1] ?? 0))
}

/** Fewer simulations if many deals are open: their sum is steadier. */
function simulations(most: number, open: number): number {
  return Math.max(200, Math.min(most, Math.round(2_000_000 / Math.max(1, open))))
}

/** Both forecasts of the periods after a day, made with what that day knew. */
export function rawForecast(known: Known, ends: Ends, most: number, wish: Wish): Raw {
  const { pipeline, wins, since } = known
  const { day } = pipeline
  const streams = seededStreams((wish.seed ^ Math.imul(day, 0x9e3779b1)) >>> 0)
  const sims = simulations(most, pipeline.open.value.length)
  const values = trailingValues(wins, day)
  const days = trailingDays(since, day)
  const trailingSamples = emptySamples(ends.length, sims)
  const counts = lengths(ends).map((length) => (values.length / days) * length)
  sampleCounts(counts, values.length, values, trailingSamples, streams)
  const expected = expectedOf(pipeline, ends)
  return {
    expected: wish.openOnly ? { ...expected, fresh: ends.map(() => 0) } : expected,
    trailing: lengths(ends).map((length) => (sum(values) / days) * length),
    pipelineSamples: simulate(pipeline, ends, sims, streams, !wish.openOnly),
    trailingSamples: { ...trailingSamples, fresh: spansOf(trailingSamples) },
  }
}
