import type { Store } from '../../book/store/store.ts'
import type { Selectable } from 'kysely'
import { rowAdder, rowChanger } from '../../book/store/put.ts'
import type { TasksTable } from '../../book/schema/work.ts'
import { NOT_UNDONE } from '../../book/undo.ts'
import type { Day } from '../../domain/day.ts'
import { taskRow } from '../../records/rows/task.ts'
import type { Origin } from '../outcome.ts'
import type { TaskInFile } from './changes.ts'

type TaskRow = Selectable<TasksTable>

/** What a task is about. */
export interface About {
  clientId: number | null
  dealId: number | null
  stageId: number | null
}

/** Changes of a task that neither created it nor came from a file: somebody has worked on it. */
const BY_HAND = `
  SELECT 1 FROM journal j JOIN operations o ON o.id = j.operation_id
  WHERE j.table_name = 'tasks' AND j.row_id = :id AND ${NOT_UNDONE} AND NOT EXISTS (
    SELECT 1 FROM operation_inserts i WHERE i.operation_id = o.id AND (i.table_name = 'imports'
      OR (i.table_name = 'tasks' AND :id BETWEEN i.first_id AND i.last_id)))
  LIMIT 1`

function keyOf(text: string, due: Day | null): string {
  return `${due ?? ''} ${text}`
}

function keep(ids: Map<string, number[]>, text: string, due: Day | null, id: number): void {
  const key = keyOf(text, due)
  const sameKey = ids.get(key)
  if (sameKey) sameKey.push(id)
  else ids.set(key, [id])
}

/** The tasks of a book, as an import of tasks reads and writes them. */
export function taskStore(store: Store) {
  const add = rowAdder(store, 'tasks')
  const byId = store.prepare('SELECT * FROM tasks WHERE id = ?')
  const byHand = store.prepare(BY_HAND).pluck()
  const same = store.prepare(
    `SELECT * FROM tasks WHERE client_id IS NOT DISTINCT FROM ? AND deal_id IS NOT DISTINCT FROM ? AND stage_id IS NULL AND text = ?
       AND due IS NOT DISTINCT FROM ? ORDER BY id LIMIT 1 OFFSET ?`,
  )
  // There is no index for tasks without a client.
  const loose = store
    .prepare(
      `SELECT text, due, id FROM tasks
       WHERE client_id IS NULL AND deal_id IS NULL AND stage_id IS NULL ORDER BY id`,
    )
    .raw()
  let looseIds: Map<string, number[]> | undefined
  const withoutClient = (): Map<string, number[]> => {
    if (looseIds) return looseIds
    looseIds = new Map()
    for (const [text, due, id] of loose.all() as [string, Day | null, number][]) {
      keep(looseIds, text, due, id)
    }
    return looseIds
  }
  const ofStage = store.prepare(
    'SELECT * FROM tasks WHERE deal_id = ? AND stage_id = ? ORDER BY id',
  )
  return {
    get: (id: number) => byId.get(id) as TaskRow,
    /** The task of no stage with that client or deal, text and day; if several, the one at a place. */
    find({ clientId, dealId }: About, text: string, due: Day | null, place: number) {
      if (clientId !== null || dealId !== null) {
        return same.get(clientId, dealId, text, due, place) as TaskRow | undefined
      }
      const id = withoutClient().get(keyOf(text, due))?.[place]
      return id === undefined ? undefined : (byId.get(id) as TaskRow)
    },
    ofStage: (deal: number, stage: number) => ofStage.all(deal, stage) as TaskRow[],
    isByHand: (id: number) => byHand.get({ id }) !== undefined,
    add(about: About, given: TaskInFile, { importId, row, today }: Origin): void {
      const followUp = about.dealId === null || about.stageId !== null ? 0 : given.followUp
      const { added, closed, ...task } = given
      const origin = { importId: importId(), row }
      const columns = { ...task, ...about, followUp, closedOn: closed, addedOn: added ?? today }
      const id = add(taskRow({ ...columns, origin }))
      const isLoose = about.clientId === null && about.dealId === null && about.stageId === null
      if (isLoose && looseIds) keep(looseIds, given.text, given.due, id)
    },
    change: rowChanger(store, 'tasks'),
  }
}
