import type { Db } from '../book/store/db.ts'
import type { Process } from './processes.ts'
import { placeRow } from './rows/process.ts'
import { addStage, stageCalled } from './stages.ts'

/** The stage that comes before another one in the dictionary; null if that is the first. */
async function before(db: Db, stageId: number): Promise<number | null> {
  const row = await db
    .selectFrom('stages')
    .select('id')
    .where('position', '<', (eb) =>
      eb.selectFrom('stages').select('position').where('id', '=', stageId),
    )
    .orderBy('position', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}

/** The number of a stage by its whole name; what the dictionary lacks is added next to its neighbour. */
async function stageNamed(db: Db, process: Process, name: string, index: number): Promise<number> {
  const existing = await stageCalled(db, name)
  if (existing !== undefined) return existing
  const [earlier, later] = [process.stages[index - 1], process.stages[index]]
  if (earlier) return addStage(db, name, earlier.stageId)
  return addStage(db, name, later && (await before(db, later.stageId)))
}

/**
 * Puts a stage into a process, before the one that stands at `index` (counted from 0). The order of the
 * others stays, so that nothing changes for deals that are in the process. Returns its number, and
 * enters it in `process`.
 */
export async function placeStage(
  db: Db,
  process: Process,
  name: string,
  index: number,
): Promise<number> {
  const stageId = await stageNamed(db, process, name, index)
  const position = process.stages[index]?.position ?? (process.stages.at(-1)?.position ?? 0) + 1
  await db
    .updateTable('process_stages')
    .set((eb) => ({ position: eb('position', '+', 1) }))
    .where('process_id', '=', process.id)
    .where('position', '>=', position)
    .execute()
  await db
    .insertInto('process_stages')
    .values(placeRow({ processId: process.id, stageId, position }))
    .execute()
  for (const stage of process.stages.slice(index)) stage.position += 1
  process.stages.splice(index, 0, {
    stageId,
    name,
    position,
    probability: null,
    limitDays: null,
    task: null,
    retired: false,
  })
  return stageId
}
