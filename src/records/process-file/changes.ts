import { nameKey } from '../../domain/name.ts'
import type { ProcessEntry, ProcessFile, StageEntry } from './load.ts'

/** A value as a file of processes has it. */
export type FileValue = string | number | boolean | null | string[]

/** Something that a file changed about a process that the book had: of one of its stages, or of itself. */
export interface ProcessChange {
  process: string
  /** Null where it is about the process itself. */
  stage: string | null
  /** As the file calls it; `stages` is which there are and in which order, without those that are retired. */
  field: string
  before: FileValue
  after: FileValue
}

const OF_PROCESS = ['name', 'asks_need', 'default', 'retired'] as const
const OF_STAGE = ['probability', 'limit_days', 'task', 'who', 'demands'] as const

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

function changed<K extends string>(
  keys: readonly K[],
  before: Record<K, FileValue>,
  after: Record<K, FileValue>,
): Pick<ProcessChange, 'field' | 'before' | 'after'>[] {
  return keys
    .filter((field) => !isSame(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }))
}

/** The stages that deals can enter, in order. */
const activeNames = (stages: readonly StageEntry[]): string[] =>
  stages.filter(({ retired }) => !retired).map(({ stage }) => stage)

const places = (stages: readonly StageEntry[]): unknown[] =>
  stages.map(({ stage, retired }) => [nameKey(stage), retired])

function changesOf(before: ProcessEntry, after: ProcessEntry): ProcessChange[] {
  const process = after.name
  const own = changed(OF_PROCESS, before, after)
  const stages = [activeNames(before.stages), activeNames(after.stages)] as const
  const order = isSame(places(before.stages), places(after.stages))
    ? []
    : [{ field: 'stages', before: stages[0], after: stages[1] }]
  const ofStages = after.stages.flatMap((stage) => {
    const was = before.stages.find((one) => nameKey(one.stage) === nameKey(stage.stage))
    if (!was) return []
    return changed(OF_STAGE, was, stage).map((change) => ({
      process,
      stage: stage.stage,
      ...change,
    }))
  })
  return [...[...own, ...order].map((change) => ({ process, stage: null, ...change })), ...ofStages]
}

/** What differs between two states of the processes that both have, by name. */
export function processChanges(before: ProcessFile, after: ProcessFile): ProcessChange[] {
  const known = new Map(before.processes.map((process) => [nameKey(process.name), process]))
  return after.processes.flatMap((process) => {
    const was = known.get(nameKey(process.name))
    return was ? changesOf(was, process) : []
  })
}

/** What a file changed about the stages of a book, by name. */
export interface StageChanges {
  added: string[]
  retired: string[]
  restored: string[]
  /** Are those that the book had in another order now? */
  isReordered: boolean
}

/** What differs between the stages of two states. */
export function stageChanges(before: ProcessFile, after: ProcessFile): StageChanges {
  const was = new Map(before.stages.map((stage) => [nameKey(stage.name), stage]))
  const names = (stages: ProcessFile['stages']): string[] => stages.map(({ name }) => name)
  const kept = after.stages.filter(({ name }) => was.has(nameKey(name)))
  const turned = kept.filter(({ name, retired }) => was.get(nameKey(name))?.retired !== retired)
  const keys = (stages: ProcessFile['stages']): string[] => names(stages).map(nameKey)
  return {
    added: names(after.stages.filter(({ name }) => !was.has(nameKey(name)))),
    retired: names(turned.filter(({ retired }) => retired)),
    restored: names(turned.filter(({ retired }) => !retired)),
    isReordered: !isSame(keys(before.stages), keys(kept)),
  }
}
