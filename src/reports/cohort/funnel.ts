import { type Share, share } from '../../domain/share.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import { type FunnelStage, placesIn } from '../stage-order.ts'

/** Deals opened in a period that are alike. */
export interface CohortCell {
  /** Null for deals of a process without stages. */
  furthestStageId: number | null
  status: DealStatus
  /** Deals, or an amount of them. */
  value: number
}

/** What has become, so far, of the deals of a cohort that reached a stage. */
export interface CohortStage {
  reached: number
  passed: number
  lost: number
  /** Not beyond the stage and not lost: what becomes of them is not known yet. */
  open: number
  /** passed / reached: what has passed already. */
  at_least: Share | null
  /** (passed + open) / reached: what will have passed if everything open does. */
  at_most: Share | null
  /** Those that were won in the end. */
  won: number
}

/**
 * The funnel of deals opened together. For stage i: reached = those won, or whose furthest stage is i
 * or later; passed = reached at the next stage, or won at the last; the rest are either lost or
 * open, so that reached = passed + lost + open. The step's conversion lies between what has passed
 * already and what will have passed if everything open does.
 *
 * With stages A, B and 2 won, 1 lost in A, 3 open in A, 1 open in B: A is reached by 7, passed by 3,
 * lost by 1, open 3, between 3/7 and 6/7.
 */
export function cohortFunnel(
  cells: readonly CohortCell[],
  stages: readonly FunnelStage[],
): CohortStage[] {
  const rank = placesIn(stages)
  const staged = cells.filter(({ furthestStageId }) => furthestStageId !== null)
  const placeOf = ({ furthestStageId, status }: CohortCell): number =>
    status === 'won' ? stages.length : rank(furthestStageId)
  const add = (some: readonly CohortCell[]) => some.reduce((sum, cell) => sum + cell.value, 0)
  const won = add(staged.filter(({ status }) => status === 'won'))
  return stages.map((_, index) => {
    const reached = add(staged.filter((cell) => placeOf(cell) >= index))
    const passed = add(staged.filter((cell) => placeOf(cell) > index))
    const here = staged.filter((cell) => placeOf(cell) === index)
    const lost = add(here.filter(({ status }) => status === 'lost'))
    const open = reached - passed - lost
    return {
      reached,
      passed,
      lost,
      open,
      at_least: share(passed, reached),
      at_most: share(passed + open, reached),
      won,
    }
  })
}
