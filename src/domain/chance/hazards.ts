import { nextPlace, type Place, type Seen } from './seen.ts'
import { AGE_BINS, atAnyAge, type StayCounts, together } from './stay-counts.ts'

/** The oldest age that is counted separately. */
export const OLDEST = AGE_BINS.at(-1) as number

/** With fewer closed deals than this, the book has no rates of its own. */
export const FEWEST_CLOSED = 10

/** With fewer closed deals than this, rates do not depend on age. */
const FEWEST_FOR_BINS = 30

/** Where rates come from: the templates, one rate per stage, or rates by age. */
export type Ladder = 'template' | 'one-rate' | 'by-age'

// Strength of the prior, in events: for rates of leaving, and for the way of leaving.
const KAPPA = 3
const SPLIT_OF_PLACE = 2
const SPLIT_OF_TEMPLATE = 8
const SPLIT_OF_BIN = 8

// An assumption for books with almost no closed deals: a deal is decided in 60 days on average.
const DAYS_TO_CLOSE = 60

/**
 * What happens to a deal on a day, by place and age in days: the chances of being moved, won or lost (at
 * `place * (OLDEST + 1) + age`), and where it is moved to (`targets[place]`, summing to 1).
 */
export interface Hazards {
  ladder: Ladder
  /** Deals imported with only an outcome were left out. */
  leavesOut: boolean
  /** Closed deals that say nothing about how long a deal takes. */
  untimed: number
  moved: Float64Array
  won: Float64Array
  lost: Float64Array
  targets: { place: number; share: number }[][]
}

const AGES = OLDEST + 1

/** The index of a place and age in the columns of hazards. */
export function cell(place: number, age: number): number {
  return place * AGES + Math.min(age, OLDEST)
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Where moves go: as observed, plus half a move to the next place. */
function targetsOf(places: readonly Place[], counts: readonly StayCounts[]): Hazards['targets'] {
  return counts.map(({ next: seen }, place) => {
    const moves = new Map(seen)
    const next = nextPlace(places, place)
    if (next >= 0) moves.set(next, (moves.get(next) ?? 0) + 0.5)
    const moved = sum(moves.values())
    return [...moves].map(([target, count]) => ({ place: target, share: count / moved }))
  })
}

function emptyHazards(
  places: number,
  ladder: Ladder,
  { untimed, leavesOut }: { untimed: number; leavesOut: boolean },
): Hazards {
  const column = (): Float64Array => new Float64Array(places * AGES)
  return { ladder, leavesOut, untimed, moved: column(), won: column(), lost: column(), targets: [] }
}

/** The sum of a column's counts, at known and unknown ages. */
function sumOf(counts: readonly StayCounts[], of: 'days' | 'moved' | 'won' | 'lost'): number {
  return sum(counts.map(({ [of]: column }) => sum(column)))
}

/** The stays of all deals, or only of those whose history is known. */
export function staysOf({ withWay, outcomeOnly }: Seen, leaveOut: boolean): readonly StayCounts[] {
  if (leaveOut) return withWay
  return withWay.map((counts, place) => together(counts, outcomeOnly[place] as StayCounts))
}

/**
 * Hazards by template, an assumption: a deal is decided at one rate, (closed + 1) / (days open + 60) of
 * deals whose days are known, and then won with the chance that the template gives its stage.
 */
function templateHazards(seen: Seen): Hazards {
  const { won, lost } = seen.standing
  const counts = staysOf(seen, false)
  const untimed = sum(counts.map((one) => one.untimed))
  const hazards = emptyHazards(seen.places.length, 'template', { untimed, leavesOut: false })
  const rate = (won + lost - untimed + 1) / (sumOf(counts, 'days') + DAYS_TO_CLOSE)
  seen.places.forEach(({ template }, place) => {
    const chance = Math.min(0.99, Math.max(0.01, template ?? (won + 0.5) / (won + lost + 1)))
    hazards.won.fill(rate * chance, cell(place, 0), cell(place, 0) + AGES)
    hazards.lost.fill(rate * (1 - chance), cell(place, 0), cell(place, 0) + AGES)
    hazards.targets.push([])
  })
  return hazards
}

/** A rate per day shrunk towards a prior rate: the mean of Gamma(events + κ, days + κ / prior). */
export function shrunkRate(events: number, days: number, prior: number): number {
  return (events + KAPPA) / (days + KAPPA / prior)
}

/** Shares of three ways of leaving, shrunk towards prior shares of the given strength. */
function shrunkSplit(counts: number[], prior: number[], strength: number): number[] {
  const all = sum(counts) + strength
  return counts.map((count, way) => (count + strength * (prior[way] as number)) / all)
}

/**
 * The share of deals leaving a place that move on, according to the template: the chance of winning from here
 * divided by the chance from the next place; 0.4 / 0.5 is 0.8. Null if the template does not say.
 */
function templateOnward(places: readonly Place[], place: number): number | null {
  const next = nextPlace(places, place)
  const here = places[place]?.template ?? null
  const beyond = next < 0 ? 1 : (places[next]?.template ?? null)
  if (here === null || beyond === null || beyond === 0) return null
  return Math.min(0.98, Math.max(0.02, here / beyond))
}

/** Shares of moved, won and lost before anything is known about a place's deals, and their strength. */
function priorSplit(
  places: readonly Place[],
  place: number,
  losses: number,
  withTemplate: boolean,
): { prior: number[]; strength: number } {
  const template = withTemplate ? templateOnward(places, place) : null
  const onward = template ?? 1 - losses
  const last = nextPlace(places, place) < 0
  return {
    prior: last ? [0, onward, 1 - onward] : [onward * 0.98, onward * 0.02, 1 - onward],
    strength: template === null ? SPLIT_OF_PLACE : SPLIT_OF_TEMPLATE,
  }
}

/** How the book's own hazards are learned. */
interface Learning {
  byAge: boolean
  /** Leave out deals imported with only an outcome. */
  leaveOut: boolean
  withTemplate: boolean
}

/** How many left a place in an age bin, moved, won and lost. */
function waysIn({ moved, won, lost }: StayCounts, bin: number): [number, number, number] {
  return [moved[bin] as number, won[bin] as number, lost[bin] as number]
}

/**
 * Hazards from the book's own stays. Rates of leaving are shrunk towards stage × age margins, and those
 * towards the overall rate. The way of leaving (moved, won, lost) is shrunk towards the stage's, and that
 * towards the template's with the weight of eight deals, or, without a template, towards the book's share of
 * losses with the weight of two.
 */
function ownHazards(seen: Seen, { byAge, leaveOut, withTemplate }: Learning): Hazards {
  const { places } = seen
  const stays = staysOf(seen, leaveOut)
  const counts = byAge ? stays : stays.map(atAnyAge)
  const bins = byAge ? AGE_BINS : [0]
  const unaged = bins.length
  const hazards = emptyHazards(places.length, byAge ? 'by-age' : 'one-rate', {
    untimed: sum(counts.map((one) => one.untimed)),
    leavesOut: leaveOut,
  })
  hazards.targets = targetsOf(places, counts)
  const left = counts.map((one) => bins.map((_, bin) => sum(waysIn(one, bin))))
  const timed = sum(left.map(sum)) + sum(counts.map(({ ageless }) => ageless))
  const overall = (timed + 0.5) / (sumOf(counts, 'days') + 30)
  const gone = sumOf(counts, 'moved') + sumOf(counts, 'won') + sumOf(counts, 'lost')
  const losses = (sumOf(counts, 'lost') + 0.5) / (gone + 1)
  const byBin = bins.map((_, bin) =>
    shrunkRate(
      sum(left.map((own) => own[bin] as number)),
      sum(counts.map(({ days }) => days[bin] as number)),
      overall,
    ),
  )
  counts.forEach((own, place) => {
    const leaving = left[place] as number[]
    const stage = shrunkRate(sum(leaving) + own.ageless, sum(own.days), overall)
    const { prior, strength } = priorSplit(places, place, losses, withTemplate)
    const split = shrunkSplit([sum(own.moved), sum(own.won), sum(own.lost)], prior, strength)
    for (let bin = 0; bin < unaged; bin += 1) {
      const margin = (stage * (byBin[bin] as number)) / overall
      const rate = Math.min(
        0.95,
        shrunkRate(leaving[bin] as number, own.days[bin] as number, margin),
      )
      const [moved, won, lost] = shrunkSplit(waysIn(own, bin), split, SPLIT_OF_BIN)
      const from = cell(place, bins[bin] as number)
      const to = cell(place, 0) + Math.min(bins[bin + 1] ?? AGES, AGES)
      hazards.moved.fill(rate * (moved as number), from, to)
      hazards.won.fill(rate * (won as number), from, to)
      hazards.lost.fill(rate * (lost as number), from, to)
    }
  })
  return hazards
}

/**
 * Learns hazards from what was seen by the end of a day. With fewer than 10 closed deals, the templates are
 * used; from 10, each stage has one rate; from 30, rates depend on age. Deals imported with only an outcome
 * are left out if at least 30 others are closed.
 * @param force `template`: only the template; `own`: only the book's deals, however few.
 */
export function fitHazards(seen: Seen, force?: 'own' | 'template'): Hazards {
  const { won, lost } = seen.standing
  if (force === 'template' || (force === undefined && won + lost < FEWEST_CLOSED)) {
    return templateHazards(seen)
  }
  const closedWithWay = sumOf(seen.withWay, 'won') + sumOf(seen.withWay, 'lost')
  return ownHazards(seen, {
    byAge: won + lost >= FEWEST_FOR_BINS,
    leaveOut: closedWithWay >= FEWEST_FOR_BINS,
    withTemplate: force === undefined,
  })
}
