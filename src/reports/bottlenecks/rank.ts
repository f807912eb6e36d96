import { adjustedPValues } from '../../domain/statistics/false-discovery.ts'
import { fisherExact } from '../../domain/statistics/fisher.ts'
import { newcombeInterval } from '../../domain/statistics/proportions.ts'
import { type Share, share } from '../../domain/share.ts'
import { type ClosedCell, closedFunnel, type Passage } from '../closed/funnel.ts'
import { FALSE_DISCOVERIES, FEWEST_DEALS } from '../chance.ts'
import type { FunnelStage } from '../stage-order.ts'

/** Closed deals that are alike, with how many of them have no amount. */
export interface ProfitCell extends ClosedCell {
  withoutAmount: number
}

/** A closed funnel with what a won deal brings. */
export interface Side {
  stages: { stage: string; deals: Passage }[]
  /** Mean profit of won deals whose amount is known, in minor units; null if there are none. */
  meanProfit: number | null
  /** meanProfit = profit / valued. */
  profit: number
  valued: number
}

/** How a stage's step compares with the other one. */
type Verdict = 'beyond chance' | 'within chance' | 'too few'

/** One stage, of one group or of a period, against what it is compared with. */
export interface Bottleneck {
  stage: string
  /** The stage after it; null after the last, where passing is winning. */
  next: string | null
  /** Null if periods are compared. */
  group: string | null
  reached: number
  passed: number
  /** passed / reached. */
  step: Share | null
  base_reached: number
  base_passed: number
  base_step: Share | null
  /** step − base_step, with its Newcombe 95 % interval. */
  difference: number | null
  low: number | null
  high: number | null
  /** Fisher's exact test, two-sided; null if there are too few deals. */
  p: number | null
  /** The same, adjusted for all cells (Benjamini–Hochberg). */
  p_adjusted: number | null
  verdict: Verdict
  /** The chance that a deal which passes the stage is won in the end. */
  beyond: Share | null
  /** beyond = beyond_won / beyond_passed. */
  beyond_won: number
  beyond_passed: number
  /** mean_profit = profit / valued. */
  profit: number
  valued: number
  /** In minor units. */
  mean_profit: number | null
  /** What the stage costs, in minor units; below zero it brings more. Null if it is not known. */
  cost: number | null
}

/** The funnel and the mean profit of closed deals. */
export function sideOf(cells: readonly ProfitCell[], stages: FunnelStage[]): Side {
  const won = cells.filter((cell) => cell.outcome === 'won' && cell.furthestStageId !== null)
  const add = (key: 'deals' | 'profit' | 'withoutAmount'): number =>
    won.reduce((sum, cell) => sum + cell[key], 0)
  const valued = add('deals') - add('withoutAmount')
  return {
    stages: closedFunnel(cells, stages),
    meanProfit: valued === 0 ? null : add('profit') / valued,
    profit: add('profit'),
    valued,
  }
}

/** All deals except a group's. */
export function othersOf(all: readonly ProfitCell[], group: readonly ProfitCell[]): ProfitCell[] {
  const less = group.map((cell) => ({
    ...cell,
    deals: -cell.deals,
    amount: -cell.amount,
    profit: -cell.profit,
    withoutAmount: -cell.withoutAmount,
  }))
  return [...all, ...less]
}

/** What is compared with what. */
export interface Pair {
  group: string | null
  own: Side
  base: Side
}

const NO_DEALS: Passage = {
  reached: 0,
  passed: 0,
  lost: 0,
  step: null,
  overall: null,
  first: 0,
  won: 0,
}

function cellOf(
  { group, own, base }: Pair,
  { stage, deals: here }: Side['stages'][number],
  at: number,
): Omit<Bottleneck, 'p_adjusted' | 'verdict'> {
  const there = base.stages[at]?.deals ?? NO_DEALS
  const enough = here.reached >= FEWEST_DEALS && there.reached >= FEWEST_DEALS
  const between = newcombeInterval(
    { successes: here.passed, trials: here.reached },
    { successes: there.passed, trials: there.reached },
  )
  const ahead = here.passed > 0 ? here : there
  const beyond = share(ahead.won, ahead.passed)
  const { meanProfit, profit, valued } = own.meanProfit === null ? base : own
  const isWhole = enough && between !== null && beyond !== null && meanProfit !== null
  return {
    stage,
    next: own.stages[at + 1]?.stage ?? null,
    group,
    reached: here.reached,
    passed: here.passed,
    step: here.step,
    base_reached: there.reached,
    base_passed: there.passed,
    base_step: there.step,
    difference: between?.difference ?? null,
    low: between?.low ?? null,
    high: between?.high ?? null,
    p: enough
      ? fisherExact([
          [here.passed, here.lost],
          [there.passed, there.lost],
        ])
      : null,
    beyond,
    beyond_won: ahead.won,
    beyond_passed: ahead.passed,
    profit,
    valued,
    mean_profit: meanProfit,
    cost: isWhole
      ? Math.round(-between.difference * here.reached * beyond * meanProfit) || 0
      : null,
  }
}

/**
 * Stages by the money they cost, the costliest first:
 * `cost = reached × (base_step − step) × beyond × mean_profit`, where beyond = won / passed is the
 * chance that a deal which passes the stage is won, and mean profit that of a won deal; both are the
 * side's own, or the base's if nothing has passed or been won. 30 deals of which 40 % pass instead
 * of 60 %, half of those that pass are won, at a profit of 1,000: 30 × 0.2 × 0.5 × 1,000 = 3,000.
 *
 * Every cell is tested against its base (Fisher's exact test, two-sided), all cells together held to a
 * false discovery rate of 10 % (Benjamini–Hochberg). Under 10 deals on either side are too few, and
 * the cost is then unknown. Stages that nobody reached are left out.
 */
export function rankBottlenecks(pairs: readonly Pair[]): Bottleneck[] {
  const cells = pairs.flatMap((pair) =>
    pair.own.stages
      .map((stage, at) => cellOf(pair, stage, at))
      .filter(({ reached }) => reached > 0),
  )
  const adjusted = adjustedPValues(cells.map(({ p }) => p))
  return cells
    .map((cell, at): Bottleneck => {
      const p = adjusted[at] ?? null
      const verdict =
        p === null ? 'too few' : p <= FALSE_DISCOVERIES ? 'beyond chance' : 'within chance'
      return { ...cell, p_adjusted: p, verdict }
    })
    .toSorted((a, b) => (b.cost ?? -Infinity) - (a.cost ?? -Infinity))
}
