import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { type DealChanges, editDeal, record } from '../../records/deals.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, loadProcess } from '../../records/processes.ts'
import { makeRoom, setOpening } from '../../records/opening.ts'
import { settleStageTasks } from '../../records/stage-tasks.ts'
import { projectDeal } from '../../records/project-deal.ts'
import type { clientNames } from '../client-names.ts'
import { firstRemarks, leftAlone } from '../left-alone.ts'
import type { OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import { dealAdder, type FoundDeal } from './add.ts'
import { dealDays } from './days.ts'
import { type DealDraft, dealIds, draftDeal } from './draft.ts'
import type { OutcomeWords } from './stated-outcome.ts'
import { dealFinder, type Known } from './find.ts'
import { clientTerms } from './inherited-terms.ts'
import { type NamedBy, namingNotes } from './terms.ts'
import { dealRemarks } from './remarks.ts'
import { unnamedStages } from './unnamed-stages.ts'
import { dealPropertyWriter } from './properties.ts'
import { dealProcesses, type ProcessWriting } from './processes.ts'
import { addAll } from '../../domain/lists.ts'

/** How deals are written. */
export interface DealWriting extends ProcessWriting {
  clientOf: ReturnType<typeof clientNames>
  words: OutcomeWords
  onDuplicate: OnDuplicate
  moment: Moment
  /** What the file has no column for: a new deal has it from its client. */
  inherits: ReadonlySet<'owner' | 'source'>
}

/** `ownerId` is what the field `owner` gives, `expectedClose` what `expected-close` does. */
function fieldOf(key: string): string {
  return key.replace(/Id$/, '').replace('expectedClose', 'expected-close')
}

/** Turns the rows of a list of deals into deals with the events that the rows report. */
export function dealWriter(how: DealWriting): Writer {
  const { db, store, moment } = how
  const processes = dealProcesses(how)
  const add = dealAdder(store, moment.recordedAt)
  const finder = dealFinder(store)
  const inherited = clientTerms(how)
  const clientName = store.prepare('SELECT name FROM clients WHERE id = ?').pluck()
  /** What new deals are called by. */
  const named = new Map<NamedBy, number>()
  const properties = dealPropertyWriter(store)
  /** Deals that have something from their client. */
  let heirs = 0
  let hasNews = false
  const days = dealDays(moment.today)
  const remarks = dealRemarks(store, moment.today)
  const left = leftAlone(store, 'deals')
  const unnamed = unnamedStages(db)
  /** Rows with client and title of an earlier one that are another deal. */
  const ownDeals: string[] = []
  let keptOutcome = 0
  /** Deals that named no stage, of processes that are made of the file, with the one they got. */
  const stageless: { id: number; processId: number; first: number | undefined }[] = []

  /** An open deal has no owner or source that is retired; a closed one may have had them. */
  const requireActive = ({ owner, source }: DealDraft): void => {
    how.names.active('owners', owner)
    how.names.active('sources', source)
  }

  const isReason = (name: string): boolean => how.names.known('reasons', name) !== null

  const create = (
    draft: DealDraft,
    at: Pick<FoundDeal, 'client' | 'process' | 'stage'>,
    origin: Origin,
  ): Outcome => {
    if (draft.status === 'open') requireActive(draft)
    const ids = dealIds(draft, how.names)
    const usual = inherited(at.client, draft.status)
    const own = { ...ids, owner: ids.owner ?? usual.owner, source: ids.source ?? usual.source }
    const id = add({ draft, ids: own, ...at, ...days.of(draft) }, origin)
    properties.fill(id, draft.properties, false)
    const [first] = activeStages(at.process)
    if (at.stage === null && (!first || processes.isMade(at.process))) {
      stageless.push({ id, processId: at.process.id, first: first?.stageId })
    }
    hasNews = true
    remarks.see(draft, origin.row)
    named.set(draft.namedBy, (named.get(draft.namedBy) ?? 0) + 1)
    finder.keep(draft, { client: at.client, process: at.process.id }, id)
    if (own.owner !== ids.owner || own.source !== ids.source) heirs += 1
    return 'created'
  }

  /** Those deals count from the first stage of the process, once the file has named them all. */
  const placeStageless = async (): Promise<void> => {
    const firsts = new Map<number, number | undefined>()
    for (const processId of new Set(stageless.map((deal) => deal.processId))) {
      firsts.set(processId, activeStages(await loadProcess(db, processId))[0]?.stageId)
    }
    for (const { id, processId, first: before } of stageless) {
      const first = firsts.get(processId)
      if (first === undefined || first === before) continue
      await db
        .updateTable('events')
        .set({ stage_id: first })
        .where('deal_id', '=', id)
        .where('kind', '=', 'opened')
        .execute()
      await projectDeal(db, id)
    }
  }

  /** Gives a deal of the book what a row knows of it. */
  const change = async (
    known: Known,
    draft: DealDraft,
    stage: number | null,
    overwrite: boolean,
    row: number,
    cells: Cells,
  ): Promise<Outcome> => {
    const ids = dealIds(draft, how.names)
    const given = {
      amount: [draft.amount, known.amount],
      cost: [draft.cost, known.cost],
      ownerId: [ids.owner, known.owner_id],
      expectedClose: [draft.expectedClose, known.expected_close],
      ...perField(DEAL_TEXTS, (name) => [draft[name], known[name]] as const),
      sourceId: [ids.source, known.source_id],
    } as const
    const changes = Object.fromEntries(
      Object.entries(given)
        .filter(([, [next, was]]) => next !== null && next !== was && (overwrite || was === null))
        .map(([key, [next]]) => [key, next]),
    ) as DealChanges
    if (known.status === 'open' && draft.status === 'open') {
      if (changes.ownerId !== undefined) how.names.active('owners', draft.owner)
      if (changes.sourceId !== undefined) how.names.active('sources', draft.source)
    }
    await editDeal(db, known.id, changes, moment)
    const more = properties.fill(known.id, draft.properties, overwrite)
    const { status, opened } = draft
    const dates = opened !== null && known.opened_known === 0 && opened <= known.opened_on
    if (dates) await setOpening(db, known.id, opened)
    const isOpen = known.status === 'open'
    const moves = isOpen && stage !== null && stage !== known.stage_id
    const ends = status !== 'open' && status !== known.status
    if (overwrite && moves) {
      await record(db, known.id, { kind: 'moved', stage_id: stage }, moment)
    }
    if (overwrite && isOpen && status !== 'open') {
      const event = { kind: status, ...(ids.reason === null ? {} : { reason_id: ids.reason }) }
      const on = days.closing(draft)
      await makeRoom(db, known.id, on)
      await record(db, known.id, event, { ...moment, on })
      remarks.see(draft, row)
    }
    if (!overwrite) {
      const differs = Object.entries(given).flatMap(([key, [next, was]]) =>
        next !== null && was !== null && next !== was ? fieldOf(key) : [],
      )
      const ending = [...(moves ? ['stage'] : []), ...(ends ? ['outcome'] : [])]
      left.add(row, known.id, [...differs, ...more.left, ...ending], cells)
    } else if (ends && !isOpen) keptOutcome += 1
    const changed = dates || more.written > 0 || (overwrite && (moves || (isOpen && ends)))
    return changed || Object.keys(changes).length > 0 ? 'updated' : 'unchanged'
  }

  return {
    async write(cells, origin) {
      const process = await processes.of(cells.one('process'))
      const row = draftDeal(cells, how.words, moment.today, process.stages, isReason)
      const stageName = row.stage ?? processes.openStage(process, row.openWord)
      const stage = await processes.stage(process, stageName)
      const client = how.clientOf({ ref: row.clientRef, name: row.client }, origin)
      const draft = { ...row, title: row.title ?? (clientName.get(client) as string) }
      const at = { client, process: process.id }
      const { known, apart } = finder.find(draft, at)
      if (apart !== null) {
        ownDeals.push(
          `row ${origin.row} (${draft.title}) is a deal of its own: ${left.called(apart.id)} has its ` +
            `client and title, but another ${apart.by}`,
        )
      }
      if (!known) {
        const created = create(draft, { client, process, stage }, origin)
        if (row.status === 'open' && row.stage === null && cells.has('stage')) {
          unnamed.add(process.id, stageName, origin.row)
        }
        return created
      }
      if (how.onDuplicate === 'skip') {
        finder.keep(draft, at, known.id)
        return 'skipped'
      }
      if (how.onDuplicate === 'error') {
        throw new Fault('usage', `${left.called(known.id)} is this one already`)
      }
      const outcome = await change(
        known,
        draft,
        stage,
        how.onDuplicate === 'update',
        origin.row,
        cells,
      )
      if (outcome === 'updated') hasNews = true
      finder.keep(draft, at, known.id)
      return outcome
    },
    takenBack() {
      processes.forget()
      properties.forget()
      how.names.forget()
    },
    async finish() {
      await placeStageless()
      if (hasNews) await settleStageTasks(db, moment)
      const stageNotes = processes.notes(moment.today)
      const notes = [
        ...stageNotes.notes,
        ...(await unnamed.notes()),
        ...namingNotes(named),
        ...days.notes(),
        ...remarks.notes(),
      ]
      if (heirs > 0) {
        const lacking = [...how.inherits].join(' or ')
        notes.push(
          `${counted(heirs, 'deal')} took what the file has no column for from the client: ${lacking}`,
        )
      }
      const leftNotes = left.notes('value')
      addAll(notes, [...firstRemarks(ownDeals), ...leftNotes])
      if (keptOutcome > 0) {
        notes.push(
          `${counted(keptOutcome, 'closed deal')} kept as the book has it, though the file names ` +
            'another outcome (funnel reopen opens a deal again)',
        )
      }
      return { late: [], notes, loud: [...stageNotes.loud, ...leftNotes], left: left.found() }
    },
  }
}
