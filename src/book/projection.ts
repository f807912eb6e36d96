import type { Selectable } from 'kysely'
import type { Db } from './store/db.ts'
import type { EventsTable, StateColumns } from './schema/deals.ts'
import { currencyDigits, type Money } from '../domain/money.ts'
import { converted } from '../domain/rate.ts'
import type { DealEvent, DealState, StageRanks } from '../domain/deal-state.ts'

type EventRow = Selectable<EventsTable>

/** What events may leave out. */
export interface Unstated {
  day_known?: EventRow['day_known'] | undefined
  currency?: EventRow['currency'] | undefined
  rate?: EventRow['rate'] | undefined
}

/** Turns a stored event into a domain event. */
export function toDealEvent(
  row: Omit<EventRow, 'deal_id' | 'recorded_at' | 'note' | keyof Unstated> & Unstated,
): DealEvent {
  const { id, at } = row
  const terms = {
    amount: row.amount,
    cost: row.cost,
    ownerId: row.owner_id,
    expectedClose: row.expected_close,
    chance: row.chance,
    currency: row.currency ?? null,
  }
  const { currency = null, rate = null } = row
  switch (row.kind) {
    case 'opened':
      return {
        id,
        at,
        kind: 'opened',
        stageId: row.stage_id,
        terms,
        dayKnown: row.day_known !== 0,
      }
    case 'amended':
      return { id, at, kind: 'amended', terms, rate }
    case 'moved':
      return { id, at, kind: 'moved', stageId: row.stage_id ?? 0 }
    case 'lost':
      return { id, at, kind: 'lost', reasonId: row.reason_id, currency, rate }
    case 'won':
      return { id, at, kind: 'won', currency, rate }
    case 'reopened':
      return { id, at, kind: 'reopened' }
  }
}

/** Amount and cost of a deal in the book's currency, as far as that is settled, and in its own if that is another. */
function amountColumns({ currency, amount, cost, rate }: DealState, digits: number) {
  if (currency === null) return { amount, cost, own_amount: null, own_cost: null }
  const decimals = { from: currencyDigits(currency), to: digits }
  const settled = (own: Money | null): Money | null =>
    own === null || rate === null ? null : converted(own, rate, decimals)
  return { amount: settled(amount), cost: settled(cost), own_amount: amount, own_cost: cost }
}

/** A state as the columns of `deals` that hold it. @param digits decimals of the book's currency. */
export function stateColumns(state: DealState, digits: number): StateColumns {
  const { amount, cost, own_amount: ownAmount, own_cost: ownCost } = amountColumns(state, digits)
  // Listed one by one: to spread them takes an import of deals a tenth longer.
  return {
    amount,
    cost,
    own_amount: ownAmount,
    own_cost: ownCost,
    currency: state.currency,
    rate: state.rate,
    owner_id: state.ownerId,
    expected_close: state.expectedClose,
    chance: state.chance,
    status: state.status,
    stage_id: state.stageId,
    furthest_stage_id: state.furthestStageId,
    stage_since: state.stageSince,
    opened_on: state.openedOn,
    opened_known: state.openedKnown ? 1 : 0,
    since_known: state.sinceKnown ? 1 : 0,
    closed_on: state.closedOn,
    reason_id: state.reasonId,
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
