import type { Store } from '../../book/store/store.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { placeStage } from '../../records/place-stage.ts'
import { activeStages, defaultProcess, loadProcess, type Process } from '../../records/processes.ts'
import type { NameBook } from '../names.ts'
import { noStage } from '../no-stage.ts'
import { stageNews } from '../stages/notes.ts'
import { MOST_STAGES, placeAmong, placeInNew, type StageOrder } from '../stages/order.ts'
import type { StageRoute } from '../stages/route.ts'

/** What processes and stages may be made of. */
export interface ProcessWriting {
  db: Db
  store: Store
  names: NameBook
  /** Which process deals go into if their row names none, and the order in which the file has stages. */
  route: StageRoute
}

const NO_ORDER: StageOrder = { names: [], by: 'appearance' }

/**
 * The processes and stages that rows name, each process loaded once.
 * @throws Fault `usage` if the process for rows without one is not known.
 */
export function dealProcesses({ db, store, names, route }: ProcessWriting) {
  const { process: usual, orders, create } = route
  names.check('processes', usual ?? null)
  const loaded = new Map<number, Process>()
  let first: number | undefined
  const news = stageNews(store, orders)
  /** What spellings of a stage's name share; rows name the same few over and over. */
  const keys = new Map<string, string>()
  const keyOf = (name: string): string => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = nameKey(name)
    if (keys.size < MOST_STAGES) keys.set(name, key)
    return key
  }

  const wayOut = ({ id }: Process): string =>
    usual === undefined && id === first
      ? "--process NAME --create processes,stages makes a process of the file's stages"
      : '--create stages adds it'

  const idOf = (name: string | null): number | undefined =>
    names.id('processes', name ?? usual ?? null) ?? first

  /** The stage of that name, if the process already has it. */
  const known = ({ stages }: Process, name: string): number | undefined => {
    const key = keyOf(name)
    return stages.find((stage) => keyOf(stage.name) === key)?.stageId
  }

  return {
    /** The process that `of` gives, if it was loaded before. */
    loaded: (name: string | null): Process | undefined => loaded.get(idOf(name) ?? 0),
    known,
    /** The process of a name, or the one for rows without one. @throws Fault `usage` if there is none. */
    async of(name: string | null): Promise<Process> {
      const id = idOf(name) ?? (first ??= await defaultProcess(db))
      const process = loaded.get(id) ?? (await loadProcess(db, id))
      loaded.set(id, process)
      return process
    },
    /** Is the process being made from the file, so that its first stage may still come? */
    isMade: ({ id }: Process): boolean => news.isBlank(id),
    /**
     * The stage that a word for “open” names: one that the process has, or one that it gets because it is
     * made from a file that begins late in a sale. Null for any other word.
     */
    openStage({ id, name, stages }: Process, word: string | null): string | null {
      if (word === null) return null
      const isWord = (other: string): boolean => nameKey(other) === nameKey(word)
      const isMade = news.isBlank(id) && orders.get(nameKey(name))?.names.some(isWord) === true
      return isMade || stages.some((stage) => isWord(stage.name)) ? word : null
    },
    /** The stage of a process that a row names; added in its place if that is allowed. */
    async stage(process: Process, name: string | null): Promise<number | null> {
      if (name === null) return null
      const { id, stages } = process
      const found = known(process, name)
      if (found !== undefined) return found
      if (stages.length >= MOST_STAGES) {
        const what = `${process.name} has ${MOST_STAGES} stages already, so “${name}” is hardly another`
        throw new Fault('usage', `${what} (--map "Header=stage" names the right column)`)
      }
      const order = orders.get(nameKey(process.name))
      const isAllowed = news.isMade(id) || (order !== undefined && create.has('stages'))
      if (isAllowed && process.kind !== 'plain') {
        const place = news.isBlank(id) ? placeInNew : placeAmong
        return placeStage(db, process, name, place(name, stages, order ?? NO_ORDER))
      }
      const has = activeStages(process).map((stage) => stage.name)
      const { message } = noStage(process.name, name, has)
      throw new Fault('usage', `${message} (${wayOut(process)})`)
    },
    /** Forgets what was loaded, after rows that added to it have been taken back. */
    forget: () => loaded.clear(),
    /** Which stages processes got from the file, which of them may be outcomes, and the loud notes. */
    notes(today: Day): { notes: string[]; loud: string[] } {
      const { made, placed, doubtful } = news.notes(today)
      return {
        notes: [...route.notes, ...made, ...placed, ...doubtful],
        loud: [...(route.isOwnName ? made : []), ...doubtful],
      }
    },
  }
}
