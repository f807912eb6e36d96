import type { Db } from '../../book/store/db.ts'
import { addAll } from '../../domain/lists.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { dealsLeftBehind, type StillUsed, stillUsed } from '../in-use.ts'
import { loadProcess } from '../processes.ts'
import { bringDefault, bringProcess, bringSettings } from './bring-process.ts'
import { bringStages } from './bring-stages.ts'
import { type ProcessChange, processChanges, type StageChanges, stageChanges } from './changes.ts'
import type { Brought, GivenProcesses } from './given.ts'
import { processFile } from './load.ts'
import { ownersOf } from './owners.ts'

/** What became of a file of processes. */
export interface ProcessesBrought {
  /** Processes of the file, and how many of them were added, changed and left as they are. */
  read: number
  created: number
  updated: number
  unchanged: number
  createdNames: string[]
  changes: ProcessChange[]
  stages: StageChanges
  ownersAdded: string[]
  /** Open deals in stages that their process has lost. */
  leftBehind: { process: string; stage: string; count: number; text: string }[]
  /** What still uses processes that were retired. */
  inUse: (StillUsed & { process: string })[]
}

/** What stays behind where processes lost stages or were retired. */
async function leavings(
  db: Db,
  brought: readonly Brought[],
  changes: readonly ProcessChange[],
): Promise<Pick<ProcessesBrought, 'leftBehind' | 'inUse'>> {
  const [leftBehind, inUse]: [ProcessesBrought['leftBehind'], ProcessesBrought['inUse']] = [[], []]
  for (const { id } of brought) {
    const { name, retired } = await loadProcess(db, id)
    const own = changes.filter((change) => change.process === name && change.stage === null)
    const lost = own.find(({ field }) => field === 'stages')
    if (lost) {
      const had = new Set(lost.before as string[])
      const left = await dealsLeftBehind(db, { id, name })
      addAll(
        leftBehind,
        left.filter(({ stage }) => had.has(stage)).map((one) => ({ process: name, ...one })),
      )
    }
    if (retired && own.some(({ field }) => field === 'retired')) {
      const used = await stillUsed(db, 'process', { id, name })
      addAll(
        inUse,
        used.filter(({ count }) => count > 0).map((one) => ({ process: name, ...one })),
      )
    }
  }
  return { leftBehind, inUse }
}

/**
 * Brings a file of processes into the book: those that it has by name are changed, what the file does not say stays.
 * @param create add owners that the file names and the book lacks.
 * @throws Fault `not-found` for owners that the book lacks; `usage` or `failed` where a process cannot be so.
 */
export async function bringProcesses(
  db: Db,
  given: GivenProcesses,
  create: boolean,
): Promise<ProcessesBrought> {
  const before = await processFile(db)
  const { ownerOf, added } = await ownersOf(db, given, create)
  const brought: Brought[] = []
  for (const process of given.processes) brought.push(await bringProcess(db, process))
  for (const process of brought) await bringSettings(db, process, ownerOf)
  await bringDefault(db, brought)
  await bringStages(db, given.stages ?? [], brought)
  const after = await processFile(db)
  const changes = processChanges(before, after)
  const createdNames = brought
    .filter(({ isNew }) => isNew)
    .map(({ given: { name } }) => tidyName(name))
  const keys = new Set(changes.map(({ process }) => nameKey(process)))
  const updated = brought.filter(({ given: { name } }) => keys.has(nameKey(name))).length
  return {
    read: brought.length,
    created: createdNames.length,
    updated,
    unchanged: brought.length - createdNames.length - updated,
    createdNames,
    changes,
    stages: stageChanges(before, after),
    ownersAdded: added,
    ...(await leavings(db, brought, changes)),
  }
}
