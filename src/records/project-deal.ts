import type { Db } from '../book/store/db.ts'
import { bookCurrency } from '../book/locale.ts'
import { ranksOf, stageRanks, stateColumns, toDealEvent } from '../book/projection.ts'
import { type DealEvent, inOrder, type DealState, stateOf } from '../domain/deal-state.ts'

/** What happened to a deal, in order. */
export async function loadEvents(db: Db, dealId: number): Promise<DealEvent[]> {
  const rows = await db.selectFrom('events').selectAll().where('deal_id', '=', dealId).execute()
  return inOrder(rows.map(toDealEvent))
}

/**
 * Works out where a deal stands from its events, and writes it down with them.
 * @throws Fault `failed` if an event cannot follow those before it; the caller's transaction then takes the
 *   event back.
 */
export async function projectDeal(db: Db, dealId: number): Promise<DealState> {
  const { process_id: processId } = await db
    .selectFrom('deals')
    .select('process_id')
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const ranks = ranksOf(await stageRanks(db), processId)
  const state = stateOf(await loadEvents(db, dealId), ranks)
  const digits = state.currency === null ? 0 : (await bookCurrency(db)).digits
  const columns = stateColumns(state, digits)
  await db.updateTable('deals').set(columns).where('id', '=', dealId).execute()
  return state
}

/** Projects all deals of a process again, after its stages have changed. */
export async function rebuildDealStates(db: Db, processId: number): Promise<void> {
  const deals = await db
    .selectFrom('deals')
    .select('id')
    .where('process_id', '=', processId)
    .execute()
  for (const { id } of deals) await projectDeal(db, id)
}
