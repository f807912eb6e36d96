import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import type { Moment } from '../../records/moment.ts'
import type { Cells } from '../row-cells.ts'
import type { clientNames } from '../client-names.ts'
import { dealNames, type NamedDeal } from '../deal-names.ts'
import { byMadeRef } from '../made-refs.ts'
import { leftAlone } from '../left-alone.ts'
import type { NameBook } from '../names.ts'
import type { LateOutcome, OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import type { RowTimes, TimeReader } from '../times.ts'
import { changesOf, type Taking } from './changes.ts'
import { draftTask, type TaskDraft } from './draft.ts'
import { type Pair, pairStageTasks } from './pairs.ts'
import { type About, taskStore } from './store.ts'
import { stageNames } from './stages.ts'

/** How tasks are written. */
export interface TaskWriting {
  store: Store
  names: NameBook
  clientOf: ReturnType<typeof clientNames>
  onDuplicate: OnDuplicate
  moment: Moment
  times: TimeReader
}

/** A row that is read, and where it came from. */
type Row = TaskDraft & RowTimes & { origin: Origin; cells: Cells }

interface StageRows {
  deal: NamedDeal
  about: About & { dealId: number; stageId: number }
  stage: string
  rows: Row[]
}

const REFUSED = {
  left: ({ deal, stage }: StageRows) =>
    `deal ${deal.id} (${deal.title}) is not in the stage “${stage}”, so it has no open task there ` +
    '(import the deals and their history first)',
  second: () => 'a stage has one open task, and the file has a later one',
  still: ({ deal, stage }: StageRows) =>
    `deal ${deal.id} (${deal.title}) is in the stage “${stage}”, whose task is done when it goes on ` +
    `(import its history first, or funnel advance ${deal.id})`,
}

/** Turns the rows of a list of tasks into tasks. Those of stages are matched when all rows are read. */
export function taskWriter({
  store: book,
  names,
  clientOf,
  onDuplicate,
  moment,
  times,
}: TaskWriting): Writer {
  const store = taskStore(book)
  const dealOf = dealNames(book)
  const stageOf = stageNames(book)
  const ownClient = byMadeRef(book, 'clients')
  const stages = new Map<string, StageRows>()
  /** How often the file has said the same; two on one day are two. */
  const timesSeen = new Map<string, number>()
  const left = leftAlone(book, 'tasks')
  let keptClosed = 0

  const clientIn = (cells: Cells, origin: Origin): number | null => {
    const client = { ref: cells.one('client-ref'), name: cells.one('client') }
    if (client.ref === null && client.name === null) return null
    return ownClient(client.ref, nameKey(client.name ?? '')) ?? clientOf(client, origin)
  }

  const add = ({ owner, origin, cells: _, ...rest }: Row, about: About): Outcome => {
    if (rest.status === 'open') names.active('owners', owner)
    store.add(about, { ...rest, ownerId: names.id('owners', owner) }, origin)
    return 'created'
  }

  const bring = ({ owner, origin, cells, ...rest }: Row, id: number, taking: Taking): Outcome => {
    const ownerId = names.id('owners', owner)
    const {
      set,
      left: otherwise,
      staysClosed,
    } = changesOf(store.get(id), { ...rest, ownerId }, taking, cells.has)
    left.add(origin.row, id, otherwise, cells)
    if (staysClosed) keptClosed += 1
    if (Object.keys(set).length === 0) return 'unchanged'
    if (set.owner_id != null && rest.status === 'open') names.active('owners', owner)
    const importId = origin.importId()
    store.change(
      id,
      taking === 'all' ? { ...set, import_id: importId, import_row: origin.row } : set,
    )
    return 'updated'
  }

  const meet = (row: Row, id: number, isFresh: boolean): Outcome => {
    if (onDuplicate === 'skip') return 'skipped'
    if (onDuplicate === 'error') throw new Fault('usage', `task ${id} is this one already`)
    return bring(row, id, isFresh ? 'all' : onDuplicate)
  }

  const tell = (group: StageRows): LateOutcome[] => {
    const { deal, about, rows } = group
    const ofStage = store.ofStage(about.dealId, about.stageId).map((task) => {
      const { id, text, due, status, closed_on: closed } = task
      const isFresh = !store.isByHand(id) && (status === 'open' || task.import_id === null)
      return { id, text, due, status, closed, isFresh }
    })
    const isThere = deal.closed_on === null && deal.stage_id === about.stageId
    const since = isThere ? deal.stage_since : null
    const late = (pair: Pair<Row>): LateOutcome => {
      const { row } = pair.row.origin
      if (pair.fate === 'refused') return { row, reason: REFUSED[pair.reason](group) }
      if (pair.fate === 'new') return { row, outcome: add(pair.row, about) }
      const isFresh = ofStage.some(({ id, isFresh: fresh }) => id === pair.task && fresh)
      try {
        return { row, outcome: meet(pair.row, pair.task, isFresh) }
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        return { row, reason: error.message }
      }
    }
    return pairStageTasks(rows, ofStage, { since, isGuided: deal.kind === 'guided' }).map(late)
  }

  return {
    write(cells, origin) {
      const draft = draftTask(cells, moment.today)
      const row = { ...draft, ...times.read(cells, 'due', draft.due), origin, cells }
      names.check('owners', row.owner)
      const deal = dealOf({ ref: cells.one('deal-ref'), title: cells.one('deal') }, () =>
        clientIn(cells, origin),
      )
      const stage = cells.one('stage')
      if (deal && stage !== null) {
        const stageId = stageOf(deal, stage)
        const about = { clientId: deal.client_id, dealId: deal.id, stageId }
        const key = `${deal.id} ${stageId}`
        const group = stages.get(key) ?? { deal, about, stage, rows: [] }
        group.rows.push(row)
        stages.set(key, group)
        return null
      }
      if (stage !== null) throw new Fault('usage', `the row has a stage, “${stage}”, and no deal`)
      const clientId = deal ? deal.client_id : clientIn(cells, origin)
      const about = { clientId, dealId: deal?.id ?? null, stageId: null }
      const key = JSON.stringify([about, row.text, row.due])
      const place = timesSeen.get(key) ?? 0
      const found = store.find(about, row.text, row.due, place)
      const outcome = found ? meet(row, found.id, false) : add(row, about)
      timesSeen.set(key, place + 1)
      return outcome
    },
    takenBack() {
      names.forget()
      clientOf.forget()
    },
    finish() {
      const late = [...stages.values()].flatMap(tell)
      const loud = [...left.notes('value'), ...times.notes()]
      const notes = [...loud]
      if (keptClosed > 0) {
        const tasks = counted(keptClosed, 'closed task')
        notes.push(`${tasks} kept as the book has it, though the file has it open`)
      }
      return Promise.resolve({ late, notes, loud, left: left.found() })
    },
  }
}
