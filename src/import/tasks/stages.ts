import type { Store } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'
import type { NamedDeal } from '../deal-names.ts'
import { noStage } from '../no-stage.ts'

/** Finds the stages that rows name, among those of the process of their deal. */
export function stageNames(store: Store) {
  const find = store
    .prepare(
      `SELECT s.id FROM process_stages ps JOIN stages s ON s.id = ps.stage_id
       WHERE ps.process_id = ? AND s.name_key = ?`,
    )
    .pluck()
  const all = store
    .prepare(
      `SELECT s.name FROM process_stages ps JOIN stages s ON s.id = ps.stage_id
       WHERE ps.process_id = ? AND ps.retired = 0 ORDER BY ps.position`,
    )
    .pluck()
  /** @throws Fault `usage` if the process has no stage of the name. */
  return ({ process_id: process, process: name }: NamedDeal, stage: string): number => {
    const found = find.get(process, nameKey(stage)) as number | undefined
    if (found !== undefined) return found
    throw noStage(name, stage, all.all(process) as string[])
  }
}
