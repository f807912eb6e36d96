import type { Database } from 'better-sqlite3'
import type { Db } from '../../book/open.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { activeStages, defaultProcess, loadProcess, type Process } from '../../records/processes.ts'
import type { NameBook } from '../names.ts'
import { noStage } from '../no-stage.ts'

/** What processes and stages may be made of. */
export interface ProcessWriting {
  db: Db
  raw: Database
  names: NameBook
  /** The process of deals whose row names none. */
  process: string | undefined
  /** May stages be added to the process where a file names them? */
  createStages: boolean
}

interface AddedStage {
  process: string
  stage: string
  /** The stage behind which the process got it. */
  behind: string | null
  /** The last day on which a deal in it is expected to close; null where none is in it. */
  lastClose: string | null
}

/** A stage all of whose deals should have closed by now may be a word for how they did. */
function endedNote(added: readonly AddedStage[], today: Day): string {
  const ended = added.find(({ lastClose }) => lastClose !== null && lastClose < today)?.stage
  if (ended === undefined) return ''
  return `. If “${ended}” means won, take it back and give --won "${ended}"; if lost, --lost "${ended}"`
}

function addedNote(process: string, stages: string, behind: string | null): string {
  if (behind === null) {
    const order = `stages added to the process ${process}, in the file's order`
    return `${order}: ${stages} (funnel process edit puts them right)`
  }
  return (
    `stages added to the process ${process} behind ${behind}: ${stages}. Reports take deals in them ` +
    `for past ${behind}: put them in order with funnel process edit, or take this back with funnel ` +
    'undo and give --process NAME --create processes,stages, which makes a process of the file'
  )
}

/**
 * The processes and stages that rows name, each process loaded once.
 * @throws Fault `usage` where the process for rows without one is not known.
 */
export function dealProcesses({ db, raw, names, process: usual, createStages }: ProcessWriting) {
  names.check('processes', usual ?? null)
  const loaded = new Map<number, Process>()
  let first: number | undefined
  const lastPlace = raw.prepare('SELECT coalesce(max(id), 0) FROM process_stages').pluck().get()

  const add = async (process: Process, name: string): Promise<number> => {
    const stageId = names.id('stages', name) ?? 0
    const position = process.stages.length + 1
    const blank = { probability: null, task: null }
    await db
      .insertInto('process_stages')
      .values({
        ...blank,
        process_id: process.id,
        stage_id: stageId,
        position,
        limit_days: null,
        doer: null,
      })
      .execute()
    process.stages.push({ ...blank, stageId, name, position, limitDays: null, retired: false })
    return stageId
  }
  return {
    /** The process of a name, or the one for rows without. @throws Fault `usage` where there is none. */
    async of(name: string | null): Promise<Process> {
      const named = names.id('processes', name ?? usual ?? null)
      const id = named ?? (first ??= await defaultProcess(db))
      const process = loaded.get(id) ?? (await loadProcess(db, id))
      loaded.set(id, process)
      return process
    },
    /** The stage of a process that a row names; added to its end where that is allowed. */
    async stage(process: Process, name: string | null): Promise<number | null> {
      if (name === null) return null
      const key = nameKey(name)
      const found = process.stages.find((stage) => nameKey(stage.name) === key)
      if (found) return found.stageId
      if (createStages && process.kind !== 'plain') return add(process, name)
      const has = activeStages(process).map((stage) => stage.name)
      const { message } = noStage(process.name, name, has)
      throw new Fault('usage', `${message} (--create stages adds it)`)
    },
    /** Forgets what was loaded, after rows that added to it have been taken back. */
    forget: () => loaded.clear(),
    /** Which stages processes got from the file, and which of them may be outcomes. */
    notes(today: Day): string[] {
      const rows = raw
        .prepare(
          `SELECT p.name AS process, s.name AS stage,
             (SELECT max(coalesce(d.expected_close, '9999')) FROM deals d WHERE d.status = 'open'
               AND d.process_id = p.id AND d.stage_id = s.id) AS lastClose, (
               SELECT os.name FROM process_stages o JOIN stages os ON os.id = o.stage_id
               WHERE o.process_id = p.id AND o.id <= :last ORDER BY o.position DESC LIMIT 1
             ) AS behind
             FROM process_stages ps JOIN processes p ON p.id = ps.process_id
             JOIN stages s ON s.id = ps.stage_id WHERE ps.id > :last ORDER BY ps.id`,
        )
        .all({ last: lastPlace }) as AddedStage[]
      return [...new Set(rows.map(({ process }) => process))].map((process) => {
        const places = rows.filter((row) => row.process === process)
        const stages = places.map(({ stage }) => stage).join(', ')
        return addedNote(process, stages, places[0]?.behind ?? null) + endedNote(places, today)
      })
    },
  }
}
