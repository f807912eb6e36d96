import { adjustedPValues } from '../domain/statistics/false-discovery.ts'
import { standardisedResiduals } from '../domain/statistics/residuals.ts'

/** What is lost for one reason at one stage. */
export interface StageLoss {
  stage: number
  reason: number
  deals: number
  amount: number
  /** Those of the deals that are known to have been lost there; only they are tested. */
  placed: number
}

/** The same beside what chance would give. */
export interface TestedLoss extends StageLoss {
  /** Deals that there would be if reasons did not depend on stages; null with one stage or reason. */
  expected: number | null
  /** Standardised residual: how far the deals are from that. */
  residual: number | null
  /** p-value, adjusted for all cells together; null where there is too little to tell. */
  p_adjusted: number | null
  /** More than chance gives; null where there is too little to tell. */
  over: boolean | null
}

/** Fewer expected deals than this are too few for a normal residual (Cochran, Biometrics 10, 1954). */
const FEWEST_EXPECTED = 5

/** Of the cells called over-represented, at most this share is expected to be called so in error. */
const FALSE_DISCOVERIES = 0.1

/**
 * Which reasons weigh more at a stage than elsewhere: the table of stages × reasons by standardised
 * residuals, all cells that can be tested held to a false discovery rate of 10 % together.
 * @param losses one for each stage and reason that occur, the numbers being their places.
 */
export function testLosses(
  losses: readonly StageLoss[],
  stages: number,
  reasons: number,
): TestedLoss[] {
  const counts = Array.from({ length: stages }, () => Array.from({ length: reasons }, () => 0))
  for (const { stage, reason, placed } of losses) {
    const row = counts[stage]
    if (row) row[reason] = (row[reason] ?? 0) + placed
  }
  const residuals = standardisedResiduals(counts)
  const known = (stage: number, reason: number) => residuals[stage]?.[reason] ?? null
  const places = counts.flatMap((row, stage) => row.map((_, reason) => ({ stage, reason })))
  const tested = places.map(({ stage, reason }) => {
    const cell = known(stage, reason)
    return cell && cell.expected >= FEWEST_EXPECTED ? cell.p : null
  })
  const adjusted = adjustedPValues(tested)
  return losses.map((loss) => {
    const cell = known(loss.stage, loss.reason)
    const p = adjusted[loss.stage * reasons + loss.reason] ?? null
    return {
      ...loss,
      expected: cell?.expected ?? null,
      residual: cell?.residual ?? null,
      p_adjusted: p,
      over: p === null || !cell ? null : p <= FALSE_DISCOVERIES && cell.residual > 0,
    }
  })
}
