import { sql } from 'kysely'
import { countsOf, DealCounts } from '../book/stays/counts.ts'
import type { Db } from '../book/store/db.ts'
import { countStay, OPEN } from '../domain/chance/stay-counts.ts'
import { type Day, daysBetween } from '../domain/day.ts'
import type { DealsAsOf } from './deals-as-of.ts'

/** What the stays that have ended by now came to, as the book keeps it. */
export async function endedStays(db: Db): Promise<DealCounts> {
  const counts = new DealCounts()
  for (const row of await db.selectFrom('stay_counts').selectAll().execute()) {
    counts.put(countsOf(row))
  }
  return counts
}

/** Adds the stays that open deals are in. @param open those deals, as they stand on the day. */
export async function addOpenStays(
  counts: DealCounts,
  open: ReturnType<DealsAsOf>,
  asOf: Day,
): Promise<void> {
  const cells = await open
    .select([
      'd.process_id as process',
      'd.stage_id as stage',
      'd.stage_since as since',
      'd.since_known as known',
      sql<number>`count(*)`.as('deals'),
      sql<number>`sum(d.outcome_only)`.as('outcomeOnly'),
    ])
    .groupBy(['d.process_id', 'd.stage_id', 'd.stage_since', 'd.since_known'])
    .execute()
  for (const { process, stage, since, known, deals, outcomeOnly } of cells) {
    const days = daysBetween(since, asOf) + 1
    const count = (isOutcomeOnly: boolean, times: number): void => {
      if (times === 0) return
      const { stays } = counts.at(process, stage ?? 0, isOutcomeOnly)
      countStay(stays, days, OPEN, known === 0, false, 0, times)
    }
    count(false, deals - outcomeOnly)
    count(true, outcomeOnly)
  }
}
