import type { Database } from 'better-sqlite3'
import { VisitCounter } from '../../../domain/visits.ts'

type Step = Parameters<VisitCounter['step']>

/**
 * Defines what SQLite's own aggregates do slowly over millions of rows: it groups by sorting, and
 * knows the row before only by windows. Each gives JSON.
 *
 * - `tally(a, b, …)`: how often rows have the same values, as `[[[a, b, …], count], …]`. One group of
 *   `GROUP BY a, b, …` is one item; for few groups of many rows.
 * - `visits(deal, stage, day, first, last)`: the `VisitCourse`s of deals' steps, which have to come in
 *   the order that `VisitCounter` asks for.
 */
export function defineAggregates(raw: Database): void {
  const safe = { deterministic: true, directOnly: true }
  raw.aggregate<Map<string, number>>('tally', {
    ...safe,
    varargs: true,
    start: () => new Map(),
    step(counts, ...values: unknown[]) {
      const key = JSON.stringify(values)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    result: (counts) => `[${[...counts].map(([key, count]) => `[${key},${count}]`).join()}]`,
  })
  const step = (visits: VisitCounter, ...[deal, stage, day, first, last]: Step): void =>
    visits.step(deal, stage, day, first, last)
  raw.aggregate<VisitCounter>('visits', {
    ...safe,
    varargs: true,
    start: () => new VisitCounter(),
    // The types know of aggregates of one value only.
    step: step as (visits: VisitCounter) => void,
    result: (visits) => JSON.stringify(visits.finish()),
  })
}
