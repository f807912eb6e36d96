import type { Database } from 'better-sqlite3'
import type { Selectable } from 'kysely'
import type { TasksTable } from '../../book/schema/work.ts'
import { STANDING } from '../../book/undo.ts'
import type { Day } from '../../domain/day.ts'
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

const INSERT = `
  INSERT INTO tasks (client_id, deal_id, stage_id, owner_id, text, due, status, closed_on, result,
    repeat, repeat_from, follow_up, added_on, import_id, import_row)
  VALUES (:clientId, :dealId, :stageId, :ownerId, :text, :due, :status, :closed, :result,
    :repeat, :repeatFrom, :followUp, :added, :importId, :row)`

/** The tasks of a book, as an import of tasks reads and writes them. */
export function taskStore(raw: Database) {
  const insert = raw.prepare(INSERT)
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
    add(
      { clientId, dealId, stageId }: About,
      told: TaskTold,
      { importId, row, today }: Origin,
    ): void {
      const followUp = dealId === null || stageId !== null ? 0 : told.followUp
      insert.run({
        ...told,
        added: told.added ?? today,
        clientId,
        dealId,
        stageId,
        followUp,
        importId: importId(),
        row,
      })
    },
    change(id: number, set: Partial<TaskRow>): void {
      const columns = Object.keys(set)
      const assigned = columns.map((column) => `${column} = ?`).join(', ')
      raw.prepare(`UPDATE tasks SET ${assigned} WHERE id = ?`).run(...Object.values(set), id)
    },
  }
}
