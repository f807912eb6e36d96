import { everWon } from '../../domain/chance/ever-won.ts'
import { fitHazards } from '../../domain/chance/hazards.ts'
import { WON } from '../../domain/chance/stay-counts.ts'
import { openOn, type Selection, sum } from './deals-on-day.ts'
import { type Ledger, NEVER } from './ledger.ts'
import { seenOn } from './seen-on.ts'

/** A chance that was given, and whether the deal was won. */
export interface Judged {
  chance: number
  won: boolean
}

/** Similar chances, and what became of their deals. Shares. */
interface ReliabilityBin {
  count: number
  /** Of the chances that were given. */
  least: number
  most: number
  mean: number
  won: number
}

/** How chances came true. */
export interface Calibration {
  bins: ReliabilityBin[]
  /** Expected calibration error: Σ count × |mean chance − share won| ÷ Σ count. Null without any. */
  error: number | null
  /** Mean squared difference between chance and outcome (1 won, 0 lost). Null without any. */
  brier: number | null
  /** The Brier score of giving all of them the share that was won. */
  brierOfShare: number | null
}

const BINS = 10

/**
 * How chances came true, in up to ten bins of as many chances each, the lowest first. 0.2 and 0.4, the
 * second of which was won, have a Brier score of (0.04 + 0.36) / 2 = 0.2; in one bin they are off by
 * |0.3 − 0.5| = 0.2 (Murphy, 1973; Naeini and others, Obtaining well calibrated probabilities, 2015).
 */
export function calibrationOf(judged: readonly Judged[], most = BINS): Calibration {
  const sorted = judged.toSorted((a, b) => a.chance - b.chance)
  const { length } = sorted
  const count = Math.min(most, length)
  const shareWon = (some: readonly Judged[]): number =>
    some.filter(({ won }) => won).length / some.length
  const bins = Array.from({ length: count }, (_, bin): ReliabilityBin => {
    const from = Math.round((bin * length) / count)
    const own = sorted.slice(from, Math.round(((bin + 1) * length) / count))
    return {
      count: own.length,
      least: (own[0] as Judged).chance,
      most: (own.at(-1) as Judged).chance,
      mean: sum(own.map(({ chance }) => chance)) / own.length,
      won: shareWon(own),
    }
  })
  if (length === 0) return { bins, error: null, brier: null, brierOfShare: null }
  const share = shareWon(sorted)
  return {
    bins,
    error: sum(bins.map((bin) => bin.count * Math.abs(bin.mean - bin.won))) / length,
    brier: sum(sorted.map(({ chance, won }) => (chance - Number(won)) ** 2)) / length,
    brierOfShare: share * (1 - share),
  }
}

/** What the chances of a book are judged by. */
export interface PastChances {
  judged: Judged[]
  /** Days on which chances were given, in days since 1970, earliest first. */
  days: number[]
  /** Among the chances given then, those of deals that are still open. */
  undecided: number
}

const STEP = 30
const MOST_DAYS = 24

/** The largest share of deals still open: with more, the decided ones would be just the quick ones. */
const MOST_UNDECIDED = 0.1

/** When each deal was closed for good, and whether it was won; `NEVER` if it is open. */
function endsOf(ledger: Ledger): { day: Int32Array; won: Uint8Array } {
  const ends = {
    day: new Int32Array(ledger.dealId.length),
    won: new Uint8Array(ledger.dealId.length),
  }
  ledger.visitDeal.forEach((deal, v) => {
    ends.day[deal] = (ledger.visitExit[v] as number) >= WON ? (ledger.visitTo[v] as number) : NEVER
    ends.won[deal] = ledger.visitExit[v] === WON ? 1 : 0
  })
  return ends
}

/**
 * The chances that open deals had on past days, each learnt from what was known then, and what became of
 * the deals by a day: every 30 days back from it, while at least 10 deals were closed; at most 24 days,
 * and none from which more than a tenth of the deals are still open.
 */
export function pastChances(ledger: Ledger, day: number, wish: Selection): PastChances {
  const ends = endsOf(ledger)
  const past: PastChances = { judged: [], days: [], undecided: 0 }
  const first = ledger.visitFrom.reduce((least, at) => Math.min(least, at), NEVER)
  for (let then = day - STEP; then > first && past.days.length < MOST_DAYS; then -= STEP) {
    const open = openOn(ledger, then, wish)
    const decided = Array.from(open.deal, (deal) => (ends.day[deal] as number) <= day)
    const undecided = decided.filter((is) => !is).length
    if (open.deal.length === 0 || undecided > MOST_UNDECIDED * open.deal.length) continue
    const hazards = fitHazards(seenOn(ledger, then))
    if (hazards.ladder === 'template') break
    const chanceOf = everWon(hazards)
    past.days.unshift(then)
    past.undecided += undecided
    open.deal.forEach((deal, at) => {
      if (!decided[at]) return
      const chance = chanceOf(open.place[at] as number, open.age[at] as number)
      past.judged.push({ chance, won: ends.won[deal] === 1 })
    })
  }
  return past
}
