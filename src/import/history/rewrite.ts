import type { Store } from '../../book/store/store.ts'
import { stateColumns } from '../../book/projection.ts'
import { rowAdder, rowChanger } from '../../book/store/put.ts'
import { Fault } from '../../domain/fault.ts'
import type { DealState } from '../../domain/deal-state.ts'
import type { Process } from '../../records/processes.ts'
import { eventAdder, stateAfter, type FileEvent } from '../events.ts'

/**
 * Replaces the events of deals with those given, and writes where they stand then.
 * A deal known only by its outcome stays out of all counts of stages.
 * Returns why the events cannot follow one another, in which case nothing is written; else null.
 */
export function eventWriter(
  store: Store,
  { recordedAt, digits }: { recordedAt: string; digits: number },
): (
  dealId: number,
  fileEvents: readonly FileEvent[],
  process: Process,
  isOutcomeOnly: boolean,
) => string | null {
  const forget = store.prepare('DELETE FROM events WHERE deal_id = ?')
  const addEvents = eventAdder(rowAdder(store, 'events'), recordedAt)
  const stand = rowChanger(store, 'deals')
  return (id, fileEvents, { stages }, isOutcomeOnly) => {
    const ranks = new Map(stages.map(({ stageId, position }) => [stageId, position]))
    let state: DealState
    try {
      state = stateAfter(fileEvents, ranks)
    } catch (error) {
      if (error instanceof Fault) return error.message
      throw error
    }
    forget.run(id)
    addEvents(id, fileEvents)
    stand(id, { ...stateColumns(state, digits), outcome_only: isOutcomeOnly ? 1 : 0 })
    return null
  }
}
