import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { Cell, Row } from '../domain/table.ts'
import { plainFrame } from '../reports/family/plain.ts'
import { open } from '../reports/open/index.ts'
import type { Scope } from '../reports/scope.ts'

/** The open funnel of a day: one row per stage, and their sums. */
interface DealState {
  rows: Row[]
  totals: Row
}

async function openOn(db: Db, scope: Scope, asOf: Day): Promise<DealState> {
  const { rows, totals } = await plainFrame(open, db, { ...scope, asOf })
  return { rows, totals: totals ?? {} }
}

/** A difference; a stage without a row had nothing in it. */
function change(now: Cell | undefined, then: Cell | undefined): number {
  return Number(now ?? 0) - Number(then ?? 0)
}

function compared(now: Row, then: Row): Row {
  return {
    stage: now.stage ?? then.stage ?? null,
    deals: now.deals ?? 0,
    deals_change: change(now.deals, then.deals),
    amount: now.amount ?? 0,
    amount_change: change(now.amount, then.amount),
    over_limit: now.overdue ?? 0,
  }
}

/** The open funnel by stage, with what has changed since an earlier day. */
export async function openFunnel(db: Db, scope: Scope, before: Day): Promise<DealState> {
  const then = await openOn(db, scope, before)
  const now = await openOn(db, scope, scope.asOf)
  const earlier = new Map(then.rows.map((row) => [row.stage, row]))
  const gone = then.rows.filter((row) => !now.rows.some(({ stage }) => stage === row.stage))
  return {
    rows: [
      ...now.rows.map((row) => compared(row, earlier.get(row.stage ?? null) ?? {})),
      ...gone.map((row) => compared({}, row)),
    ],
    totals: compared(now.totals, then.totals),
  }
}
