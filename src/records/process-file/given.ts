import type { ProcessKind } from '../../book/schema/processes.ts'
import type { Requirement } from '../../domain/stage-requirement.ts'

/** A stage of a process as a file gives it; what is undefined stays as it is. */
export interface GivenStage {
  name: string
  probability?: number | null | undefined
  limitDays?: number | null | undefined
  task?: string | null | undefined
  /** An owner by the whole name. */
  who?: string | null | undefined
  requirements?: Requirement[] | undefined
  retired?: boolean | undefined
}

/** A process as a file gives it; what is undefined stays as it is. */
export interface GivenProcess {
  name: string
  kind?: ProcessKind | undefined
  asksNeed?: boolean | undefined
  isDefault?: true | undefined
  retired?: boolean | undefined
  /** In order; those of the process that are not among them are retired. */
  stages?: GivenStage[] | undefined
}

/** A stage of the book as a file gives it; what is undefined stays as it is. */
export interface GivenEntry {
  name: string
  retired?: boolean | undefined
}

/** What a file of processes says, checked. */
export interface GivenProcesses {
  processes: GivenProcess[]
  /** The stages in the order of reports over several processes; undefined leaves them. */
  stages?: GivenEntry[] | undefined
}

/** A process of the file, in the book. */
export interface Brought {
  id: number
  isNew: boolean
  given: GivenProcess
}
