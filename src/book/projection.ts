import type { Selectable } from 'kysely'
import type { Db } from './store/db.ts'
import type { EventsTable, StandingColumns } from './schema/deals.ts'
import type { DealEvent, Standing, StageRanks } from '../domain/standing.ts'

type EventRow = Selectable<EventsTable>

/** An event as it is stored, as the event it stands for. */
export function toDealEvent(
  row: Omit<EventRow, 'deal_id' | 'recorded_at' | 'note' | 'day_known'> & { day_known?: 0 | 1 },
): DealEvent {
  const base = { id: row.id, at: row.at }
  const terms = {
    amount: row.amount,
    cost: row.cost,
    ownerId: row.owner_id,
    expectedClose: row.expected_close,
  }
  switch (row.kind) {
    case 'opened':
      return {
        ...base,
        kind: 'opened',
        stageId: row.stage_id,
        terms,
        dayKnown: row.day_known !== 0,
      }
    case 'amended':
      return { ...base, kind: 'amended', terms }
    case 'moved':
      return { ...base, kind: 'moved', stageId: row.stage_id ?? 0 }
    case 'lost':
      return { ...base, kind: 'lost', reasonId: row.reason_id }
    case 'won':
    case 'reopened':
      return { ...base, kind: row.kind }
  }
}

/** A standing as the columns of `deals` that project it. */
export function standingColumns(standing: Standing): StandingColumns {
  return {
    amount: standing.amount,
    cost: standing.cost,
    owner_id: standing.ownerId,
    expected_close: standing.expectedClose,
    status: standing.status,
    stage_id: standing.stageId,
    furthest_stage_id: standing.furthestStageId,
    stage_since: standing.stageSince,
    opened_on: standing.openedOn,
    opened_known: standing.openedKnown ? 1 : 0,
    since_known: standing.sinceKnown ? 1 : 0,
    closed_on: standing.closedOn,
    reason_id: standing.reasonId,
  }
}

/** The order of the stages of every process, by the process's id. */
export async function stageRanks(db: Db): Promise<Map<number, StageRanks>> {
  const rows = await db
    .selectFrom('process_stages')
    .select(['process_id', 'stage_id', 'position'])
    .execute()
  const ranks = new Map<number, Map<number, number>>()
  for (const row of rows) {
    const stages = ranks.get(row.process_id) ?? new Map<number, number>()
    stages.set(row.stage_id, row.position)
    ranks.set(row.process_id, stages)
  }
  return ranks
}

const NO_STAGES: StageRanks = new Map()

/** The ranks of one process's stages; none for a process without stages. */
export function ranksOf(all: Map<number, StageRanks>, processId: number): StageRanks {
  return all.get(processId) ?? NO_STAGES
}
