import type { Db } from '../book/store/db.ts'
import type { ProcessKind } from '../book/schema/processes.ts'
import { type Requirement, storedRequirements } from '../domain/stage-requirement.ts'
import { Fault } from '../domain/fault.ts'
import { chosenProcess } from './default-process.ts'

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
  requirements: Requirement[]
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
export function stagesQuery(db: Db) {
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

const NO_RULES: StageRules = { doerId: null, doer: null, requirements: [] }

/** The rules of one stage of a process; none for a stage that it never had. */
export async function stageRules(
  db: Db,
  processId: number,
  stageId: number | null,
): Promise<StageRules> {
  if (stageId === null) return NO_RULES
  const row = await db
    .selectFrom('process_stages as ps')
    // Retired owners get no more tasks: the deal's owner does.
    .leftJoin('owners as o', (join) =>
      join.onRef('o.id', '=', 'ps.doer_id').on('o.retired', '=', 0),
    )
    .select(['o.id as doerId', 'o.name as doer', 'ps.demands as demands'])
    .where('ps.process_id', '=', processId)
    .where('ps.stage_id', '=', stageId)
    .executeTakeFirst()
  if (!row) return NO_RULES
  const { doerId, doer, demands } = row
  return { doerId, doer, requirements: storedRequirements(demands) }
}

/** The stages that deals can enter now. */
export function activeStages(process: Process): ProcessStage[] {
  return process.stages.filter((stage) => !stage.retired)
}

/** @throws Fault `usage` if the process has no such stage. */
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
