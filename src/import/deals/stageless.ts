import type { Db } from '../../book/store/db.ts'
import { activeStages, loadProcess } from '../../records/processes.ts'
import { projectDeal } from '../../records/project-deal.ts'

/** A deal that named no stage, in a process that is made from the file. */
export interface Stageless {
  id: number
  processId: number
  /** The first stage at that time, which the deal got. */
  first: number | undefined
}

/** Such deals count from the first stage of the process, once the file has named all its stages. */
export async function placeStageless(db: Db, stageless: readonly Stageless[]): Promise<void> {
  const firsts = new Map<number, number | undefined>()
  for (const processId of new Set(stageless.map((deal) => deal.processId))) {
    firsts.set(processId, activeStages(await loadProcess(db, processId))[0]?.stageId)
  }
  for (const { id, processId, first: before } of stageless) {
    const first = firsts.get(processId)
    if (first === undefined || first === before) continue
    await db
      .updateTable('events')
      .set({ stage_id: first })
      .where('deal_id', '=', id)
      .where('kind', '=', 'opened')
      .execute()
    await projectDeal(db, id)
  }
}
