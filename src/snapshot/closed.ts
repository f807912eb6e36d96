import type { Db } from '../book/store/db.ts'
import type { Period } from '../domain/period.ts'
import { closed } from '../reports/closed/index.ts'
import { plainFrame } from '../reports/family/plain.ts'
import type { Scope } from '../reports/scope.ts'

/** The outcome of a period as `funnel report closed` counts it; amounts in minor units. */
export async function closedTotals(
  db: Db,
  scope: Scope,
  period: Period,
): Promise<{ won: number; lost: number; amountWon: number; profitWon: number }> {
  const { totals } = await plainFrame(closed, db, scope, period)
  const figure = (key: string): number => Number(totals?.[key] ?? 0)
  return {
    won: figure('won'),
    lost: figure('lost'),
    amountWon: figure('amount_won'),
    profitWon: figure('profit_won'),
  }
}
