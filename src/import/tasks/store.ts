import type { Database } from 'better-sqlite3'
import type { Selectable } from 'kysely'
import { rowAdder, rowChanger } from '../../book/put.ts'
import type { TasksTable } from '../../book/schema/work.ts'
import { STANDING } from '../../book/undo.ts'
import type { Day } from '../../domain/day.ts'
import { taskRow } from '../../records/rows/task.ts'
import type { Origin } from '../outcome.ts'
import type { TaskTold } from './changes.ts'

type TaskRow = Selectable<TasksTable>

/** What a task is about. */
export interface About {
  clientId: number | null
  dealId: number | null
  stageId: number | null
}

/** Changes of a task in which neither it nor a file came: somebody has worked on it. */
const BY_HAND = `
  SELECT 1 FROM journal j JOIN operations o ON o.id = j.operation_id
  WHERE j.table_name = 'tasks' AND j.row_id = :id AND ${STANDING} AND NOT EXISTS (
    SELECT 1 FROM operation_inserts i WHERE i.operation_id = o.id AND (i.table_name = 'imports'
      OR (i.table_name = 'tasks' AND :id BETWEEN i.first_id AND i.last_id)))
  LIMIT 1`

/** The tasks of a book, as an import of tasks reads and writes them. */
export function taskStore(raw: Database) {
  const add = rowAdder(raw, 'tasks')
  const byId = raw.prepare('SELECT * FROM tasks WHERE id = ?')
  const byHand = raw.prepare(BY_HAND).pluck()
  const same = raw.prepare(
    `SELECT * FROM tasks WHERE client_id IS ? AND deal_id IS ? AND stage_id IS NULL AND text = ?
       AND due IS ? ORDER BY id LIMIT 1 OFFSET ?`,
  )
  const ofStage = raw.prepare('SELECT * FROM tasks WHERE deal_id = ? AND stage_id = ? ORDER BY id')
  return {
    get: (id: number) => byId.get(id) as TaskRow,
    /** The task of no stage of that client or deal, text and day; of several the one at a place. */
    find: ({ clientId, dealId }: About, text: string, due: Day | null, place: number) =>
      same.get(clientId, dealId, text, due, place) as TaskRow | undefined,
    ofStage: (deal: number, stage: number) => ofStage.all(deal, stage) as TaskRow[],
    isByHand: (id: number) => byHand.get({ id }) !== undefined,
    add(about: About, told: TaskTold, { importId, row, today }: Origin): void {
      const followUp = about.dealId === null || about.stageId !== null ? 0 : told.followUp
      const { added, closed, ...task } = told
      const origin = { importId: importId(), row }
      add(
        taskRow({ ...task, ...about, followUp, closedOn: closed, addedOn: added ?? today, origin }),
      )
    },
    change: rowChanger(raw, 'tasks'),
  }
}
