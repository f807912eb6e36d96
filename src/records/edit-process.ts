import type { ProcessKind } from '../book/schema/processes.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { withOthers } from '../domain/lists.ts'
import { tidyName } from '../domain/name.ts'
import { type Requirement, storeRequirements } from '../domain/stage-requirement.ts'
import { nameColumns, nameTaken } from './dictionaries.ts'
import { find } from './lookup.ts'
import { loadProcess, requireStage, stagesQuery } from './processes.ts'
import { rebuildDealStates } from './project-deal.ts'
import { placeRow, processRow } from './rows/process.ts'
import { addStage, stageCalled } from './stages.ts'

/** A stage of a process as it is written on the command line: `Proposal=40%`, 0…1 inside. */
export interface StagePlan {
  name: string
  /** Undefined leaves the probability as it is. */
  probability?: number
  /** Is it only kept in its place, for deals that were there? */
  retired?: boolean
}

/**
 * The number of each stage of a plan, by its whole name or its number. What the dictionary lacks is added to
 * it after the preceding stage.
 */
async function stagesOf(db: Db, plans: StagePlan[]): Promise<{ ids: number[]; made: string[] }> {
  const ids: number[] = []
  const made: string[] = []
  for (const { name } of plans) {
    const existing = /^#?\d+$/.test(name)
      ? (await find(db, 'stage', name)).id
      : await stageCalled(db, name)
    if (existing === undefined) made.push(tidyName(name))
    ids.push(existing ?? (await addStage(db, name, ids.at(-1))))
  }
  if (new Set(ids).size < ids.length) {
    throw new Fault('usage', 'a stage can be in a process only once')
  }
  return { ids, made }
}

const isActive = (plan: StagePlan | undefined): boolean => plan !== undefined && !plan.retired

/**
 * Gives a process its stages. Those it has besides are retired, each right after the stage that it followed.
 */
async function setStages(db: Db, processId: number, plans: StagePlan[]): Promise<string[]> {
  const { ids: now, made } = await stagesOf(db, plans)
  const before = await stagesQuery(db).where('ps.process_id', '=', processId).execute()
  const order = withOthers(
    before.map(({ stageId }) => stageId),
    now,
  )
  for (const [index, stageId] of order.entries()) {
    const plan = plans[now.indexOf(stageId)]
    const place = { position: index + 1, retired: isActive(plan) ? (0 as const) : (1 as const) }
    const chance = plan?.probability === undefined ? {} : { probability: plan.probability }
    await db
      .insertInto('process_stages')
      .values({
        ...placeRow({ processId, stageId, position: place.position }),
        ...place,
        ...chance,
      })
      .onConflict((conflict) =>
        conflict.columns(['process_id', 'stage_id']).doUpdateSet({ ...place, ...chance }),
      )
      .execute()
  }
  return made
}

function requireStages(kind: ProcessKind, stages: StagePlan[] | undefined): void {
  if (kind === 'plain' && stages?.length) {
    throw new Fault('usage', 'a plain process has no stages', 'use --kind guided or --kind free')
  }
  if (kind !== 'plain' && stages?.some(isActive) === false) {
    throw new Fault('usage', `a ${kind} process needs stages`, 'give them with --stages "A, B, C"')
  }
}

/** Adds a process with its stages in order. Returns its number, and the stages made for it. */
export async function addProcess(
  db: Db,
  name: string,
  kind: ProcessKind,
  stages: StagePlan[],
  asksNeed = false,
): Promise<{ id: number; made: string[] }> {
  requireStages(kind, stages)
  try {
    const { id } = await db
      .insertInto('processes')
      .values(processRow(nameColumns(name).name, kind, asksNeed))
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, made: await setStages(db, id, stages) }
  } catch (error) {
    throw nameTaken(error, 'process', name)
  }
}

/**
 * Gives a process other stages, or another order. Stages left out are retired in their place: deals
 * that stand in them stay there, and funnels list them where they stood. The events of its deals stay as they are; what follows from the order of the
 * stages (each deal's furthest stage) is worked out again. Returns the stages made for it.
 */
export async function editStages(db: Db, id: number, stages: StagePlan[]): Promise<string[]> {
  const { kind } = await loadProcess(db, id)
  requireStages(kind, stages)
  const made = await setStages(db, id, stages)
  await rebuildDealStates(db, id)
  return made
}

/** A process's settings for one of its stages; what is left out stays as it is. */
export interface StageSettings {
  probability?: number | null | undefined
  limitDays?: number | null | undefined
  task?: string | null | undefined
  doerId?: number | null | undefined
  requirements?: Requirement[] | undefined
}

/**
 * Changes a process's settings for a stage: from now on, and not for tasks that are already open.
 * @throws Fault `usage` if the process has no such stage.
 */
export async function editStage(
  db: Db,
  processId: number,
  stageId: number,
  settings: StageSettings,
): Promise<void> {
  requireStage(await loadProcess(db, processId), stageId)
  await changePlace(db, processId, stageId, settings)
}

/** The same, also for a stage that is retired there. */
export async function changePlace(
  db: Db,
  processId: number,
  stageId: number,
  { probability, limitDays, task, doerId, requirements }: StageSettings,
): Promise<void> {
  const set = {
    ...(probability === undefined ? {} : { probability }),
    ...(limitDays === undefined ? {} : { limit_days: limitDays }),
    ...(task === undefined ? {} : { task: task === null ? null : tidyName(task) || null }),
    ...(doerId === undefined ? {} : { doer_id: doerId }),
    ...(requirements === undefined ? {} : { demands: storeRequirements(requirements) }),
  }
  if (Object.keys(set).length === 0) return
  await db
    .updateTable('process_stages')
    .set(set)
    .where('process_id', '=', processId)
    .where('stage_id', '=', stageId)
    .execute()
}
