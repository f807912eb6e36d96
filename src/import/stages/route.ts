import type { Db } from '../../book/store/db.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import {
  activeStages,
  defaultProcess,
  listProcesses,
  loadProcess,
  type Process,
} from '../../records/processes.ts'
import type { Creatable } from '../names.ts'
import type { ImportPlan } from '../plan.ts'
import { MOST_STAGES, orderStages, withOpen, type SeenStage, type StageOrder } from './order.ts'
import type { StageGroup } from './seen.ts'

/** Stages of a file that the process of its deals lacks, with what may be done about it. */
interface ForeignStages {
  /** The process that deals without one would be opened in; null if it has no stages at all. */
  usual: string | null
  stages: string[]
  /** The stages of that process, which some of the file's may be under another name. */
  offered: string[]
  /** What a process made from them would be called. */
  name: string
}

/** Which stage some of the file's are. */
type StageMeanings = { from: string; to: string }[]

/** Asks a person what to do: returns the name of a process that they go into, new or known; or what they are. */
export type AskProcess = (foreign: ForeignStages) => Promise<string | StageMeanings>

/** Which processes a file's stages go into; a history has its deals' processes, and one order for all. */
export interface StageRoute {
  /** The process of deals whose row names none; undefined is the book's usual one. */
  process: string | undefined
  /** The file's order of the stages of each process, by the key of its name. */
  orders: ReadonlyMap<string, StageOrder>
  /** The order of all that the file names. */
  order: StageOrder
  create: ReadonlySet<Creatable>
  /** Did nobody name the process, so that it is called after the file? */
  isOwnName: boolean
  /** Which stages those of the file are, if a person has said so: the file is then to be looked at again. */
  meanings?: StageMeanings
  notes: string[]
}

function hasAll(process: Process, stages: readonly SeenStage[]): boolean {
  const names = new Set(process.stages.map(({ name }) => nameKey(name)))
  return stages.every(({ name }) => names.has(nameKey(name)))
}

function hasSome(process: Process, stages: readonly SeenStage[]): boolean {
  const names = new Set(process.stages.map(({ name }) => nameKey(name)))
  return stages.some(({ name }) => names.has(nameKey(name)))
}

/** What the file is called, as the name of a process: `Deals` from deals.csv. */
function titleOf(file: string): string {
  if (file === 'stdin') return 'Import'
  const words = tidyName(file.replace(/\.\w{1,5}$/, '').replaceAll(/[_-]+/g, ' '))
  return words === '' ? 'Import' : words.charAt(0).toUpperCase() + words.slice(1)
}

/** The file's name, numbered if the book has such a process that has none of its stages. */
function ownName(file: string, stages: readonly SeenStage[], known: readonly Process[]): string {
  const title = titleOf(file)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? title : `${title} ${number}`
    const same = known.find((process) => nameKey(process.name) === nameKey(name))
    if (!same) return name
    if (!same.retired && same.kind !== 'plain' && hasSome(same, stages)) return name
  }
}

interface Unnamed {
  process: string | undefined
  isOwnName?: true
  isAnswer?: true
  meanings?: StageMeanings
  notes?: string[]
}

/** The process of rows that name none, if the person named none either. */
async function routeUnnamed(
  db: Db,
  plan: ImportPlan,
  stages: readonly SeenStage[],
  ask: AskProcess | null,
): Promise<Unnamed> {
  const usualId = await defaultProcess(db)
  const ids = (await listProcesses(db)).map(({ id }) => id)
  const processes = await Promise.all(ids.map((id) => loadProcess(db, id)))
  const usual = processes.find(({ id }) => id === usualId)
  const name = ownName(plan.name, stages, processes)
  const own = processes.find((process) => nameKey(process.name) === nameKey(name))
  const fitting = [own, usual, ...processes.filter(({ retired }) => !retired)].find(
    (process) => process !== undefined && hasAll(process, stages),
  )
  if (fitting) {
    if (fitting === usual) return { process: undefined }
    const note = `deals go into the process ${fitting.name}, which has the file's stages (--process names another)`
    return { process: fitting.name, notes: [note] }
  }
  const lacking = stages.filter((stage) => !usual || !hasAll(usual, [stage]))
  if (ask) {
    const names = lacking.map((stage) => stage.name)
    const open = usual && usual.kind !== 'plain' ? usual : null
    const offered = open ? activeStages(open).map((stage) => stage.name) : []
    const answer = await ask({ usual: open?.name ?? null, stages: names, offered, name })
    if (typeof answer !== 'string') return { process: undefined, meanings: answer }
    return { process: answer, isAnswer: true }
  }
  const mayMake = plan.create.has('processes') && stages.length < MOST_STAGES
  return mayMake ? { process: name, isOwnName: true } : { process: undefined }
}

/** The stages of several groups, each once. */
function together(groups: readonly StageGroup[]): SeenStage[] {
  const stages = new Map<string, SeenStage>()
  for (const stage of groups.flatMap((group) => group.stages)) {
    const key = nameKey(stage.name)
    const earlier = stages.get(key)
    stages.set(
      key,
      earlier?.chance === null ? { ...earlier, chance: stage.chance } : (earlier ?? stage),
    )
  }
  return [...stages.values()]
}

/**
 * Which processes a list of deals goes into. A row's own process is followed, then the one that the
 * person named. Without either, a process of the book that has all the file's stages takes
 * them: the one named like the file, the usual one, or any other. If none has, the person
 * is asked; with nobody to ask, a process is made from the stages if that is allowed.
 */
export async function routeStages(
  db: Db,
  plan: ImportPlan,
  groups: readonly StageGroup[],
  ask: AskProcess | null,
): Promise<StageRoute> {
  const unnamed = groups.find(({ process, stages }) => process === null && stages.length > 0)
  const found: Unnamed =
    plan.kind === 'deals' && plan.process === undefined && unnamed
      ? await routeUnnamed(db, plan, unnamed.stages, ask)
      : { process: plan.process }
  const byProcess = new Map<string, StageGroup[]>()
  for (const group of groups) {
    const process = group.process ?? found.process
    if (process === undefined) continue
    const key = nameKey(process)
    byProcess.set(key, [...(byProcess.get(key) ?? []), group])
  }
  const create = found.isAnswer ? ([...plan.create, 'processes', 'stages'] as const) : plan.create
  return {
    process: found.process,
    orders: new Map(
      [...byProcess].map(([key, some]) => {
        const open = some.flatMap((group) => group.open)
        return [key, withOpen(orderStages(together(some)), open)]
      }),
    ),
    order: orderStages(together(groups)),
    create: new Set(create),
    isOwnName: found.isOwnName ?? false,
    ...(found.meanings && { meanings: found.meanings }),
    notes: found.notes ?? [],
  }
}

/** Stages that a process of the book lacks, with those that it has. */
interface LackingStages {
  stages: string[]
  offered: string[]
}

/**
 * What processes that rows or the person name lack of the file's stages, as long as nothing may add them.
 * Rows that name no process, and processes that the book lacks, are not looked at.
 */
export async function lackingStages(
  db: Db,
  plan: ImportPlan,
  groups: readonly StageGroup[],
): Promise<LackingStages[]> {
  if (plan.create.has('stages')) return []
  const known = new Map((await listProcesses(db)).map(({ id, name }) => [nameKey(name), id]))
  const found: LackingStages[] = []
  for (const group of groups) {
    const id = known.get(nameKey(group.process ?? plan.process ?? ''))
    if (id === undefined) continue
    const process = await loadProcess(db, id)
    const stages = group.stages.filter((stage) => !hasAll(process, [stage]))
    const offered = activeStages(process).map(({ name }) => name)
    if (stages.length > 0 && offered.length > 0) {
      found.push({ stages: stages.map(({ name }) => name), offered })
    }
  }
  return found
}
