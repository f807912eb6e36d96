import { type Ledger, LOST, MOVED, WON } from './ledger.ts'
import { outcomesOn } from './deals-on-day.ts'
import { binEnds, tally } from './tally.ts'

/** Ages in days at which a bin begins; a stay older than the last is in the last. */
export const AGE_BINS = [0, 7, 14, 28, 56, 112, 224]

/** The oldest age told apart from others. */
export const OLDEST = 224

/** Closed deals below which the book has no rates of its own, and no bins. */
const FEWEST_CLOSED = 10
const FEWEST_FOR_BINS = 30

/** Where rates come from: the templates, one rate a stage, or rates by age. */
export type Ladder = 'template' | 'one-rate' | 'by-age'

// Strength of the prior, in events: for rates of leaving, and for the way of leaving.
const KAPPA = 3
const SPLIT_OF_PLACE = 2
const SPLIT_OF_TEMPLATE = 8
const SPLIT_OF_BIN = 8

// An assumption for books with almost no closed deals: a deal is decided in 60 days on average.
const DAYS_TO_CLOSE = 60

/**
 * What happens to a deal on a day, by place and age in days: the chances to be moved, won or lost
 * (at `place * (OLDEST + 1) + age`), and where it is moved to (`targets[place]`, summing to 1).
 */
export interface Hazards {
  ladder: Ladder
  /** Deals that came with an outcome only were left out. */
  leavesOut: boolean
  /** Closed deals that tell nothing of how long one takes. */
  untimed: number
  moved: Float64Array
  won: Float64Array
  lost: Float64Array
  targets: { place: number; share: number }[][]
}

const AGES = OLDEST + 1

/** Where a place and age stand in the columns of hazards. */
export function cell(place: number, age: number): number {
  return place * AGES + Math.min(age, OLDEST)
}

/** The stage after a place in its process; −1 after the last, and where there are no stages. */
export function nextPlace(ledger: Ledger, place: number): number {
  const here = ledger.places[place]
  const next = ledger.places[place + 1]
  const follows = next && here && next.processId === here.processId
  return follows && here.stageId !== null && next.stageId !== null ? place + 1 : -1
}

/** Where moves go: as they went, and half a move to the next place. */
function targetsOf(ledger: Ledger, moves: readonly Map<number, number>[]): Hazards['targets'] {
  return moves.map((seen, place) => {
    const counts = new Map(seen)
    const next = nextPlace(ledger, place)
    if (next >= 0) counts.set(next, (counts.get(next) ?? 0) + 0.5)
    const moved = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return [...counts].map(([target, count]) => ({ place: target, share: count / moved }))
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

/**
 * Hazards by template, an assumption: a deal is decided at one rate, (closed + 1) / (days open + 60) of
 * deals whose days are known, and then won with the chance that the template gives its stage.
 */
function templateHazards(ledger: Ledger, day: number): Hazards {
  const { won, lost } = outcomesOn(ledger, day)
  const { exposure, ageless, untimed } = tally(ledger, day, [0], false)
  const days =
    total(exposure, 0, 1, exposure.length) + total(ageless.exposure, 0, 1, exposure.length)
  const hazards = emptyHazards(ledger.places.length, 'template', { untimed, leavesOut: false })
  const rate = (won + lost - untimed + 1) / (days + DAYS_TO_CLOSE)
  ledger.places.forEach(({ template }, place) => {
    const chance = Math.min(0.99, Math.max(0.01, template ?? (won + 0.5) / (won + lost + 1)))
    hazards.won.fill(rate * chance, cell(place, 0), cell(place, 0) + AGES)
    hazards.lost.fill(rate * (1 - chance), cell(place, 0), cell(place, 0) + AGES)
    hazards.targets.push([])
  })
  return hazards
}

function total(column: Float64Array, first: number, step: number, count: number): number {
  let sum = 0
  for (let index = 0; index < count; index += 1) sum += column[first + index * step] as number
  return sum
}

/** A rate per day drawn to a prior rate: the mean of Gamma(events + κ, days + κ / prior). */
export function shrunkRate(events: number, days: number, prior: number): number {
  return (events + KAPPA) / (days + KAPPA / prior)
}

/** Shares of three ways of leaving, drawn to prior shares of the given strength. */
function shrunkSplit(counts: number[], prior: number[], strength: number): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0) + strength
  return counts.map((count, way) => (count + strength * (prior[way] as number)) / all)
}

/**
 * The share of those leaving a place that go on, by the template: the chance to win from here by that
 * from the next place, 0.4 by 0.5 being 0.8. Null where the template does not say.
 */
function templateOnward(ledger: Ledger, place: number): number | null {
  const next = nextPlace(ledger, place)
  const here = ledger.places[place]?.template ?? null
  const beyond = next < 0 ? 1 : (ledger.places[next]?.template ?? null)
  if (here === null || beyond === null || beyond === 0) return null
  return Math.min(0.98, Math.max(0.02, here / beyond))
}

/** Shares of moved, won and lost before anything is known of a place's deals, and their strength. */
function priorSplit(
  ledger: Ledger,
  place: number,
  losses: number,
  withTemplate: boolean,
): { prior: number[]; strength: number } {
  const template = withTemplate ? templateOnward(ledger, place) : null
  const onward = template ?? 1 - losses
  const last = nextPlace(ledger, place) < 0
  return {
    prior: last ? [0, onward, 1 - onward] : [onward * 0.98, onward * 0.02, 1 - onward],
    strength: template === null ? SPLIT_OF_PLACE : SPLIT_OF_TEMPLATE,
  }
}

/** How the book's own hazards are learnt. */
interface Learning {
  bins: readonly number[]
  /** Leave out deals that came with an outcome only. */
  leaveOut: boolean
  withTemplate: boolean
}

/**
 * Hazards from the book's own visits. Rates of leaving are drawn to stage × age margins and those to
 * the overall rate; the way of leaving (moved, won, lost) is drawn to that of the stage, which is
 * drawn to the template's as if eight deals had said so, or, without one, to the book's share of
 * losses as if two had.
 */
function ownHazards(
  ledger: Ledger,
  day: number,
  { bins, leaveOut, withTemplate }: Learning,
): Hazards {
  const tallied = tally(ledger, day, bins, leaveOut)
  const { exposure, exits, ageless, unaged, moves } = tallied
  const places = ledger.places.length
  const width = bins.length
  const hazards = emptyHazards(places, width === 1 ? 'one-rate' : 'by-age', {
    untimed: tallied.untimed,
    leavesOut: leaveOut,
  })
  hazards.targets = targetsOf(ledger, moves)
  const all = exits[0].map(
    (moved, at) => moved + (exits[1][at] as number) + (exits[2][at] as number),
  )
  const events = total(all, 0, 1, all.length)
  const timed = events + total(ageless.exits, 0, 1, places)
  const days = total(exposure, 0, 1, all.length) + total(ageless.exposure, 0, 1, places)
  const overall = (timed + 0.5) / (days + 30)
  const unknown = unaged.map((column) => total(column, 0, 1, places))
  const lost = total(exits[2], 0, 1, all.length) + (unknown[LOST - 1] as number)
  const losses = (lost + 0.5) / unknown.reduce((left, count) => left + count, events + 1)
  const byBin = bins.map((_, bin) =>
    shrunkRate(total(all, bin, width, places), total(exposure, bin, width, places), overall),
  )
  for (let place = 0; place < places; place += 1) {
    const first = place * width
    const stage = shrunkRate(
      total(all, first, 1, width) + (ageless.exits[place] as number),
      total(exposure, first, 1, width) + (ageless.exposure[place] as number),
      overall,
    )
    const { prior, strength } = priorSplit(ledger, place, losses, withTemplate)
    const split = shrunkSplit(
      exits.map((column, way) => total(column, first, 1, width) + (unaged[way]?.[place] as number)),
      prior,
      strength,
    )
    for (let bin = 0; bin < width; bin += 1) {
      const at = first + bin
      const margin = (stage * (byBin[bin] as number)) / overall
      const rate = Math.min(0.95, shrunkRate(all[at] as number, exposure[at] as number, margin))
      const ways = shrunkSplit(
        exits.map((column) => column[at] as number),
        split,
        SPLIT_OF_BIN,
      )
      const from = cell(place, bins[bin] as number)
      const to = cell(place, 0) + Math.min(binEnds(bins)[bin] as number, AGES)
      hazards.moved.fill(rate * (ways[MOVED - 1] as number), from, to)
      hazards.won.fill(rate * (ways[WON - 1] as number), from, to)
      hazards.lost.fill(rate * (ways[LOST - 1] as number), from, to)
    }
  }
  return hazards
}

/** Closed deals whose way is known, at the end of a day. */
function closedWithWay(ledger: Ledger, day: number): number {
  let closed = 0
  for (let v = 0; v < ledger.visitDeal.length; v += 1) {
    const known = ledger.outcomeOnly[ledger.visitDeal[v] as number] === 0
    if (known && (ledger.visitTo[v] as number) <= day && (ledger.visitExit[v] as number) >= WON)
      closed += 1
  }
  return closed
}

/**
 * Learns hazards from what was known at the end of a day. Under 10 closed deals the templates speak;
 * from 10 each stage has one rate, from 30 rates by age. Deals that came with an outcome only are
 * left out as long as 30 others are closed.
 * @param force `template`: the template alone; `own`: the book's deals alone, however few.
 */
export function fitHazards(ledger: Ledger, day: number, force?: 'own' | 'template'): Hazards {
  const { won, lost } = outcomesOn(ledger, day)
  if (force === 'template' || (force === undefined && won + lost < FEWEST_CLOSED)) {
    return templateHazards(ledger, day)
  }
  const bins = won + lost < FEWEST_FOR_BINS ? [0] : AGE_BINS
  return ownHazards(ledger, day, {
    bins,
    leaveOut: closedWithWay(ledger, day) >= FEWEST_FOR_BINS,
    withTemplate: force === undefined,
  })
}
