import { type Share, share } from '../../domain/share.ts'
import { type FunnelStage, placesIn } from '../stage-order.ts'

/** Closed deals that are alike: same outcome, same furthest stage. Amounts in minor units. */
export interface ClosedCell {
  /** Null for deals of a process without stages. */
  furthestStageId: number | null
  outcome: 'won' | 'lost'
  deals: number
  amount: number
  profit: number
}

/** How much of something reached a stage, went on from it, was lost there. */
export interface Passage {
  reached: number
  passed: number
  lost: number
  /** passed / reached; null if nothing reached it. */
  step: Share | null
  /** reached / reached at the first stage. */
  overall: Share | null
  /** Reached at the first stage. */
  first: number
  /** What reached it and was won in the end; the rest was lost here or further down. */
  won: number
}

/** One stage of a closed funnel. */
export interface ClosedStage {
  stage: string
  deals: Passage
  amount: Passage
  profit: Passage
}

/**
 * What passed each stage, from what reached it: passed = reached at the next stage, or won at the
 * last; lost = reached − passed; step = passed / reached; overall = reached / reached at the first.
 */
function passages(reached: readonly number[], won: number): Passage[] {
  const [first = 0] = reached
  return reached.map((here, index) => {
    const passed = reached[index + 1] ?? won
    return {
      reached: here,
      passed,
      lost: here - passed,
      step: share(passed, here),
      overall: share(here, first),
      first,
      won,
    }
  })
}

/**
 * The funnel of closed deals. For stage i: reached = won deals + lost deals whose furthest stage is
 * i or later, and from that what `passages` says, by number, by amount and by profit. So the number
 * reached never grows down the funnel, and a won deal reached every stage.
 *
 * With stages A, B and 3 won, 2 lost in A, 1 lost in B: A is reached by 6, passed by 4 (step 2/3);
 * B is reached by 4, passed by 3 (step 3/4, overall 4/6).
 * @param cells deals of processes without stages are skipped.
 * @param stages in order, first stage first.
 */
export function closedFunnel(
  cells: readonly ClosedCell[],
  stages: readonly FunnelStage[],
): ClosedStage[] {
  const placeOf = placesIn(stages)
  const staged = cells.filter((cell) => cell.furthestStageId !== null)
  const lost = staged.filter((cell) => cell.outcome === 'lost')
  const by = (what: 'deals' | 'amount' | 'profit'): Passage[] => {
    const add = (some: readonly ClosedCell[]) => some.reduce((sum, cell) => sum + cell[what], 0)
    const won = add(staged.filter((cell) => cell.outcome === 'won'))
    const reached = stages.map(
      (_, index) => won + add(lost.filter((cell) => placeOf(cell.furthestStageId) >= index)),
    )
    return passages(reached, won)
  }
  const [deals, amount, profit] = [by('deals'), by('amount'), by('profit')]
  return stages.map(({ name }, index) => ({
    stage: name,
    deals: deals[index] as Passage,
    amount: amount[index] as Passage,
    profit: profit[index] as Passage,
  }))
}

/**
 * The same for distinct clients: a client reached a stage if any of its closed deals did.
 * @param levels clients by the number of stages reached at least; won ones are past the last.
 */
export function clientFunnel(
  levels: readonly { level: number; clients: number }[],
  stages: number,
): Passage[] {
  const from = (level: number): number =>
    levels.reduce((sum, cell) => sum + (cell.level >= level ? cell.clients : 0), 0)
  return passages(
    Array.from({ length: stages }, (_, index) => from(index + 1)),
    from(stages + 1),
  )
}
