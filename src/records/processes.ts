import type { Db } from '../book/store/db.ts'
import type { ProcessKind } from '../book/schema/processes.ts'
import {
  type Requirement,
  storeRequirements,
  storedRequirements,
} from '../domain/stage-requirement.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName } from '../domain/name.ts'
import { nameColumns, nameTaken } from './dictionaries.ts'
import { chosenProcess } from './default-process.ts'
import { find } from './lookup.ts'
import { placeRow, processRow } from './rows/process.ts'
import { addStage } from './stages.ts'
import { rebuildDealStates } from './project-deal.ts'

/** A stage as one process has it. */
export interface ProcessStage {
  stageId: number
  name: string
  position: number
  probability: number | null
  limitDays: number | null
  task: string | null
  retired: boolean
}

/** Who does a stage's task, and what the stage asks for. */
export interface StageRules {
  /** An owner; null is the owner of the deal. */
  doerId: number | null
  doer: string | null
  /** What is required before a deal leaves the stage. */
  demands: Requirement[]
}

/** A kind of deal with its stages, in order. */
export interface Process {
  id: number
  name: string
  kind: ProcessKind
  /** Must the client's need be known when a deal is opened? */
  asksNeed: boolean
  /** Are no new deals to be opened in it? */
  retired: boolean
  stages: ProcessStage[]
}

/** The stages of processes, in order, with the process each belongs to; retired places included. */
function stagesQuery(db: Db) {
  return db
    .selectFrom('process_stages as ps')
    .innerJoin('stages as s', 's.id', 'ps.stage_id')
    .select([
      'ps.process_id as processId',
      'ps.stage_id as stageId',
      's.name as name',
      'ps.position as position',
      'ps.probability as probability',
      'ps.limit_days as limitDays',
      'ps.task as task',
      'ps.retired as retired',
    ])
    .orderBy('ps.position')
}

/** A process with its stages. */
export async function loadProcess(db: Db, id: number): Promise<Process> {
  const {
    asksNeed,
    retired: isRetired,
    ...process
  } = await db
    .selectFrom('processes')
    .select(['id', 'name', 'kind', 'asks_need as asksNeed', 'retired'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const stages = await stagesQuery(db).where('ps.process_id', '=', id).execute()
  return {
    ...process,
    asksNeed: asksNeed === 1,
    retired: isRetired === 1,
    stages: stages.map(({ processId: _, retired, ...stage }) => ({
      ...stage,
      retired: retired === 1,
    })),
  }
}

const NO_RULES: StageRules = { doerId: null, doer: null, demands: [] }

/** The rules of one stage of a process; none for a stage that it never had. */
export async function stageRules(
  db: Db,
  processId: number,
  stageId: number | null,
): Promise<StageRules> {
  if (stageId === null) return NO_RULES
  const row = await db
    .selectFrom('process_stages as ps')
    // Whoever is retired gets no more tasks: the deal's owner does.
    .leftJoin('owners as o', (join) =>
      join.onRef('o.id', '=', 'ps.doer_id').on('o.retired', '=', 0),
    )
    .select(['o.id as doerId', 'o.name as doer', 'ps.demands as demands'])
    .where('ps.process_id', '=', processId)
    .where('ps.stage_id', '=', stageId)
    .executeTakeFirst()
  return row ? { ...row, demands: storedRequirements(row.demands) } : NO_RULES
}

/** The stages that deals can enter now. */
export function activeStages(process: Process): ProcessStage[] {
  return process.stages.filter((stage) => !stage.retired)
}

/** @throws Fault `usage` where the process has no such stage. */
export function requireStage(process: Process, stageId: number): void {
  const stages = activeStages(process)
  if (stages.some((stage) => stage.stageId === stageId)) return
  if (process.kind === 'plain') {
    const hint = 'close it with funnel win DEAL or funnel lose DEAL'
    throw new Fault('usage', `the process ${process.name} has no stages`, hint)
  }
  const names = stages.map((stage) => stage.name).join(', ')
  throw new Fault('usage', `the process ${process.name} has no such stage`, `it has: ${names}`)
}

/** The process that deals are opened in where none is named: the book's default, else the first. */
export async function defaultProcess(db: Db): Promise<number> {
  const chosen = await chosenProcess(db)
  if (chosen) return chosen.id
  const row = await db
    .selectFrom('processes')
    .select('id')
    .where('retired', '=', 0)
    .orderBy('id')
    .executeTakeFirst()
  if (!row) throw new Fault('not-found', 'every process is retired', 'see: funnel process list')
  return row.id
}

/** A stage of a process as it is written on the command line: `Proposal=40%`, 0…1 inside. */
export interface StagePlan {
  name: string
  /** Undefined leaves the probability as it is. */
  probability?: number
}

/**
 * The order of a process's stages once some are taken out: those that stay as `now` says, each one
 * taken out right after the stage that it followed. `[1, 2, 3, 4]` and now `[1, 4, 5]` is
 * `[1, 2, 3, 4, 5]`.
 */
function withRetired(before: readonly number[], now: readonly number[]): number[] {
  const order = [...now]
  let after = -1
  for (const stage of before) {
    if (!now.includes(stage)) order.splice(after + 1, 0, stage)
    after = order.indexOf(stage)
  }
  return order
}

/**
 * The number of each stage of a plan, by its whole name or its number. What the dictionary lacks is
 * added to it behind the stage before.
 */
async function stagesOf(db: Db, plans: StagePlan[]): Promise<{ ids: number[]; made: string[] }> {
  const ids: number[] = []
  const made: string[] = []
  for (const { name } of plans) {
    const known = await stageNamed(db, name)
    if (known === undefined) made.push(tidyName(name))
    ids.push(known ?? (await addStage(db, name, ids.at(-1))))
  }
  if (new Set(ids).size < ids.length) {
    throw new Fault('usage', 'a stage can stand in a process only once')
  }
  return { ids, made }
}

async function stageNamed(db: Db, name: string): Promise<number | undefined> {
  if (/^#?\d+$/.test(name)) return (await find(db, 'stage', name)).id
  const row = await db
    .selectFrom('stages')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  return row?.id
}

async function setStages(db: Db, processId: number, plans: StagePlan[]): Promise<string[]> {
  const { ids: now, made } = await stagesOf(db, plans)
  const before = await stagesQuery(db).where('ps.process_id', '=', processId).execute()
  const order = withRetired(
    before.map(({ stageId }) => stageId),
    now,
  )
  for (const [index, stageId] of order.entries()) {
    const plan = plans[now.indexOf(stageId)]
    const place = { position: index + 1, retired: plan ? (0 as const) : (1 as const) }
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
  if (kind !== 'plain' && stages?.length === 0) {
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

/** What a process says of one of its stages; what is left out stays as it is. */
export interface StageSettings {
  probability?: number | null
  limitDays?: number | null
  task?: string | null
  doerId?: number | null
  demands?: Requirement[]
}

/**
 * Changes what a process says of a stage: from now on, and not for tasks that are open already.
 * @throws Fault `usage` where the process has no such stage.
 */
export async function editStage(
  db: Db,
  processId: number,
  stageId: number,
  { probability, limitDays, task, doerId, demands }: StageSettings,
): Promise<void> {
  requireStage(await loadProcess(db, processId), stageId)
  const set = {
    ...(probability === undefined ? {} : { probability }),
    ...(limitDays === undefined ? {} : { limit_days: limitDays }),
    ...(task === undefined ? {} : { task: task === null ? null : tidyName(task) || null }),
    ...(doerId === undefined ? {} : { doer_id: doerId }),
    ...(demands === undefined ? {} : { demands: storeRequirements(demands) }),
  }
  await db
    .updateTable('process_stages')
    .set(set)
    .where('process_id', '=', processId)
    .where('stage_id', '=', stageId)
    .execute()
}

/** Every process, with how many stages and open deals it has. */
export async function listProcesses(db: Db) {
  const rows = await db
    .selectFrom('processes as p')
    .select((eb) => [
      'p.id',
      'p.name',
      'p.kind',
      'p.retired',
      eb
        .selectFrom('process_stages as ps')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('ps.process_id', '=', 'p.id')
        .where('ps.retired', '=', 0)
        .$asScalar()
        .as('stages'),
      eb
        .selectFrom('deals as d')
        .select((count) => count.fn.countAll<number>().as('n'))
        .whereRef('d.process_id', '=', 'p.id')
        .where('d.closed_on', 'is', null)
        .$asScalar()
        .as('open_deals'),
    ])
    .orderBy('p.id')
    .execute()
  const usual = await defaultProcess(db).catch(() => null)
  return rows.map((row) => ({ ...row, retired: row.retired === 1, default: row.id === usual }))
}
