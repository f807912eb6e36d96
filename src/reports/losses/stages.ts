import { adjustedPValues } from '../../domain/statistics/false-discovery.ts'
import { standardisedResiduals } from '../../domain/statistics/residuals.ts'
import { FALSE_DISCOVERIES } from '../chance.ts'

/** What is lost for one reason at one stage. */
export interface StageLoss {
  stage: number
  reason: number
  deals: number
  amount: number
  /** The deals among them known to have been lost there; only they are tested. */
  placed: number
}

/** What it is compared with: what chance would give. */
interface Tested {
  /** The deals to expect if reasons did not depend on stages; null with one stage or reason. */
  expected: number | null
  /** Standardised residual: how far the deals are from that. */
  residual: number | null
  /** p-value, adjusted for all cells together; null if there is too little to tell. */
  p_adjusted: number | null
  /** More than by chance; null if there is too little to tell. */
  over: boolean | null
}

/** Fewer expected deals than this are too few for a normal residual (Cochran, Biometrics 10, 1954). */
const FEWEST_EXPECTED = 5

/**
 * Which reasons weigh more at a stage than elsewhere: the table of stages × reasons by standardised
 * residuals, all cells that can be tested held to a false discovery rate of 10 % together.
 * @param losses one for each stage and reason that occur, the numbers being their places.
 */
export function testLosses<L extends StageLoss>(
  losses: readonly L[],
  stages: number,
  reasons: number,
): (L & Tested)[] {
  const placeOf = (stage: number, reason: number): number => stage * reasons + reason
  const placed = new Map(losses.map((loss) => [placeOf(loss.stage, loss.reason), loss.placed]))
  const counts = Array.from({ length: stages }, (_row, stage) =>
    Array.from({ length: reasons }, (_cell, reason) => placed.get(placeOf(stage, reason)) ?? 0),
  )
  const residuals = standardisedResiduals(counts)
  const residual = (stage: number, reason: number) => residuals[stage]?.[reason] ?? null
  const places = counts.flatMap((row, stage) => row.map((_, reason) => ({ stage, reason })))
  const tested = places.map(({ stage, reason }) => {
    const cell = residual(stage, reason)
    return cell && cell.expected >= FEWEST_EXPECTED ? cell.p : null
  })
  const adjusted = adjustedPValues(tested)
  return losses.map((loss) => {
    const cell = residual(loss.stage, loss.reason)
    const p = adjusted[placeOf(loss.stage, loss.reason)] ?? null
    return {
      ...loss,
      expected: cell?.expected ?? null,
      residual: cell?.residual ?? null,
      p_adjusted: p,
      over: p === null || !cell ? null : p <= FALSE_DISCOVERIES && cell.residual > 0,
    }
  })
}
