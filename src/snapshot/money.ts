import type { Book } from '../book/open.ts'
import { addDays, type Day, monthEnd } from '../domain/day.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, Row } from '../domain/table.ts'
import { forecastReport } from '../forecast/periods.ts'
import { notSimulated } from '../reports/set-chances.ts'
import type { SnapshotRequest } from './request.ts'

/** Every snapshot uses the same draws. */
const SEED = 1

/** Money expected by the end of a month, in minor units. */
export interface Expected {
  by: Day
  wonSoFar: number
  /** What is still to come: the mean, and what it exceeds in 9 and in 1 of 10 cases. */
  coming: { mean: number; p10: number; p90: number }
  /** How far the forecast can be trusted, and what it cannot say yet. */
  notes: string[]
}

function toMinor(decimal: unknown, { digits }: Currency): number {
  return Math.round(Number(decimal) * 10 ** digits)
}

/** What comes in by the end of the month in which the snapshot is read, with its range. */
export async function expectedMoney(
  book: Book,
  { scope, readOn, measure }: SnapshotRequest,
): Promise<Expected> {
  const by = monthEnd(readOn)
  const { currency } = scope.settings
  const isLastDay = by <= scope.asOf
  // On a month's last day nothing is to come; the forecast still shows what was won in it.
  const to = isLastDay ? monthEnd(addDays(by, 1)) : by
  const { head, sections, notes, early, setByHand } = await forecastReport(book, {
    scope,
    measure,
    to,
    by: 'month',
    openOnly: false,
    force: undefined,
    seed: SEED,
    changes: [],
    backtest: false,
    backtestFirst: false,
    chart: false,
  })
  const total: Row = sections[0]?.footer ?? {}
  const figure = (cell: Cell | undefined): number => (isLastDay ? 0 : Number(cell ?? 0))
  // Won from the first day of the month that holds the day before the first one to come.
  const isSameMonth = by.slice(0, 7) === scope.asOf.slice(0, 7)
  return {
    by,
    wonSoFar: isSameMonth ? toMinor(head.won_so_far, currency) : 0,
    coming: { mean: figure(total.mean), p10: figure(total.p10), p90: figure(total.p90) },
    notes: [...notes.slice(0, 1), ...(early === null ? [] : [early]), ...notSimulated(setByHand)],
  }
}

/** The expected money as rows: won so far, still to come, and both. */
export function expectedRows({ by, wonSoFar, coming }: Expected): Row[] {
  const sum = (value: number): number => value + wonSoFar
  return [
    { what: 'won this month so far', mean: wonSoFar, p10: null, p90: null },
    { what: 'still to come', ...coming },
    {
      what: `by ${by}`,
      mean: sum(coming.mean),
      p10: sum(coming.p10),
      p90: sum(coming.p90),
    },
  ]
}
