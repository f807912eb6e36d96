import { Fault } from '../domain/fault.ts'

/** A process lacks the stage that a row names. @param stages those it has, in their order. */
export function noStage(process: string, stage: string, stages: readonly string[]): Fault {
  const has = stages.length === 0 ? 'none' : stages.join(', ')
  return new Fault('usage', `the process ${process} has no stage “${stage}”; it has: ${has}`)
}
