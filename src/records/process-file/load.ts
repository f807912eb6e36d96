import type { ProcessKind } from '../../book/schema/processes.ts'
import type { Db } from '../../book/store/db.ts'
import { requirementText } from '../../domain/stage-requirement.ts'
import { listProcesses, loadProcess, stageRules } from '../processes.ts'

/** A stage of a process, as the file has it. */
export interface StageEntry {
  stage: string
  /** 0…1. */
  probability: number | null
  limit_days: number | null
  task: string | null
  /** An owner; null is the owner of the deal, as it is where the one who was named is retired. */
  who: string | null
  demands: string[]
  /** Is it only kept for deals that were there? */
  retired: boolean
}

/** A process, as the file has it. */
export interface ProcessEntry {
  name: string
  kind: ProcessKind
  asks_need: boolean
  default: boolean
  retired: boolean
  stages: StageEntry[]
}

/** The processes of a book in the order in which they were added, and its stages in the order of reports. */
export interface ProcessFile {
  processes: ProcessEntry[]
  stages: { name: string; retired: boolean }[]
}

async function stageEntries(db: Db, processId: number): Promise<StageEntry[]> {
  const entries: StageEntry[] = []
  for (const stage of (await loadProcess(db, processId)).stages) {
    const { doer, requirements } = await stageRules(db, processId, stage.stageId)
    entries.push({
      stage: stage.name,
      probability: stage.probability,
      limit_days: stage.limitDays,
      task: stage.task,
      who: doer,
      demands: requirements.map(requirementText),
      retired: stage.retired,
    })
  }
  return entries
}

/** What is to be in a file of processes. */
export async function processFile(db: Db): Promise<ProcessFile> {
  const processes: ProcessEntry[] = []
  for (const { id, default: isDefault } of await listProcesses(db)) {
    const { name, kind, asksNeed, retired } = await loadProcess(db, id)
    const stages = await stageEntries(db, id)
    processes.push({ name, kind, asks_need: asksNeed, default: isDefault, retired, stages })
  }
  const stages = await db
    .selectFrom('stages')
    .select(['name', 'retired'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  return {
    processes,
    stages: stages.map(({ name, retired }) => ({ name, retired: retired === 1 })),
  }
}
