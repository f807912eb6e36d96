import type { Db } from '../../book/store/db.ts'
import type { Period } from '../../domain/period.ts'
import type { Scope } from '../scope.ts'
import type { Ask, Frame, ReportSpec } from './declare.ts'

/** What a report is asked if only its scope and its period matter. */
export function plainAsk(db: Db, scope: Scope, period: Period): Ask {
  const nothing = { by: null, measure: 'deals' as const, charts: false, own: {} }
  return { db, scope, today: scope.asOf, period, ...nothing }
}

/** A report's figures, for other pages that show some of them. */
export function plainFrame(
  spec: ReportSpec,
  db: Db,
  scope: Scope,
  period: Period = { from: null, to: scope.asOf },
): Promise<Frame> {
  return spec.frame(plainAsk(db, scope, period))
}
